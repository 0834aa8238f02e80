/** How somebody stands under the letter that this one replaces, and what they can do here, in words. */
import type { EarlierSignature } from "@undersigned/client";

export interface EarlierWords {
  readonly standing: string;
  /** Null where there is nothing to carry over. */
  readonly next: string | null;
}

const STANDING: Readonly<Record<EarlierSignature["state"], string>> = {
  counted: "You have signed the earlier letter. That signature stays what it is, whatever you do here.",
  withdrawn: "You have taken your signature under the earlier letter back. Nothing of it comes over.",
  "not-in-the-log": "Nothing signed with this phrase has come out under the earlier letter.",
  unknown:
    "Whether you have signed the earlier letter was not looked up: its lists are too long for this page. If you have, that signature stays what it is.",
};

export function earlierWords({ state, sameEpoch, shown }: EarlierSignature): EarlierWords {
  const standing = STANDING[state];
  if (state !== "counted") return { standing, next: null };
  if (!sameEpoch) {
    return {
      standing,
      next: "This letter belongs to another period, so your enrolment of then does not serve it. To sign it, you enrol once more, with the same phrase.",
    };
  }
  const act =
    shown === null
      ? "To stand under this letter too, sign it, and choose how you appear."
      : "To stand under this letter too, carry your signature over: you sign this text, and appear as you do there unless you choose otherwise.";
  return {
    standing,
    next: `${act} What you send says nothing of the earlier letter, and neither signature tells that the other is yours, unless what you show does.`,
  };
}
