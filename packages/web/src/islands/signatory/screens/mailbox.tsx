/** The work mailbox: the one thing that registrars learn. It is checked here before it is sent. */
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Screen } from "../../ui/screen.tsx";
import { confirmed, needed } from "../machine/confirmations.ts";
import { asksName, kindsFor } from "../machine/evidence.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { rulesFor } from "../machine/rules.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";

export function Mailbox(props: ScreenProps) {
  const { state, send } = props;
  const domains = rulesFor(state)?.mailboxes.domains.map(({ domain }) => domain) ?? [];
  const had = confirmed(state);
  const registrars = registrarsFor(state).length - had;
  return (
    <Screen name="mailbox" title="Prove your mailbox">
      <p>
        {registrars === 1
          ? "The registrar mails a code there."
          : `${registrars} ${had > 0 ? "other " : ""}registrars each mail a code there; you need ${needed(state) - had} of the codes.`}{" "}
        Your address goes to {registrars === 1 ? "it" : "them"} and to nobody else; the board never has it.
      </p>
      <p>Read the mail where you always do, but not over a work network if you can avoid it.</p>
      <ProblemNotice state={state} />
      <Form onSubmit={acts(send, "send-code")}>
        <Field
          id="mailbox"
          label="Your work mailbox"
          hint={`An address at ${domains.join(" or ")}`}
          type="email"
          inputMode="email"
          dir="ltr"
          value={state.typed.mailbox}
          error={errorAt(state, "mailbox")}
          onType={types(send, "mailbox")}
        />
        <Actions>
          <Button kind="primary">{asksName(state) ? "Go on" : "Send the code"}</Button>
          {kindsFor(state).length > 1 && <Button onPress={acts(send, "other-way")}>Another way</Button>}
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
