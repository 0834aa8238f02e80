/** Coming back: with the phrase, with files that were saved, or with a receipt alone. */
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
    <Screen name="phrase-typed" title="Come back">
      <ProblemNotice state={state} />
      {state.storedHere && (
        <Notice>An enrolment is kept on this device. It opens with the phrase that it was made with.</Notice>
      )}
      <Form onSubmit={acts(send, "look-up")}>
        <Field
          id="phrase"
          label="Your phrase"
          hint="The twelve words, in their order. They stay on this page and are not sent."
          dir="ltr"
          lines={3}
          value={state.typed.phrase}
          error={errorAt(state, "phrase")}
          onType={types(send, "phrase")}
        />
        <FileField
          id="enrolment-file"
          label="Your enrolment, if you saved one"
          onFile={(file) => send({ type: "file", of: "enrolment", file })}
        />
        <FileField
          id="receipt-file"
          label="Your receipt, if you saved one"
          hint="With a receipt alone, you can check whether the board kept its promise."
          onFile={(file) => {
            const receipt = readReceipt(file);
            send(
              receipt === null
                ? { type: "file-refused", of: "receipt" }
                : { type: "file", of: "receipt", file: receipt },
            );
          }}
        />
        <p role="status">{state.busy === null ? "" : "The log is being read …"}</p>
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            Go on
          </Button>
          {state.receiptFile !== null && (
            <Button onPress={acts(send, "check-receipt")} busy={state.busy !== null}>
              Check whether it is in the log
            </Button>
          )}
          {state.storedHere && <Button onPress={acts(send, "forget")}>Forget everything</Button>}
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
