/** What becomes of the signature if too few come out with it at the end. */
import { say } from "../../say.ts";
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
    <Screen name="remainder" title={say("sign-signing.remainder.title")}>
      <p>{say("sign-signing.remainder.groups", { min })}</p>
      <Form onSubmit={acts(send, "go-on")}>
        <Choices
          name="remainder"
          legend={say("sign-signing.remainder.if-i-am-in-a")}
          options={[
            {
              value: "destroy",
              label: say("sign-signing.remainder.destroy-my-signature"),
              hint: say("sign-signing.remainder.it-does-not-count-and"),
            },
            {
              value: "release",
              label: say("sign-signing.remainder.let-it-out-all-the"),
              hint: say("sign-signing.remainder.it-counts-among-few"),
            },
          ]}
          value={state.typed.remainder}
          onChoose={types(send, "remainder")}
        />
        <Actions>
          <Button kind="primary">{say("sign.act.go-on")}</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
