/** The part `existing-mail`: a mail that the person has is checked on this device, cut down, and shown before it goes. */
import { ClientError, checkMail } from "@undersigned/client";
import type { Day } from "@undersigned/core";
import type { ResultEvent } from "../machine/event.ts";
import type { OpenLog } from "../machine/state.ts";
import { Mail } from "../screens/mail.tsx";
import { MailShown } from "../screens/mail-shown.tsx";
import { mailCode } from "../words/mail-problems.ts";

export const screens = { mail: Mail, "mail-shown": MailShown };

/** What the check of a file has found. `today` is this device's UTC day. Throws what is not about the mail. */
export async function check(
  { view }: OpenLog,
  letter: string,
  file: Uint8Array,
  today: Day,
): Promise<ResultEvent> {
  const { epoch } = view.letters.get(letter)?.leaf ?? { epoch: 0 };
  try {
    return { type: "mail-checked", mail: await checkMail(view, epoch, file, today) };
  } catch (error) {
    if (error instanceof ClientError) throw error;
    const code = mailCode(error, file);
    if (code === null) throw error;
    return { type: "failed", problem: { code, settled: true } };
  }
}
