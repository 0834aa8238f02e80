/** How the person's name is written. It is asked of everyone, so that nobody is seen to want their name confirmed. */
import { CoreError, canonicalMailbox, nameFits } from "@undersigned/core";
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
    <Screen name="your-name" title="How is your name written?">
      <p>
        Everyone who enrols is asked this. Registrars see the name together with the mailbox. Readers see it
        only if you choose so later.
      </p>
      <ProblemNotice state={state} />
      <Form onSubmit={acts(send, "go-on")}>
        <Field
          id="own-name"
          label="Your name"
          value={state.typed.ownName}
          error={errorAt(state, "ownName")}
          onType={types(send, "ownName")}
        />
        <div class="preview" role="status">
          <p>{name === null ? NO_NAME : fits(state, name) ? FITS : DIFFERS}</p>
        </div>
        <p class="hint">
          Where a name has changed, or is written in other letters than the mailbox, a registrar's operator
          can confirm it in another way. Ask the organisers.
        </p>
        <Actions>
          <Button kind="primary">{kindOf(state) === "existing-mail" ? "Go on" : "Send the code"}</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}

const FITS = "This is what your mailbox says: the name can be shown as confirmed.";
const DIFFERS = "This is not what your mailbox says: the name can be shown, but as given by you.";
const NO_NAME = "Your mailbox does not say a name. Without one, none can be shown as confirmed.";

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
