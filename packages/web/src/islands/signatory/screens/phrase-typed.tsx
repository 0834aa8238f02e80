/** Coming back: with the phrase, with files that were saved, or with a receipt alone. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Field, FileField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { readReceipt } from "../work/read-file.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";

export function PhraseTyped(props: ScreenProps) {
  const { state, send } = props;
  return (
    <Screen name="phrase-typed" title={say("sign-signing.phrase-typed.title")}>
      <ProblemNotice state={state} />
      {state.storedHere && <Notice>{say("sign-signing.phrase-typed.an-enrolment-is-kept-on")}</Notice>}
      <Form onSubmit={acts(send, "look-up")}>
        <Field
          id="phrase"
          label={say("sign-signing.shared.your-phrase")}
          hint={say("sign-signing.phrase-typed.the-twelve-words-in-their")}
          dir="ltr"
          lines={3}
          value={state.typed.phrase}
          error={errorAt(state, "phrase")}
          onType={types(send, "phrase")}
        />
        <FileField
          id="enrolment-file"
          label={say("sign-signing.phrase-typed.your-enrolment-if-you-saved")}
          onFile={(file) => send({ type: "file", of: "enrolment", file })}
        />
        <FileField
          id="receipt-file"
          label={say("sign-signing.phrase-typed.your-receipt-if-you-saved")}
          hint={say("sign-signing.phrase-typed.with-a-receipt-alone-you")}
          onFile={(file) => {
            const receipt = readReceipt(file);
            send(
              receipt === null
                ? { type: "file-refused", of: "receipt" }
                : { type: "file", of: "receipt", file: receipt },
            );
          }}
        />
        <p role="status">{state.busy === null ? "" : say("sign-signing.shared.the-log-is-being-read")}</p>
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            {say("sign.act.go-on")}
          </Button>
          {state.receiptFile !== null && (
            <Button onPress={acts(send, "check-receipt")} busy={state.busy !== null}>
              {say("sign-signing.act.check-whether-it-is-in")}
            </Button>
          )}
          {state.storedHere && (
            <Button onPress={acts(send, "forget")}>{say("sign-signing.act.forget-everything")}</Button>
          )}
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
