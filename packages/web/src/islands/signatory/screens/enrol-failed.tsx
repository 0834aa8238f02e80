/** Too few registrars have answered: what happened at each, and how to go on with what has come. */

import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { confirmed, needed } from "../machine/confirmations.ts";
import { kindOf, kindsFor } from "../machine/evidence.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { KINDS } from "../words/kinds.ts";
import { outcomeWords } from "../words/problems.ts";
import { confirmationWords } from "../words/registrars.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

/** Names side by side. */
function namesWords(names: readonly string[]): Words {
  return names.flatMap((name, i) => [...(i > 0 ? [say("sign-signing.comma")] : []), foreign(name)]);
}

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
    <Screen name="enrol-failed" title={say("sign-signing.enrol-failed.title")}>
      <ProblemNotice state={state} />
      {outcomes.length > 0 && (
        <>
          <Notice tone="warning" speak="status">
            {say("sign-signing.enrol-failed.kept", {
              confirmations: confirmationWords(confirmed(state), needed(state)),
            })}
          </Notice>
          <ul>
            {together(
              outcomes.map((outcome) => [names.get(outcome.registrar), outcomeWords(outcome, kind)]),
            ).map(([words, who]) => (
              <li key={words}>
                <Says
                  words={say.rich("sign-signing.enrol-failed.at", {
                    names: namesWords(who),
                    words,
                  })}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{say("sign-signing.enrol-failed.again", { kind: KINDS[kind] })}</p>
      {state.keeps === "phrase" && (
        <p>{say("sign-signing.enrol-failed.another-day", { kind: KINDS[kind] })}</p>
      )}
      <Actions>
        <Button kind="primary" onPress={acts(send, "retry")}>
          {say("sign.act.try-again")}
        </Button>
        {kindsFor(state).length > 1 && (
          <Button onPress={acts(send, "other-way")}>{say("sign.act.another-way")}</Button>
        )}
        {state.phrase !== null && state.keeps === "nothing" && (
          <p class="hint">{say("sign-signing.enrol-failed.you-keep-nothing-stay-on")}</p>
        )}
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
