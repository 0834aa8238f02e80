/** The thread in which one letter's PDF is made: see make-document.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { gatherLetterDocument, makeLetterDocument } from "@undersigned/paper";
import { bundleSource } from "@undersigned/verify";

export interface DocumentTask {
  /** ZIP bytes. */
  readonly bundle: Uint8Array;
  readonly workforce: string;
  readonly letter: string;
}

export interface MadeDocument {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

const { bundle, workforce, letter } = workerData as DocumentTask;
const { pdf, pages } = makeLetterDocument(
  await gatherLetterDocument(bundleSource(bundle), { workforce, letter }),
);
const made: MadeDocument = { pdf, pages };
parentPort!.postMessage(made);
