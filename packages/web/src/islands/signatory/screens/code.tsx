/** The code of one registrar. It is typed, never a link: mail scanners follow links. */
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { CODE_TRIES, canSkip, hasEnoughAlready, triesLeft } from "../machine/enrolling.ts";
import { registrarsFor } from "../machine/rules.ts";
import { BackButton } from "./back-button.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";

export function Code(props: ScreenProps) {
  const { state, send } = props;
  const registrars = registrarsFor(state);
  const at = registrars.findIndex(({ identity }) => identity === state.enrolling.asking);
  const name = registrars[at]?.name ?? "";
  const tries = triesLeft(state);
  const error = errorAt(state, "code");
  const left = tries < CODE_TRIES ? ` ${tries === 1 ? "One try is" : `${tries} tries are`} left.` : "";
  return (
    <Screen name="code" title={`Code from the mail of ${name}`}>
      {registrars.length > 1 && (
        <p>
          Registrar {at + 1} of {registrars.length}.
        </p>
      )}
      {hasEnoughAlready(state) && (
        <Notice>
          Enough registrars have confirmed your mailbox already. This code is one more, in case one of them is
          doubted; you can do without it.
        </Notice>
      )}
      <Form onSubmit={acts(send, "check-code")}>
        <Field
          key={state.enrolling.asking}
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
          {canSkip(state) && (
            <Button onPress={acts(send, "skip-registrar")}>Go on without this registrar</Button>
          )}
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
