/** The board has taken it. What that means, when it comes out, and how to see whether the board kept its word. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { classFor } from "../machine/evidence.ts";
import { canInvite } from "../machine/inviting.ts";
import { letterOf, type State } from "../machine/state.ts";
import { longDay, plausibleDay, releaseWords } from "../words/days.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";
import { TakenNotes } from "./taken-notes.tsx";

export function Receipt({ state, send, today }: ScreenProps) {
  const { taken } = state;
  const title = titleOf(taken);
  return (
    <Screen name="receipt" title={title}>
      <ProblemNotice state={state} />
      <TakenNotes state={state} />
      {whenWords(state, today).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>
        The board has signed a receipt for this. If it does not keep its promise, the receipt proves that to
        anyone. It does not say who you are; who finds it learns that its owner signed.
      </p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "save-receipt")}>
          Save the receipt
        </Button>
        <Button onPress={acts(send, "check-receipt")} busy={state.busy !== null}>
          Check whether it is in the log
        </Button>
        {state.phrase !== null && taken?.foreign !== true && (
          <Button onPress={acts(send, "see-state")} busy={state.busy !== null}>
            See how my signature stands
          </Button>
        )}
        {canInvite(state) && taken?.foreign !== true && (
          <Button onPress={acts(send, "invite")}>Invite colleagues</Button>
        )}
        <Button kind="quiet" onPress={acts(send, "forget")}>
          Forget everything
        </Button>
      </Actions>
    </Screen>
  );
}

function titleOf(taken: State["taken"]): string {
  if (taken?.foreign) return "It is sent";
  return taken?.request === "revision-request" ? "Your change is taken" : "You have signed";
}

function whenWords(state: State, today: string): string[] {
  const letter = letterOf(state);
  const { taken, log } = state;
  if (taken === null || letter === null || log === null) return [];
  const { closes } = letter;
  const days = { ...letter.leaf, closes };
  if (taken.request !== "endorsement-request") {
    return [`It comes out by the end of ${longDay(taken.receipt.due)}, together with others' changes.`];
  }
  if (taken.foreign && taken.receipt.letter !== state.link?.letter) {
    return [`It is in the log by the end of ${longDay(taken.receipt.due)}.`];
  }
  return releaseWords(
    plausibleDay(today, days, log.lastBatch),
    days,
    log.lastBatch !== null,
    classFor(state),
  );
}
