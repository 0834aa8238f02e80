/** The mail thread's own part: one sender, and blanks, which hold their place for as long as the last mail took. */
import { setTimeout as sleep } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import type { SmtpOptions } from "@undersigned/service";
import type { Mail } from "./mail-queue.ts";
import { createSmtpSender, type SendOutcome } from "./smtp.ts";

export type MailTask = Mail & { readonly day: string };

const sendMail = createSmtpSender(workerData as SmtpOptions);
let lastMs = 0;

export async function send(task: MailTask | null): Promise<SendOutcome> {
  if (task === null) {
    await sleep(lastMs);
    return { sent: true };
  }
  const begun = performance.now();
  const outcome = await sendMail(task, task.day);
  lastMs = performance.now() - begun;
  return outcome;
}
