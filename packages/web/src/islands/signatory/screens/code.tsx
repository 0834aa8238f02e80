/** The code of one registrar. It is typed, never a link: mail scanners follow links. */
import { say } from "../../say.ts";
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

  return (
    <Screen name="code" title={say("sign-signing.code.title", { name })}>
      {hasEnough(state) && <Notice tone="good">{say("sign-signing.code.you-have-enough-this-code")}</Notice>}
      <Form onSubmit={acts(send, "check-code")}>
        <Field
          key={asking}
          id="code"
          label={say("sign-signing.code.the-eight-digits")}
          hint={say("sign-signing.code.the-mail-comes-within-a")}
          inputMode="numeric"
          dir="ltr"
          value={state.typed.code}
          error={
            error === null || tries >= CODE_TRIES
              ? error
              : say("sign-signing.code.error-and-tries", { error, tries })
          }
          onType={types(send, "code")}
        />
        <Actions>
          <Button kind="primary">{say("sign-signing.code.check-the-code")}</Button>
          <Button onPress={acts(send, "send-again")}>{say("sign-signing.code.send-the-code-again")}</Button>
          <EnoughButton {...props} />
          {canDoWithout(state, asking) && !hasEnough(state) && (
            <Button onPress={acts(send, "skip-registrar")}>
              {say("sign-signing.code.go-on-without-this-registrar")}
            </Button>
          )}
          <BackButton {...props} />
        </Actions>
      </Form>
      <RegistrarSteps state={state} alone={false} />
    </Screen>
  );
}
