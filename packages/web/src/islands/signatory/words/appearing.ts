/** How somebody appears, and how many others look the same, in words. */
import type { Appearance } from "@undersigned/core";
import { othersAlike } from "../machine/appearance.ts";
import type { Looks } from "../machine/state.ts";

/** Below this many others the page warns. */
export const FEW = 5;

export interface AlikeWords {
  readonly text: string;
  readonly warning: boolean;
}

function people(count: number): string {
  return count === 1 ? "1 other signatory looks" : `${count.toLocaleString("en-GB")} other signatories look`;
}

/** `own`: how the person is among them already, or null. */
export function alikeWords(looks: Looks, appearance: Appearance, own: Appearance | null): AlikeWords {
  if (appearance.kind === "named") {
    return {
      text: "A name is seen by everyone, your employer included, and found by search engines.",
      warning: true,
    };
  }
  const others = othersAlike(looks, appearance, own);
  if (others === 0) {
    return {
      text:
        looks.counted === 0
          ? "Nobody's signature has come out yet, so there is nobody to compare with."
          : "Nobody else looks the same so far. If few people fit this, you can be guessed.",
      warning: true,
    };
  }
  const words = `${people(others)} the same so far.`;
  if (others >= FEW) return { text: words, warning: false };
  return { text: `${words} With so few, you can be guessed more easily.`, warning: true };
}
