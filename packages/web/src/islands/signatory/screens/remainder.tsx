/** What becomes of the signature if too few come out with it at the end. */
import { Actions, Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { Form } from "../../ui/form.tsx";
import { Screen } from "../../ui/screen.tsx";
import { classFor } from "../machine/evidence.ts";
import { letterOf } from "../machine/state.ts";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps, types } from "./props.ts";

export function Remainder(props: ScreenProps) {
  const { state, send } = props;
  const min = letterOf(state)?.leaf.batch.classes[classFor(state)].min ?? 1;
  return (
    <Screen name="remainder" title="If few come out with you">
      <p>
        Signatures come out in groups of at least {min}, so that one hides among others. When the letter
        closes, a smaller group may be left over. What shall become of yours, if it is in that group?
      </p>
      <Form onSubmit={acts(send, "go-on")}>
        <Choices
          name="remainder"
          legend="If I am in a group that is too small"
          options={[
            {
              value: "destroy",
              label: "Destroy my signature",
              hint: "It does not count, and nobody ever sees it. This is the safe choice.",
            },
            { value: "release", label: "Let it out all the same", hint: "It counts, among few." },
          ]}
          value={state.typed.remainder}
          onChoose={types(send, "remainder")}
        />
        <Actions>
          <Button kind="primary">Go on</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
