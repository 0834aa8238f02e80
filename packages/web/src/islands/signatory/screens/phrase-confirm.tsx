/** Three of the twelve words, so that what was written down is right before anything depends on it. */
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";

const FIELDS = ["word0", "word1", "word2"] as const;

export function PhraseConfirm(props: ScreenProps) {
  const { state, send } = props;
  return (
    <Screen name="phrase-confirm" title="Type three of the words">
      <p>So that you can rely on what you have written.</p>
      <Form onSubmit={acts(send, "confirm")}>
        {FIELDS.map((field, i) => (
          <Field
            key={field}
            id={field}
            label={`Word ${(state.asked[i] ?? 0) + 1}`}
            dir="ltr"
            value={state.typed[field]}
            error={errorAt(state, field)}
            onType={types(send, field)}
          />
        ))}
        <Actions>
          <Button kind="primary">Confirm</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
