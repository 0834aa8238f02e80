/** The code of one registrar. It is typed, never a link: mail scanners follow links. */
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { canDoWithout, hasEnough } from "../machine/confirmations.ts";
import { CODE_TRIES, triesLeft } from "../machine/enrolling.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { BackButton } from "./back-button.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";
import { EnoughButton, RegistrarSteps } from "./registrar-steps.tsx";

export function Code(props: ScreenProps) {
  const { state, send } = props;
  const registrars = registrarsFor(state);
  const { asking } = state.enrolling;
  const name = registrars.find(({ identity }) => identity === asking)?.name ?? "";
  const tries = triesLeft(state);
  const error = errorAt(state, "code");
  const left = tries < CODE_TRIES ? ` ${tries === 1 ? "One try is" : `${tries} tries are`} left.` : "";
  return (
    <Screen name="code" title={`Code from the mail of ${name}`}>
      {hasEnough(state) && (
        <Notice tone="good">
          You have enough. This code is one more, in case a registrar is doubted later; you can do without it.
        </Notice>
      )}
      <Form onSubmit={acts(send, "check-code")}>
        <Field
          key={asking}
          id="code"
          label="The eight digits"
          hint="The mail comes within a minute, and its code is good for ten. Look among unwanted mail too."
          inputMode="numeric"
          dir="ltr"
          value={state.typed.code}
          error={error === null ? null : error + left}
          onType={types(send, "code")}
        />
        <Actions>
          <Button kind="primary">Check the code</Button>
          <Button onPress={acts(send, "send-again")}>Send the code again</Button>
          <EnoughButton {...props} />
          {canDoWithout(state, asking) && !hasEnough(state) && (
            <Button onPress={acts(send, "skip-registrar")}>Go on without this registrar</Button>
          )}
          <BackButton {...props} />
        </Actions>
      </Form>
      <RegistrarSteps state={state} alone={false} />
    </Screen>
  );
}
