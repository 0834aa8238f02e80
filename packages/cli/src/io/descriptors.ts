/**
 * Secrets handed over by the process that started the command, on a file descriptor: not an argument, not the
 * environment, which every process of the machine or every child can read.
 */
import { createReadStream, fstatSync, readFileSync } from "node:fs";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CliError } from "../errors.ts";

/** An invitation with the tokens of all registrars, in its link, is the longest. */
const MAX_BYTES = 8192;

/** The first line of what a descriptor holds, read to its end, without the line feed. Throws `file-unusable`. */
export function readFirstLine(fd: number): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(fd);
  } catch {
    throw unreadable();
  }
  if (bytes.length > MAX_BYTES) throw unreadable();
  const line = bytes.toString("utf8").split(/\r?\n/, 1)[0] ?? "";
  bytes.fill(0);
  return line;
}

/** Lines of a descriptor one by one, as they come; null at its end. `close` lets the process end before that. */
export function lineReader(fd: number): { next(): Promise<string | null>; close(): void } {
  const stream = openDescriptor(fd);
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  const iterator = lines[Symbol.asyncIterator]();
  let failed = false;
  stream.on("error", () => {
    failed = true;
    lines.close();
  });
  return {
    async next() {
      const { value, done } = await iterator.next();
      if (failed) throw unreadable();
      return done === true ? null : (value as string);
    },
    close() {
      lines.close();
      stream.destroy();
    },
  };
}

/** A pipe is read as a socket: a file's read would block until its other end closes, and the process with it. */
function openDescriptor(fd: number): Readable {
  try {
    const kind = fstatSync(fd);
    const pipe = kind.isFIFO() || kind.isSocket();
    return pipe ? new Socket({ fd, readable: true, writable: false }) : createReadStream("", { fd });
  } catch {
    throw unreadable();
  }
}

function unreadable(): CliError {
  return new CliError(
    "file-unusable",
    "A descriptor that was named cannot be read: open it before the command starts.",
  );
}
