/** All that will leave this device of the mail, before it does. The texts are a stranger's, and shown as text. */
import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Table } from "../../ui/table.tsx";
import { askedName } from "../machine/evidence.ts";
import { registrarsFor } from "../machine/registrars.ts";

import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

const strong = (inner: Words) => (
  <strong>
    <Says words={inner} />
  </strong>
);

export function MailShown(props: ScreenProps) {
  const { state, send } = props;
  const { mail } = state;
  if (mail === null) return null;
  const name = askedName(state);
  const registrars = registrarsFor(state).map((one) => one.name);
  return (
    <Screen name="mail-shown" title={say("sign-existing-mail.mail-shown.title")}>
      <ProblemNotice state={state} />
      <p>
        <Says
          words={say.rich(
            mail.key === "pinned"
              ? "sign-existing-mail.mail-shown.will-do"
              : "sign-existing-mail.mail-shown.will-do-unpinned",
            { sender: foreign(mail.sender), day: say.day(mail.day), mailbox: foreign(mail.mailbox) },
          )}
        />
      </p>
      <p>
        <Says
          words={
            name === null
              ? say.rich("sign-existing-mail.mail-shown.sent", { registrars: registrars.length })
              : say.rich("sign-existing-mail.mail-shown.sent-name", {
                  registrars: registrars.length,
                  name: foreign(name),
                })
          }
        />
      </p>
      <div class="fields">
        <Table
          columns={[say("sign-existing-mail.mail-shown.line"), say("sign-existing-mail.mail-shown.content")]}
          rows={mail.fields.map(({ name: line, value }) => ({ head: line, cells: [value] }))}
        />
      </div>
      <p>
        <Says words={say.rich("sign-existing-mail.mail-shown.stays", { strong })} />
      </p>
      <p>{say("sign-existing-mail.mail-shown.the-registrars-check-it-keep")}</p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "use-mail")} busy={state.busy !== null}>
          {say("sign-existing-mail.mail-shown.send-these-lines")}
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
