/** The ways to prove that one works there, what shows least to others first. */
import { Actions, Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { Form } from "../../ui/form.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Table } from "../../ui/table.tsx";
import { kindOf, kindsFor } from "../machine/evidence.ts";
import { rulesFor } from "../machine/rules.ts";
import { EVIDENCE } from "../words/evidence.ts";
import { BackButton } from "./back-button.tsx";
import { InvitationNotice } from "./invitation-notice.tsx";
import { acts, type ScreenProps, types } from "./props.ts";

export function Evidence(props: ScreenProps) {
  const { state, send } = props;
  const kinds = kindsFor(state);
  const named = (rulesFor(state)?.names ?? null) !== null;
  return (
    <Screen name="evidence" title="How do you prove that you work there?">
      <InvitationNotice state={state} />
      <p>What shows least of you comes first.</p>
      <Table
        columns={["Way", "Your employer's mail system sees", "Registrars see", "You are counted"]}
        rows={kinds.map((kind) => {
          const { name, employer, registrars, counted } = EVIDENCE[kind];
          return { head: name, cells: [employer, registrars(named), counted] };
        })}
      />
      <Form onSubmit={acts(send, "go-on")}>
        <Choices
          name="evidence"
          legend="I prove it by"
          options={kinds.map((kind) => ({
            value: kind,
            label: EVIDENCE[kind].name,
            hint: EVIDENCE[kind].says,
          }))}
          value={kindOf(state)}
          onChoose={types(send, "evidence")}
        />
        <Actions>
          <Button kind="primary">Go on</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
