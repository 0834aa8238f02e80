/** All that will leave this device of the mail, before it does. The texts are a stranger's, and shown as text. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Table } from "../../ui/table.tsx";
import { askedName } from "../machine/evidence.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { longDay } from "../words/days.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function MailShown(props: ScreenProps) {
  const { state, send } = props;
  const { mail } = state;
  if (mail === null) return null;
  const name = askedName(state);
  const registrars = registrarsFor(state).map((one) => one.name);
  return (
    <Screen name="mail-shown" title="What leaves this device">
      <ProblemNotice state={state} />
      <p>
        This mail will do: <bdi>{mail.sender}</bdi>, of {longDay(mail.day)}, to <bdi>{mail.mailbox}</bdi>.{" "}
        {mail.key === "pinned"
          ? "This device has checked its signature, with the sender's key that stands in the log."
          : "The log has no key of the sender for that day: the registrars will fetch it and check the signature, which this page cannot."}
      </p>
      <p>
        {registrars.length === 1 ? "The registrar is" : "The registrars are"} sent these lines of its header,
        as they stand here
        {name !== null && (
          <>
            , and your name “<bdi>{name}</bdi>”
          </>
        )}
        :
      </p>
      <div class="fields">
        <Table
          columns={["Line", "Content"]}
          rows={mail.fields.map(({ name: line, value }) => ({ head: line, cells: [value] }))}
        />
      </div>
      <p>
        <strong>All else stays here:</strong> the text of the mail, what is attached to it, and the lines that
        its sender did not sign. The signature holds a check sum of the text (bh), from which nothing can be
        read; somebody who has the same text could recognise it.
      </p>
      <p>
        The registrars check it, keep a number from which the mail cannot be told, and forget the rest. It can
        be used once.
      </p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "use-mail")} busy={state.busy !== null}>
          Send these lines
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
