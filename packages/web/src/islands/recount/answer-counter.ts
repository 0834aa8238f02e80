/**
 * The thread's side of messages.ts, without the thread: counts, and says how far it is. All trust begins with the workforce id
 * that the page gives; neither the board nor the bundle is trusted for anything.
 */
import {
  bundleSource,
  CHECKPOINT_PATH,
  type CheckerFactory,
  type FileSource,
  httpSource,
  type LinkKeys,
  openUnlisted,
  recount,
  VerifyError,
} from "@undersigned/verify";
import type { Failed, FilesFrom, FromCounter, ToCounter } from "./messages.ts";
import { workforceOfBundle } from "./workforce-of-bundle.ts";

/** More than a browser gives a page room for, three times over. */
const MOST_BUNDLE_BYTES = 1_000_000_000;

/** Never rejects: what goes wrong is said. */
export async function answerCounter(
  message: ToCounter,
  say: (answer: FromCounter) => void,
  checker: CheckerFactory,
): Promise<void> {
  try {
    if (message.do === "name") {
      say({ said: "named", named: await workforceOfBundle(await openBundle(message.file)) });
    } else {
      await count(message, say, checker);
    }
  } catch (error) {
    say({ said: "failed", failed: failedBy(error) });
  }
}

async function count(
  { from, workforce, letter, known, linkKey = null }: ToCounter & { do: "count" },
  say: (answer: FromCounter) => void,
  checker: CheckerFactory,
): Promise<void> {
  const { source, note } = keepNote(await open(from));
  const report = await recount(source, {
    workforce,
    checker,
    ...(letter !== null && { letter }),
    ...(known !== null && { known }),
    linkKeys: await keysThatOpen(source, { workforce, letter }, linkKey),
    onProgress: ({ leaves, size }) => say({ said: "progress", leaves, size }),
  });
  say({ said: "report", report, note: note() });
}

/** A link that was cut short or is another letter's is no fault of the log: the letter is counted without its text. */
async function keysThatOpen(
  source: FileSource,
  { workforce, letter }: { readonly workforce: string; readonly letter: string | null },
  linkKey: Uint8Array | null,
): Promise<LinkKeys> {
  if (letter === null || linkKey === null) return new Map();
  try {
    await openUnlisted(source, { workforce, letter }, linkKey);
    return new Map([[letter, linkKey]]);
  } catch {
    return new Map();
  }
}

async function open(from: FilesFrom): Promise<FileSource> {
  return from.kind === "board" ? httpSource(from.prefix) : openBundle(from.file);
}

async function openBundle(file: Blob): Promise<FileSource> {
  if (file.size > MOST_BUNDLE_BYTES) {
    throw new TooLarge();
  }
  return bundleSource(new Uint8Array(await file.arrayBuffer()));
}

/** Keeps the checkpoint that was counted from: what the server gives later may be another. */
function keepNote(files: FileSource): { source: FileSource; note: () => Uint8Array | null } {
  let note: Uint8Array | null = null;
  const source: FileSource = {
    async read(path, maxBytes) {
      const file = await files.read(path, maxBytes);
      if (path === CHECKPOINT_PATH) note = file?.slice() ?? null;
      return file;
    },
  };
  return { source, note: () => note };
}

class TooLarge extends Error {}

/** Messages of others may be in any words. */
function failedBy(error: unknown): Failed {
  if (error instanceof VerifyError) return { why: "files", detail: error.message };
  return { why: error instanceof TooLarge ? "too-large" : "broken-off" };
}
