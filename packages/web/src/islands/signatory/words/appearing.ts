/** How somebody appears, and how many others look the same, in words. */

import type { Appearance } from "@undersigned/core";
import { say } from "../../say.ts";
import { othersAlike } from "../machine/appearance.ts";
import type { Looks } from "../machine/state.ts";

/** Below this many others the page warns. */
export const FEW = 5;

export interface AlikeWords {
  readonly text: string;
  readonly warning: boolean;
}

/** `own`: how the person is among them already, or null. */
export function alikeWords(looks: Looks, appearance: Appearance, own: Appearance | null): AlikeWords {
  if (appearance.kind === "named") {
    return {
      text: say("sign-signing.alike.name"),
      warning: true,
    };
  }
  const others = othersAlike(looks, appearance, own);
  if (others === 0) {
    return {
      text: say(looks.counted === 0 ? "sign-signing.alike.nobody-yet" : "sign-signing.alike.nobody"),
      warning: true,
    };
  }
  if (others >= FEW) return { text: say("sign-signing.alike.some", { others }), warning: false };
  return { text: say("sign-signing.alike.few", { others }), warning: true };
}
