/** Another board, as far as its files go: served on this machine, and made to lie. */
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { encodeBase64url, sha256 } from "@undersigned/core";
import { answerByMail, deliver, enterChronicle, SOURCE } from "../../../test/kit/further-leaves.ts";
import { type LetterHandle, LogBuilder } from "../../../test/kit/log-builder.ts";
import type { PublicFiles } from "../../../test/kit/public-files.ts";
import { endsWithTest } from "../../../test/kit/test-end.ts";
import { FOLLOW_LIMITS, type Limits } from "../src/index.ts";

export { LogBuilder } from "../../../test/kit/log-builder.ts";
export * from "../../../test/kit/public-files.ts";

/** Paths and sizes of what lies in a folder. */
export async function contentsOf(folder: string): Promise<Map<string, number>> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const found = new Map<string, number>();
  for (const name of names.sort()) {
    const info = await stat(join(folder, name));
    if (info.isFile()) found.set(name, info.size);
  }
  return found;
}

/** Two letters, of which the first has as many signatories as asked for. */
export function otherLog(signatories: number, seed = "other"): { log: LogBuilder; letter: LetterHandle } {
  const log = new LogBuilder({ seed, headcount: 1000 });
  log.addEpoch();
  const letter = log.addLetter();
  log.addLetter();
  batch(log, letter, "2026-03-03", signatories);
  return { log, letter };
}

let people = 0;
export function batch(log: LogBuilder, letter: LetterHandle, day: string, count: number): void {
  log.addBatch(
    day,
    Array.from({ length: count }, () => log.endorse(letter, people++)),
  );
}

export const COPY = new TextEncoder().encode("A kept copy, as plain text.\n");
export const COPY_NAME = encodeBase64url(sha256(COPY));

/** A closed letter that was handed over and answered by mail, with topics and a report whose source has a kept copy. */
export function answeredLog() {
  const log = new LogBuilder({ seed: "answered" });
  log.addEpoch();
  const letter = log.addLetter({
    manifest: (manifest) => {
      manifest.addressee.mailbox = "answers@example.com";
    },
  });
  batch(log, letter, "2026-03-03", 3);
  log.close(letter, "2026-05-01");
  const by = [log.organisers[0]!];
  deliver(log, letter.letter, { day: "2026-05-04", by });
  const answer = answerByMail(log, letter.letter, { day: "2026-05-09" });
  const source = { ...SOURCE, copy: COPY_NAME };
  const entries = [
    { kind: "topics" as const, topics: ["engines", "trials"] },
    { kind: "report" as const, text: "It was in the paper.", source },
  ];
  for (const entry of entries) {
    enterChronicle(log, letter.letter, {
      day: "2026-05-10",
      by,
      edit: (record) => Object.assign(record, { entry }),
    });
  }
  return { log, letter, answer: answer.record };
}

export interface OtherBoard {
  readonly url: string;
  /** Paths that were asked for, from the root, with the method where it is not GET. */
  readonly asked: string[];
  /** By path from the root; may be changed. */
  readonly files: PublicFiles;
  /** What a path answers in place of a file. */
  readonly instead: Map<string, RequestListener>;
  /** Bytes of answers that were sent. */
  sent(): number;
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.json$/, "application/json"],
  [/\.css$/, "text/css"],
  [/\.svg$/, "image/svg+xml"],
  [/\.png$/, "image/png"],
  [/\.(?:xml|atom)$/, "application/xml"],
  [/(?:^|\/)[^./]*$|\.html$/, "text/html; charset=utf-8"],
];

/** `html`: whether names without an ending are pages. */
export async function serve(files: PublicFiles = new Map(), { html = false } = {}): Promise<OtherBoard> {
  const asked: string[] = [];
  const instead = new Map<string, RequestListener>();
  let sent = 0;
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1).split("?")[0] as string;
    asked.push(request.method === "GET" ? path : `${request.method} ${path}`);
    response.on("close", () => {
      sent += response.socket?.bytesWritten ?? 0;
    });
    const other = instead.get(path);
    if (other !== undefined) return other(request, response);
    const file = files.get(path);
    if (file === undefined) return response.writeHead(404).end();
    const [, type] = TYPES.find(([name]) => name.test(path)) ?? [];
    response.writeHead(200, {
      "content-type": html && type !== undefined ? type : "application/octet-stream",
    });
    response.end(request.method === "HEAD" ? undefined : file);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  endsWithTest(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, asked, files, instead, sent: () => sent };
}

/** The log's files below its prefix, in place of what was there of it. */
export async function put({ files }: Pick<OtherBoard, "files">, log: LogBuilder): Promise<PublicFiles> {
  const below = `w/${log.workforce}/`;
  for (const path of files.keys()) if (path.startsWith(below)) files.delete(path);
  const made = await log.files();
  for (const [path, file] of made) files.set(below + path, file);
  return made;
}

/** Small and quick. */
export const LIMITS: Limits = { ...FOLLOW_LIMITS, fileMs: 5_000, wholeMs: 60_000 };
