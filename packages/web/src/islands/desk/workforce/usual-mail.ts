/** The mail with the code as a draft has it while nobody has written one, which is English, and the same in the page's language. */
import { USUAL_CODE_MAIL, type WorkforceValues } from "@undersigned/core";
import { say } from "../../say.ts";

type CodeMail = WorkforceValues["codeMail"];

export function isUsual({ subject, body }: CodeMail): boolean {
  return subject === USUAL_CODE_MAIL.subject && body === USUAL_CODE_MAIL.body;
}

export function usualMail(): CodeMail {
  return { subject: say("desk-workforce.usual-mail.subject"), body: say("desk-workforce.usual-mail.body") };
}
