/** The board has taken the withdrawal. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";

import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";
import { TakenNotes } from "./taken-notes.tsx";

export function Withdrawn({ state, send }: ScreenProps) {
  const { taken } = state;
  return (
    <Screen name="withdrawn" title={say("sign-signing.withdrawn.title")}>
      <ProblemNotice state={state} />
      <TakenNotes state={state} />
      {taken !== null && <p>{say("sign-signing.withdrawn.when", { day: say.day(taken.receipt.due) })}</p>}
      <p>{say("sign-signing.withdrawn.the-board-has-signed-a")}</p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "save-receipt")}>
          {say("sign-signing.act.save-the-receipt")}
        </Button>
        <Button onPress={acts(send, "check-receipt")} busy={state.busy !== null}>
          {say("sign-signing.act.check-whether-it-is-in")}
        </Button>
        <Button kind="quiet" onPress={acts(send, "forget")}>
          {say("sign-signing.act.forget-everything")}
        </Button>
      </Actions>
    </Screen>
  );
}
