/** Why what somebody chose to show is not shown, to that person. */

import type { HiddenEntry } from "@undersigned/core";
import { say } from "../../say.ts";

export function hiddenWords({ day, reason }: HiddenEntry["hidden"]): string {
  return say("sign-signing.hidden", { day: say.day(day), reason });
}
