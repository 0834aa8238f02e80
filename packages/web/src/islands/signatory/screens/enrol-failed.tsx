/** Too few registrars have answered: what happened at each, and how to go on with what has come. */
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { confirmed, needed } from "../machine/confirmations.ts";
import { registrarsFor } from "../machine/rules.ts";
import { outcomeWords } from "../words/problems.ts";
import { confirmationWords } from "../words/registrars.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function EnrolFailed(props: ScreenProps) {
  const { state, send } = props;
  const names = new Map(registrarsFor(state).map(({ identity, name }) => [identity, name]));
  const { outcomes } = state.enrolling;
  return (
    <Screen name="enrol-failed" title="Not enrolled yet">
      <ProblemNotice state={state} />
      {outcomes.length > 0 && (
        <>
          <Notice tone="warning" speak="status">
            {`${confirmationWords(confirmed(state), needed(state))} What has come is kept.`}
          </Notice>
          <ul>
            {outcomes.map((outcome) => (
              <li key={outcome.registrar}>
                <bdi>{names.get(outcome.registrar)}</bdi>: {outcomeWords(outcome)}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>Trying again asks only those who have not answered, with the same phrase and mailbox.</p>
      {state.keeps === "phrase" && (
        <p>You can also come back another day: with your phrase, all of it can be asked for again.</p>
      )}
      <Actions>
        <Button kind="primary" onPress={acts(send, "retry")}>
          Try again
        </Button>
        {state.phrase !== null && state.keeps === "nothing" && (
          <p class="hint">You keep nothing: stay on this page until you have signed.</p>
        )}
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
