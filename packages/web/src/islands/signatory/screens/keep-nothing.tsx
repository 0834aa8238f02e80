/** The price of keeping nothing, said before it is paid. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { kindOf } from "../machine/evidence.ts";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function KeepNothing(props: ScreenProps) {
  const { state, send } = props;
  return (
    <Screen name="keep-nothing" title="Keep nothing?">
      <p>Nothing will be there to be found. That has its price:</p>
      <ul>
        <li>You cannot change how you appear, or take your signature back, once you close this page.</li>
        <li>You cannot go on from another device.</li>
        <li>
          {kindOf(state) === "vouch"
            ? "If this page closes after you have used the invitation and before you sign, it is used up. It does not work a second time."
            : "If this page closes after you have proved your mailbox and before you sign, your enrolment is lost. The registrars will not enrol your mailbox a second time, for this letter and the others of its time."}
        </li>
      </ul>
      <Actions>
        <Button kind="primary" onPress={acts(send, "keep-nothing-yes")}>
          Go on without a phrase
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
