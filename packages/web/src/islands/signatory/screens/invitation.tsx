/** Coming by a colleague's invitation: what it is, and what becomes known of whom. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { kindsFor } from "../machine/evidence.ts";
import { BackButton } from "./back-button.tsx";
import { InvitationNotice } from "./invitation-notice.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function Invitation(props: ScreenProps) {
  const { state, send } = props;
  const isRead = state.invitation?.is === "read";
  return (
    <Screen name="invitation" title="Use your invitation">
      <ProblemNotice state={state} />
      <InvitationNotice state={state} />
      <p>
        A colleague who has proved a work mailbox vouches for you with it. You give no mailbox and no name;
        the registrars see that somebody was invited, and not who invited whom.
      </p>
      <ul>
        <li>It works once, for whoever uses it first.</li>
        <li>
          You are counted apart, as vouched for: not in the number of work mailboxes, and you cannot invite
          others.
        </li>
        <li>
          Your colleague does not learn whether you sign, or what. They could find out that the invitation was
          used.
        </li>
        <li>
          Your browser may have noted the link in its history. Once used, it only tells that you were invited.
        </li>
      </ul>
      <Actions>
        {isRead && (
          <Button kind="primary" onPress={acts(send, "use-invitation")} busy={state.busy !== null}>
            Use the invitation
          </Button>
        )}
        {kindsFor(state).length > 1 && <Button onPress={acts(send, "other-way")}>Another way</Button>}
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
