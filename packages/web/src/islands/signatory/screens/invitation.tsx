/** Coming by a colleague's invitation: what it is, and what becomes known of whom. */
import { say } from "../../say.ts";
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
    <Screen name="invitation" title={say("sign-evidence.invitation.title")}>
      <ProblemNotice state={state} />
      <InvitationNotice state={state} />
      <p>{say("sign-evidence.invitation.a-colleague-who-has-proved")}</p>
      <ul>
        <li>{say("sign-evidence.invitation.it-works-once-for-whoever")}</li>
        <li>{say("sign-evidence.invitation.you-are-counted-apart-as")}</li>
        <li>{say("sign-evidence.invitation.your-colleague-does-not-learn")}</li>
        <li>{say("sign-evidence.invitation.your-browser-may-have-noted")}</li>
      </ul>
      <Actions>
        {isRead && (
          <Button kind="primary" onPress={acts(send, "use-invitation")} busy={state.busy !== null}>
            {say("sign-evidence.invitation.use-the-invitation")}
          </Button>
        )}
        {kindsFor(state).length > 1 && (
          <Button onPress={acts(send, "other-way")}>{say("sign.act.another-way")}</Button>
        )}
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
