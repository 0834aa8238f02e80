/** The part `signing`: all that is done once somebody goes on. Before that the page only reads (the log) and tells. */
import { Appearance } from "../screens/appearance.tsx";
import { Code } from "../screens/code.tsx";
import { EnrolFailed } from "../screens/enrol-failed.tsx";
import { Enrolling } from "../screens/enrolling.tsx";
import { FileSend } from "../screens/file-send.tsx";
import { KeepNothing } from "../screens/keep-nothing.tsx";
import { Later } from "../screens/later.tsx";
import { Mailbox } from "../screens/mailbox.tsx";
import { Phrase } from "../screens/phrase.tsx";
import { PhraseConfirm } from "../screens/phrase-confirm.tsx";
import { PhraseShown } from "../screens/phrase-shown.tsx";
import { PhraseTyped } from "../screens/phrase-typed.tsx";
import { Receipt } from "../screens/receipt.tsx";
import { Remainder } from "../screens/remainder.tsx";
import { Reserving } from "../screens/reserving.tsx";
import { Review } from "../screens/review.tsx";
import { Sending } from "../screens/sending.tsx";
import { Standing } from "../screens/standing.tsx";
import { Withdraw } from "../screens/withdraw.tsx";
import { Withdrawn } from "../screens/withdrawn.tsx";

export { readOpenings } from "@undersigned/client";
export { generatePhrase, Secrets, sealEnrolment } from "@undersigned/core";
export { verifyReceipt } from "@undersigned/verify";
export { EnrolmentRun } from "../work/enrolment-run.ts";
export { lookUp } from "../work/look-up.ts";
export { makeRequest } from "../work/make-request.ts";
export { looksOf } from "../work/openings.ts";
export { sendRequest } from "../work/send-request.ts";

export const screens = {
  phrase: Phrase,
  "phrase-shown": PhraseShown,
  "phrase-confirm": PhraseConfirm,
  "keep-nothing": KeepNothing,
  mailbox: Mailbox,
  reserving: Reserving,
  code: Code,
  enrolling: Enrolling,
  "enrol-failed": EnrolFailed,
  later: Later,
  appearance: Appearance,
  revise: Appearance,
  remainder: Remainder,
  review: Review,
  sending: Sending,
  receipt: Receipt,
  "phrase-typed": PhraseTyped,
  state: Standing,
  withdraw: Withdraw,
  withdrawn: Withdrawn,
  "file-send": FileSend,
};
