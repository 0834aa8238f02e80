/**
 * The letter as a PDF, made from the public files of a bundle and of nothing else: whoever has the bundle can make the same
 * bytes. In a thread of its own, since a recount and the typesetting take seconds in which the board must answer.
 */
import { DeskError } from "../errors.ts";
import { inThread } from "../in-thread.ts";
import type { DocumentTask, MadeDocument } from "./document-worker.ts";

export type { MadeDocument } from "./document-worker.ts";

/** `bundle`: ZIP bytes; they stay the caller's. Throws `document-not-made`, without what the cause says of the text. */
export type MakeDocument = (of: DocumentTask) => Promise<MadeDocument>;

const TIMEOUT_MS = 180_000;

export const makeDocument: MakeDocument = async (of) => {
  const worker = new URL("./document-worker.ts", import.meta.url);
  const made = await inThread<MadeDocument>(worker, of, { timeMs: TIMEOUT_MS });
  if (made.kind === "answer") return made.answer;
  throw new DeskError(
    "document-not-made",
    "The document could not be made: recount the letter to see whether its files are whole, and report this.",
  );
};
