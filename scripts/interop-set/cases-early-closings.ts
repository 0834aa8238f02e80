/** Broken copies: early closings (PROTOCOL §4 rule 12). As far as the first letter: what goes wrong here needs no signatory. */
import type { Signer } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { type Change, type SmallSet, STEPS } from "./small-set.ts";

export function earlyClosingCases({ keys }: World): BrokenCase[] {
  const { organiser, opener } = keys.small;
  const early = (set: SmallSet, day: string, closes: string, by: readonly Signer[] = [organiser, opener]) =>
    set.builder.closeEarly(set.letters.A, day, closes, by);
  const letterOnly = (run: (set: SmallSet) => unknown): Change => ({
    epochRegistrars: [0, 1],
    skip: STEPS.filter((step) => !["workforce", "epoch", "letterA"].includes(step)),
    letterManifest: (manifest) => {
      manifest.organisers = [organiser.publicKey, opener.publicKey].sort();
    },
    after: { letterA: run },
  });
  return [
    {
      name: "early-closing-by-a-stranger",
      why: "One of the two who close the letter early is no organiser of it.",
      change: letterOnly((set) => early(set, "2027-01-12", "2027-01-20", [organiser, keys.stranger])),
      expect: ["early-closing-signatures"],
      follows: ["index-wrong"],
    },
    {
      name: "early-closing-in-47-hours",
      why: "The letter would be closed at a tick that may come 47 hours after everybody could learn of it.",
      change: letterOnly((set) => early(set, "2027-01-12", "2027-01-13")),
      expect: ["early-closing-days"],
      follows: ["index-wrong"],
    },
    {
      name: "early-closing-twice",
      why: "The letter's last day is moved a second time.",
      change: letterOnly((set) => {
        early(set, "2027-01-12", "2027-01-20");
        early(set, "2027-01-13", "2027-01-16");
      }),
      expect: ["early-closing-repeated"],
    },
  ];
}
