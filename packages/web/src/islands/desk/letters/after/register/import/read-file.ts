/** Reads a file that somebody has chosen, by stream, and tells an award export from Open Contracting data by how it begins. */
import { DealingsError, readAwardExport, readOcds } from "@undersigned/dealings";
import type { FromReader, ToReader } from "./messages.ts";

const HEAD = 1024;

export type Kind = "awards" | "ocds";

/** JSON begins with a brace or a bracket, behind a mark and white space; whatever else is CSV, or a zip with it. */
export function kindOf(head: Uint8Array): Kind {
  const first = [...head].find((byte) => byte !== 0 && byte > 0x20 && !MARK.has(byte));
  return first === 0x7b || first === 0x5b ? "ocds" : "awards";
}

/** Of byte order marks, in UTF-8 and UTF-16. */
const MARK = new Set([0xef, 0xbb, 0xbf, 0xfe, 0xff]);

/** The last thing it says is `read` or `failed`. */
export async function answerReader(
  { file, options }: ToReader,
  tell: (answer: FromReader) => void,
): Promise<void> {
  try {
    const kind = kindOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
    const read = kind === "ocds" ? readOcds : readAwardExport;
    const result = await read(chunksOf(file), options, (bytes) => tell({ said: "progress", bytes }));
    tell({ said: "read", result });
  } catch (error) {
    if (error instanceof DealingsError)
      tell({ said: "failed", code: error.code, column: error.column, line: error.line });
    else tell({ said: "failed", code: "unreadable", column: null, line: null });
  }
}

/** Not every browser lets a stream be iterated. */
async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
