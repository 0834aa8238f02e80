/** The board has taken the withdrawal. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { longDay } from "../words/days.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";
import { TakenNotes } from "./taken-notes.tsx";

export function Withdrawn({ state, send }: ScreenProps) {
  const { taken } = state;
  return (
    <Screen name="withdrawn" title="Your signature is taken back">
      <ProblemNotice state={state} />
      <TakenNotes state={state} />
      {taken !== null && (
        <p>It is in the log by the end of {longDay(taken.receipt.due)}; from then on it is not counted.</p>
      )}
      <p>The board has signed a receipt for this, which proves its promise.</p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "save-receipt")}>
          Save the receipt
        </Button>
        <Button onPress={acts(send, "check-receipt")} busy={state.busy !== null}>
          Check whether it is in the log
        </Button>
        <Button kind="quiet" onPress={acts(send, "forget")}>
          Forget everything
        </Button>
      </Actions>
    </Screen>
  );
}
