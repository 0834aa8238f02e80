/**
 * A sentence for each code that the desk can meet: what happened, and what to do now. Servers' own sentences are never shown,
 * since a server could write there whatever it wants a person to do.
 */
import { say } from "../../say.ts";

/** Of a code that the board or this page gives; one sentence for all that have none of their own. */
export function problemWords(code: string): string {
  return say.known(`desk.problem.${code}`) ?? say("desk.problem.unknown");
}
