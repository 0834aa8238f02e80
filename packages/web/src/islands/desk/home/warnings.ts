/** What should not stay as it is: one lost phrase or device that would lose the desk. */
import type { ActAnswer } from "@undersigned/core";
import type { PageName } from "../shell/pages.ts";

export interface Warning {
  readonly text: string;
  readonly page: PageName;
  readonly link: string;
}

export function warningsOf({ me, owners, passkeys }: ActAnswer<"home">): Warning[] {
  const warnings: Warning[] = [];
  if (owners < 2) {
    warnings.push({
      text: "There is one owner only. If that phrase is lost, nobody can publish or invite any more. Before a letter is published there must be two.",
      page: "organisers",
      link: me.role === "owner" ? "Invite another owner" : "See the organisers",
    });
  }
  if (passkeys.length === 0) {
    warnings.push({
      text: "You come in by your phrase alone. With a passkey you need to take that paper out more seldom.",
      page: "yours",
      link: "Your ways in",
    });
  }
  return warnings;
}
