/** Too few registrars have answered: what happened at each, and how to go on with what has come. */
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { confirmed, needed } from "../machine/confirmations.ts";
import { kindOf, kindsFor } from "../machine/evidence.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { outcomeWords } from "../words/problems.ts";
import { confirmationWords } from "../words/registrars.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

const SAME = {
  "mailbox-code": "the same phrase and mailbox",
  "existing-mail": "the same phrase and mail",
  vouch: "the same phrase and invitation",
} as const;
const WITH = {
  "mailbox-code": "your phrase",
  "existing-mail": "your phrase and the mail",
  vouch: "your phrase and the link",
} as const;

/** Of whom the same is said, at once. */
function together(all: readonly [name: string | undefined, words: string][]): [string, string[]][] {
  const by = new Map<string, string[]>();
  for (const [name = "", words] of all) by.set(words, [...(by.get(words) ?? []), name]);
  return [...by];
}

export function EnrolFailed(props: ScreenProps) {
  const { state, send } = props;
  const names = new Map(registrarsFor(state).map(({ identity, name }) => [identity, name]));
  const { outcomes } = state.enrolling;
  const kind = kindOf(state);
  return (
    <Screen name="enrol-failed" title="Not enrolled yet">
      <ProblemNotice state={state} />
      {outcomes.length > 0 && (
        <>
          <Notice tone="warning" speak="status">
            {`${confirmationWords(confirmed(state), needed(state))} What has come is kept.`}
          </Notice>
          <ul>
            {together(
              outcomes.map((outcome) => [names.get(outcome.registrar), outcomeWords(outcome, kind)]),
            ).map(([words, who]) => (
              <li key={words}>
                {who.map((name, i) => (
                  <span key={name}>
                    {i > 0 && ", "}
                    <bdi>{name}</bdi>
                  </span>
                ))}
                : {words}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>Trying again asks only those who have not answered, with {SAME[kind]}.</p>
      {state.keeps === "phrase" && (
        <p>You can also come back another day: with {WITH[kind]}, all of it can be asked for again.</p>
      )}
      <Actions>
        <Button kind="primary" onPress={acts(send, "retry")}>
          Try again
        </Button>
        {kindsFor(state).length > 1 && <Button onPress={acts(send, "other-way")}>Another way</Button>}
        {state.phrase !== null && state.keeps === "nothing" && (
          <p class="hint">You keep nothing: stay on this page until you have signed.</p>
        )}
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
