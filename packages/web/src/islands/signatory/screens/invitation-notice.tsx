/** What has become of the invitation that came with the link, where that is no good news. */
import { Notice } from "../../ui/notice.tsx";
import { rulesFor } from "../machine/rules.ts";
import type { State } from "../machine/state.ts";
import { problemWords } from "../words/problems.ts";

export function InvitationNotice({ state }: { readonly state: State }) {
  const { invitation } = state;
  const taken = rulesFor(state)?.evidence.some(({ kind }) => kind === "vouch") ?? false;
  if (invitation === null || (taken && invitation.is !== "refused")) return null;
  const code = invitation.is === "refused" ? invitation.code : "invitation-not-taken";
  return (
    <Notice tone="warning" speak="status">
      {problemWords({ code })}
    </Notice>
  );
}
