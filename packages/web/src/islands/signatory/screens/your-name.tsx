/** How the person's name is written. It is asked of everyone, so that nobody is seen to want their name confirmed. */

import { CoreError, canonicalMailbox, nameFits } from "@undersigned/core";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Screen } from "../../ui/screen.tsx";
import { askedName, kindOf } from "../machine/evidence.ts";
import { rulesFor } from "../machine/rules.ts";
import type { State } from "../machine/state.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";

export function YourName(props: ScreenProps) {
  const { state, send } = props;
  const name = askedName(state);
  return (
    <Screen name="your-name" title={say("sign-names.your-name.title")}>
      <p>{say("sign-names.your-name.everyone-who-enrols-is-asked")}</p>
      <ProblemNotice state={state} />
      <Form onSubmit={acts(send, "go-on")}>
        <Field
          id="own-name"
          label={say("sign.shared.your-name")}
          value={state.typed.ownName}
          error={errorAt(state, "ownName")}
          onType={types(send, "ownName")}
        />
        <div class="preview" role="status">
          <p>
            {name === null
              ? say("sign-names.your-name.your-mailbox-does-not-say")
              : fits(state, name)
                ? say("sign-names.your-name.this-is-what-your-mailbox")
                : say("sign-names.your-name.this-is-not-what-your")}
          </p>
        </div>
        <p class="hint">{say("sign-names.your-name.where-a-name-has-changed")}</p>
        <Actions>
          <Button kind="primary">
            {kindOf(state) === "existing-mail" ? say("sign.act.go-on") : say("sign.shared.send-the-code")}
          </Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}

function fits(state: State, name: string): boolean {
  const rules = rulesFor(state);
  if (rules === null || rules.names === null) return false;
  try {
    const mailbox =
      kindOf(state) === "existing-mail"
        ? (state.mail?.mailbox ?? "")
        : canonicalMailbox(state.typed.mailbox.trim(), rules.mailboxes);
    return nameFits(name, mailbox, rules.names);
  } catch (error) {
    if (error instanceof CoreError) return false;
    throw error;
  }
}
