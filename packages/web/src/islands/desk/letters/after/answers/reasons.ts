/** Why a mail does not count, in the words of the package that decides it. */
import { say } from "../../../../say.ts";

export function reasonWords(reason: string): string {
  return say.known(`desk-after.unverified.${reason}`) ?? say("desk-after.unverified.unknown");
}
