/** How somebody stands under the letter that this one replaces, and what they can do here, in words. */

import type { EarlierSignature } from "@undersigned/client";
import { say } from "../../say.ts";

export interface EarlierWords {
  readonly standing: string;
  /** Null where there is nothing to carry over. */
  readonly next: string | null;
}

export function earlierWords({ state, sameEpoch, shown }: EarlierSignature): EarlierWords {
  const standing = say(`sign-signing.earlier.${state}`);
  if (state !== "counted") return { standing, next: null };
  if (!sameEpoch) return { standing, next: say("sign-signing.earlier.other-period") };
  return {
    standing,
    next: say(shown === null ? "sign-signing.earlier.sign-too" : "sign-signing.earlier.carry-over"),
  };
}
