/** Why what somebody chose to show is not shown, to that person. */
import type { HiddenEntry, HiddenReason } from "@undersigned/core";
import { longDay } from "./days.ts";

const WHY: Readonly<Record<HiddenReason, string>> = {
  asked: "because you asked for it",
  impersonation: "because the name is that of the addressee or of a public figure, or could be taken for it",
  invisible: "because it had invisible characters",
  length: "because it was too long to be a name",
  link: "because it had a link in it",
  slur: "because it had a word that insults people",
  waiting: "because a rule has stopped it, and the organisers have not looked at it yet",
};

export function hiddenWords({ day, reason }: HiddenEntry["hidden"]): string {
  const then =
    reason === "waiting"
      ? "It is shown once they have let it through."
      : "You can choose to appear in another way.";
  return `What you chose to show has not been shown since ${longDay(day)}, ${WHY[reason]}. Your signature counts all the same. ${then}`;
}
