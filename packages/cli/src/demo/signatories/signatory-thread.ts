/** A thread with some of the signatories in it: their arithmetic is most of the demo's work, and there are several cores. */
import { parentPort, workerData } from "node:worker_threads";
import { boardPrefix } from "@undersigned/client";
import { httpSource, openWorkforce } from "@undersigned/verify";
import { createSignatories } from "./signatory-acts.ts";
import type { FromThread, SignatorySetting, ToThread } from "./signatory-jobs.ts";

const port = parentPort;
if (port === null) throw new Error("This file is the body of a thread.");
const tell = (message: FromThread): void => port.postMessage(message);

const { board, workforce, letter, epoch } = workerData as SignatorySetting;
const source = httpSource(boardPrefix(board, workforce));
const view = await openWorkforce(source, workforce);

const mails = new Map<number, (code: string | null) => void>();
let lastMail = 0;
const signatories = createSignatories({
  view,
  source,
  letter,
  epoch,
  readMail: (inbox, registrar, again) =>
    new Promise((resolve) => {
      const id = ++lastMail;
      mails.set(id, resolve);
      tell({ kind: "code-wanted", id, inbox, registrar, again });
    }),
});

port.on("message", (message: ToThread) => {
  if (message.kind === "code") {
    mails.get(message.id)?.(message.code);
    mails.delete(message.id);
    return;
  }
  // What is not typed is a bug: it ends the thread as an unhandled rejection, and the demo with it.
  void signatories.act(message.job).then((outcome) => tell({ kind: "done", id: message.id, outcome }));
});
tell({ kind: "ready" });
