/** The ways to prove that one works there, what shows least to others first. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { Form } from "../../ui/form.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Table } from "../../ui/table.tsx";
import { kindOf, kindsFor } from "../machine/evidence.ts";
import { rulesFor } from "../machine/rules.ts";
import { evidenceWords } from "../words/evidence.ts";
import { BackButton } from "./back-button.tsx";
import { InvitationNotice } from "./invitation-notice.tsx";
import { acts, type ScreenProps, types } from "./props.ts";

export function Evidence(props: ScreenProps) {
  const { state, send } = props;
  const kinds = kindsFor(state);
  const named = (rulesFor(state)?.names ?? null) !== null;
  return (
    <Screen name="evidence" title={say("sign-evidence.evidence.title")}>
      <InvitationNotice state={state} />
      <p>{say("sign-evidence.evidence.what-shows-least-of-you")}</p>
      <Table
        columns={[
          say("sign-evidence.evidence.way"),
          say("sign-evidence.evidence.your-employers-mail-system-sees"),
          say("sign-evidence.evidence.registrars-see"),
          say("sign-evidence.evidence.you-are-counted"),
        ]}
        rows={kinds.map((kind) => {
          const { name, employer, registrars, counted } = evidenceWords(kind, named);
          return { head: name, cells: [employer, registrars, counted] };
        })}
      />
      <Form onSubmit={acts(send, "go-on")}>
        <Choices
          name="evidence"
          legend={say("sign-evidence.evidence.i-prove-it-by")}
          options={kinds.map((kind) => {
            const { name, says } = evidenceWords(kind, named);
            return { value: kind, label: name, hint: says };
          })}
          value={kindOf(state)}
          onChoose={types(send, "evidence")}
        />
        <Actions>
          <Button kind="primary">{say("sign.act.go-on")}</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
