/** The work mailbox: the one thing that registrars learn. It is checked here before it is sent. */
import { say } from "../../say.ts";
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
    <Screen name="mailbox" title={say("sign-signing.mailbox.title")}>
      <p>
        {registrars === 1
          ? say("sign-signing.mailbox.one")
          : say("sign-signing.mailbox.several", {
              registrars,
              codes: needed(state) - had,
              others: had > 0 ? "yes" : "no",
            })}
      </p>
      <p>{say("sign-signing.mailbox.read-the-mail-where-you")}</p>
      <ProblemNotice state={state} />
      <Form onSubmit={acts(send, "send-code")}>
        <Field
          id="mailbox"
          label={say("sign-signing.mailbox.your-work-mailbox")}
          hint={say("sign-signing.mailbox.hint", { domains: say.list(domains, "or") })}
          type="email"
          inputMode="email"
          dir="ltr"
          value={state.typed.mailbox}
          error={errorAt(state, "mailbox")}
          onType={types(send, "mailbox")}
        />
        <Actions>
          <Button kind="primary">
            {asksName(state) ? say("sign.act.go-on") : say("sign.shared.send-the-code")}
          </Button>
          {kindsFor(state).length > 1 && (
            <Button onPress={acts(send, "other-way")}>{say("sign.act.another-way")}</Button>
          )}
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
