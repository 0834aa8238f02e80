/** The letters of the demo: its own, which is open or is answered; and beside an open one, perhaps an earlier one that is answered. */
import {
  type BatchRule,
  encodeBase64url,
  type LetterManifest,
  randomBytes,
  type Signer,
} from "@undersigned/core";
import { type Flags, isAnswered } from "../flags.ts";
import { batchRuleFor, EARLIER_DAYS, earlierSigners, LAST_DAY, type Plan } from "../plan.ts";
import { type LetterDays, letterDays, sampleLetter } from "../sample/sample-letter.ts";
import { type PublishedLetter, publishLetter } from "./set-up.ts";

export type DemoLetter = PublishedLetter & { readonly manifest: LetterManifest };

/** How long after today an open letter stays open. */
const OPEN_AFTER_TODAY = 120;

/** `answered` is null where no letter `hasAnswered`. */
export async function publishLetters(of: {
  readonly flags: Pick<Flags, "through" | "signatories">;
  readonly plan: Plan;
  readonly hasAnswered: boolean;
  readonly workforce: string;
  readonly opens: string;
  readonly opener: Signer;
  readonly organisers: readonly Signer[];
  readonly files: string;
}): Promise<{ readonly own: DemoLetter; readonly answered: DemoLetter | null }> {
  const { flags, plan, hasAnswered, workforce, opens, opener, organisers, files } = of;
  const make = (days: LetterDays, batch: BatchRule, kind: { byMail: boolean; isEarlier: boolean }) =>
    sampleLetter({
      workforce,
      salt: encodeBase64url(randomBytes(32)),
      organisers: organisers.map(({ publicKey }) => publicKey).sort(),
      days,
      batch,
      ...kind,
    });
  const closes = isAnswered(flags);
  const manifest = make(
    closes ? letterDays(opens, LAST_DAY - 1, 1) : letterDays(opens, LAST_DAY + OPEN_AFTER_TODAY),
    batchRuleFor(flags.signatories),
    { byMail: closes, isEarlier: false },
  );
  const own = { ...(await publishLetter(manifest, opener, files)), manifest };
  if (closes || !hasAnswered) return { own, answered: closes ? own : null };
  const earlier = make(letterDays(opens, EARLIER_DAYS - 1, 1), batchRuleFor(earlierSigners(plan).size), {
    byMail: true,
    isEarlier: true,
  });
  const place = { slot: 1, previous: own.leaf };
  return { own, answered: { ...(await publishLetter(earlier, opener, files, place)), manifest: earlier } };
}
