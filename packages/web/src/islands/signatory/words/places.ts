/** What a check of the log has found, in words. */
import type { ReceiptState } from "@undersigned/verify";
import type { Standing } from "../machine/state.ts";
import { longDay } from "./days.ts";

export interface Finding {
  readonly tone: "good" | "bad" | "warning" | "plain";
  readonly text: string;
}

/** The log counts from 0, and so does everything that names a place in it. */
function place(index: number): string {
  return index.toLocaleString("en-GB");
}

export function receiptWords(state: ReceiptState): Finding {
  switch (state.state) {
    case "in-the-log":
      return {
        tone: "good",
        text: `In the log, at place ${place(state.index)}. This device has checked the proof.`,
      };
    case "waiting":
      return {
        tone: "plain",
        text: `Not in the log yet. The board has until the end of ${longDay(state.due)}.`,
      };
    case "destroyed":
      return {
        tone: "warning",
        text:
          state.outcome === "too-few"
            ? "Too few people signed. What had been signed was destroyed and never shown, as the letter said."
            : "The letter has closed, and what would have come out in too small a number was destroyed. If you had asked for yours to come out all the same, keep the receipt: it shows that you were wronged.",
      };
    case "broken-promise":
      return {
        tone: "bad",
        text: `Not in the log, although the board promised it by the end of ${longDay(state.due)}. Keep the receipt: it proves that, to anyone. If this device's clock is right, make it known.`,
      };
  }
}

export function standingWords({ state, place: at }: Standing): Finding {
  if (state === "not-in-the-log") {
    return { tone: "plain", text: "Nothing signed with this phrase has come out under this letter yet." };
  }
  const what = state === "counted" ? "Your signature is counted" : "Your signature was taken back";
  if (at === null) {
    return {
      tone: "bad",
      text: `${what}, by the board's list; but the log does not hold it. Make this known.`,
    };
  }
  return {
    tone: "good",
    text: `${what}. It is in the log, at place ${place(at)}; this device has checked the proof.`,
  };
}
