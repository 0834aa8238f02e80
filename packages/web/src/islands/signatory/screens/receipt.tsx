/** The board has taken it. What that means, when it comes out, and how to see whether the board kept its word. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { classFor } from "../machine/evidence.ts";
import { canInvite } from "../machine/inviting.ts";
import { letterOf, type State } from "../machine/state.ts";
import { plausibleDay, releaseWords } from "../words/days.ts";
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
      <p>{say("sign-signing.receipt.the-board-has-signed-a")}</p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "save-receipt")}>
          {say("sign-signing.act.save-the-receipt")}
        </Button>
        <Button onPress={acts(send, "check-receipt")} busy={state.busy !== null}>
          {say("sign-signing.act.check-whether-it-is-in")}
        </Button>
        {state.phrase !== null && taken?.foreign !== true && (
          <Button onPress={acts(send, "see-state")} busy={state.busy !== null}>
            {say("sign-signing.act.see-how-my-signature-stands")}
          </Button>
        )}
        {canInvite(state) && taken?.foreign !== true && (
          <Button onPress={acts(send, "invite")}>{say("sign.shared.invite-colleagues")}</Button>
        )}
        <Button kind="quiet" onPress={acts(send, "forget")}>
          {say("sign-signing.act.forget-everything")}
        </Button>
      </Actions>
    </Screen>
  );
}

function titleOf(taken: State["taken"]): string {
  if (taken?.foreign) return say("sign-signing.receipt.it-is-sent");
  return taken?.request === "revision-request"
    ? say("sign-signing.receipt.your-change-is-taken")
    : say("sign-signing.receipt.you-have-signed");
}

function whenWords(state: State, today: string): string[] {
  const letter = letterOf(state);
  const { taken, log } = state;
  if (taken === null || letter === null || log === null) return [];
  const { closes } = letter;
  const days = { ...letter.leaf, closes };
  if (taken.request !== "endorsement-request") {
    return [say("sign-signing.receipt.change", { day: say.day(taken.receipt.due) })];
  }
  if (taken.foreign && taken.receipt.letter !== state.link?.letter) {
    return [say("sign-signing.receipt.in-the-log", { day: say.day(taken.receipt.due) })];
  }
  return releaseWords(
    plausibleDay(today, days, log.lastBatch),
    days,
    log.lastBatch !== null,
    classFor(state),
  );
}
