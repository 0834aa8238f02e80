/** A new organiser: which role, then a link that works once. */
import { encodeBase64url, ROLES, type Role, randomBytes } from "@undersigned/core";
import { useState } from "preact/hooks";
import { DESK } from "../../../shared/addresses.ts";
import { longDay } from "../../../shared/words/days.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { useDesk } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { useCall } from "../shell/use-call.ts";
import { ROLE_WORDS } from "../words/roles.ts";

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
        title: "Invite an organiser",
        does: [
          `Makes a link that works once, within seven days. Whoever opens it first becomes ${withArticle(role)}.`,
          ROLE_WORDS[role].says,
        ],
        button: "Make the link",
      },
    );
    if (answer === null) return;
    setMade({ link: `${origin}${DESK}#join.${answer.invitation}`, role, until: answer.until });
    onInvited();
  };
  if (made !== null) {
    return (
      <section class="card" aria-label="The new invitation">
        <h3>The link for {withArticle(made.role)}</h3>
        <Notice tone="warning">
          It is shown now and never again. Best let it be scanned in person. If you send it, then by a way
          that your employer cannot read. It works once, until {longDay(made.until)}.
        </Notice>
        <QrCode text={made.link} label="The invitation's link, as a code to scan" />
        <CopyField
          id="invitation-link"
          label="Its link"
          text={made.link}
          button="Copy the link"
          copy={copy}
        />
        <Actions>
          <Button onPress={() => setMade(null)}>I have passed it on</Button>
        </Actions>
      </section>
    );
  }
  return (
    <Form onSubmit={invite}>
      <h3>Invite an organiser</h3>
      <Choices
        name="role"
        legend="What they may do"
        options={ROLES.map((value) => ({
          value,
          label: ROLE_WORDS[value].name,
          hint: ROLE_WORDS[value].says,
        }))}
        value={role}
        onChoose={setRole}
      />
      <ProblemNotice problem={problem} again={again} />
      <Actions>
        <Button kind="primary" busy={busy}>
          Make an invitation
        </Button>
      </Actions>
    </Form>
  );
}

function withArticle(role: Role): string {
  return role === "moderator" ? "a moderator" : role === "owner" ? "an owner" : "an editor";
}
