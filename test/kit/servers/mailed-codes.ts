/** A person who reads mail: the newest code of one registrar, however many others have written meanwhile. */

import { setTimeout as pause } from "node:timers/promises";
import type { CaughtMail } from "@undersigned/service/testing";
import { senderOf, type World } from "./world.ts";

/**
 * For `askCode`: waits for a mail from the registrar of this name that this reader has not read yet; `from` is how many
 * of all mails were there before and do not matter.
 */
export function codeReader(world: Pick<World, "smtp">, mailbox: string, timeoutMs = 20_000, from = 0) {
  const read = new Set<CaughtMail>();
  return async ({ name }: { readonly name: string }): Promise<string> => {
    const until = Date.now() + timeoutMs;
    while (Date.now() < until) {
      const mail = world.smtp.messages.findLast(
        (one, at) => at >= from && one.from === senderOf(name) && one.to.includes(mailbox) && !read.has(one),
      );
      if (mail !== undefined) {
        read.add(mail);
        return /\b\d{8}\b/.exec(mail.raw.slice(mail.raw.indexOf("\r\n\r\n")))![0];
      }
      await pause(20);
    }
    throw new Error(`No mail of ${name} came.`);
  };
}
