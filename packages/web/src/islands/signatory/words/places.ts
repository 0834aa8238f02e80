/** What a check of the log has found, in words. */

import type { ReceiptState } from "@undersigned/verify";
import { say } from "../../say.ts";
import type { Standing } from "../machine/state.ts";

export interface Finding {
  readonly tone: "good" | "bad" | "warning" | "plain";
  readonly text: string;
}

export function receiptWords(state: ReceiptState): Finding {
  switch (state.state) {
    case "in-the-log":
      return { tone: "good", text: say("sign-signing.receipt-state.in-the-log", { place: state.index }) };
    case "waiting":
      return { tone: "plain", text: say("sign-signing.receipt-state.waiting", { day: say.day(state.due) }) };
    case "destroyed":
      return {
        tone: "warning",
        text: say(
          state.outcome === "too-few"
            ? "sign-signing.receipt-state.too-few"
            : "sign-signing.receipt-state.destroyed",
        ),
      };
    case "broken-promise":
      return { tone: "bad", text: say("sign-signing.receipt-state.broken", { day: say.day(state.due) }) };
  }
}

/** The log counts from 0, and so does everything that names a place in it. */
export function standingWords({ state, place }: Standing): Finding {
  if (state === "not-in-the-log") return { tone: "plain", text: say("sign-signing.standing.not-in-the-log") };
  if (place === null) return { tone: "bad", text: say("sign-signing.standing.only-listed", { state }) };
  return { tone: "good", text: say("sign-signing.standing.in-the-log", { state, place }) };
}
