/** A new organiser: which role, then a link that works once. */
import { encodeBase64url, ROLES, type Role, randomBytes } from "@undersigned/core";
import { useState } from "preact/hooks";
import { DESK } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { useDesk } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { useCall } from "../shell/use-call.ts";

export interface InviteProps {
  /** An invitation is there now. */
  readonly onInvited: () => void;
}

interface Made {
  readonly link: string;
  readonly role: Role;
  readonly until: string;
}

export function Invite({ onInvited }: InviteProps) {
  const { origin, copy } = useDesk();
  const { busy, problem, again, call } = useCall("invite");
  const [role, setRole] = useState<Role>("owner");
  const [made, setMade] = useState<Made | null>(null);

  const invite = async () => {
    const id = encodeBase64url(randomBytes(16));
    const answer = await call(
      { id, role },
      {
        title: say("desk-people.invite-an-organiser"),
        does: [say("desk-people.makes-a-link", { role }), say(`desk-people.role.${role}.says`)],
        button: say("desk-people.make-the-link"),
      },
    );
    if (answer === null) return;
    setMade({ link: `${origin}${DESK}#join.${answer.invitation}`, role, until: answer.until });
    onInvited();
  };
  if (made !== null) {
    return (
      <section class="card" aria-label={say("desk-people.the-new-invitation")}>
        <h3>{say("desk-people.link-for", { role: made.role })}</h3>
        <Notice tone="warning">
          <Says words={say.rich("desk-people.shown-now", { day: say.day(made.until) })} />
        </Notice>
        <QrCode text={made.link} label={say("desk-people.the-invitations-link-as-a")} />
        <CopyField
          id="invitation-link"
          label={say("desk-people.its-link")}
          text={made.link}
          button={say("desk-people.copy-the-link")}
          copy={copy}
        />
        <Actions>
          <Button onPress={() => setMade(null)}>{say("desk-people.i-have-passed-it-on")}</Button>
        </Actions>
      </section>
    );
  }
  return (
    <Form onSubmit={invite}>
      <h3>{say("desk-people.invite-an-organiser")}</h3>
      <Choices
        name="role"
        legend={say("desk-people.what-they-may-do")}
        options={ROLES.map((value) => ({
          value,
          label: say(`desk-people.role.${value}`),
          hint: say(`desk-people.role.${value}.says`),
        }))}
        value={role}
        onChoose={setRole}
      />
      <ProblemNotice problem={problem} again={again} />
      <Actions>
        <Button kind="primary" busy={busy}>
          {say("desk-people.make-an-invitation")}
        </Button>
      </Actions>
    </Form>
  );
}
