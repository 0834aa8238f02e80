/** Three of the twelve words, so that what was written down is right before anything depends on it. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { PhraseCheck } from "../../ui/phrase-check.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";

export function PhraseConfirm(props: ScreenProps) {
  const { state, send } = props;
  return (
    <Screen name="phrase-confirm" title={say("sign-signing.phrase-confirm.title")}>
      <p>{say("sign-signing.phrase-confirm.so-that-you-can-rely")}</p>
      <Form onSubmit={acts(send, "confirm")}>
        <PhraseCheck
          asked={state.asked}
          typed={state.typed}
          errorAt={(field) => errorAt(state, field)}
          onType={(field, value) => types(send, field)(value)}
        />
        <Actions>
          <Button kind="primary">{say("sign-signing.phrase-confirm.confirm")}</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
