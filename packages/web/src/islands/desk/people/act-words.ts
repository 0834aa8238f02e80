/** What stands in the list of acts, in words. */

import { say } from "../../say.ts";

/** The act's own name where it is of a later release. */
export function actWords(act: string): string {
  return say.known(`desk-people.act.${act}`) ?? act;
}
