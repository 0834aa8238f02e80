/** What should not stay as it is: one lost phrase or device that would lose the desk. */
import type { ActAnswer } from "@undersigned/core";
import { say } from "../../say.ts";
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
      text: say("desk.there-is-one-owner-only"),
      page: "organisers",
      link: me.role === "owner" ? say("desk.invite-another-owner") : say("desk.see-the-organisers"),
    });
  }
  if (passkeys.length === 0) {
    warnings.push({
      text: say("desk.you-come-in-by-your"),
      page: "yours",
      link: say("desk.your-ways-in"),
    });
  }
  return warnings;
}
