/** Who organises here, and what an owner can change about that. */

import { type ActAnswer, ROLES, type Role } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { PageProps } from "../parts.ts";
import { useDesk, useMay } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { useAnswer, useCall } from "../shell/use-call.ts";
import { Invite } from "./invite.tsx";

type Organiser = ActAnswer<"organisers">["organisers"][number];
type Invitation = ActAnswer<"organisers">["invitations"][number];

export function Organisers(_: PageProps) {
  const may = useMay();
  const { session } = useDesk();
  const { answer, problem, reload } = useAnswer("organisers", {});
  return (
    <Screen name="organisers" title={say("desk-people.organisers")}>
      <ProblemNotice problem={problem} again={reload} />
      {answer === null && problem === null && (
        <Progress label={say("desk-people.the-board-is-being-asked")} />
      )}
      {answer !== null && (
        <>
          {answer.organisers.filter(({ role }) => role === "owner").length < 2 && (
            <Notice tone="warning">{say("desk-people.there-is-one-owner-only")}</Notice>
          )}
          <ul class="plain">
            {answer.organisers.map((one) => (
              <Person key={one.id} one={one} me={one.id === session.me.id} onChanged={reload} />
            ))}
          </ul>
          {answer.invitations.length > 0 && (
            <>
              <h3>{say("desk-people.invitations-that-are-out")}</h3>
              <ul class="plain">
                {answer.invitations.map((one) => (
                  <Out key={one.id} one={one} onChanged={reload} />
                ))}
              </ul>
            </>
          )}
          {may("invite") && <Invite onInvited={reload} />}
        </>
      )}
    </Screen>
  );
}

interface PersonProps {
  readonly one: Organiser;
  readonly me: boolean;
  readonly onChanged: () => void;
}

function Person({ one, me, onChanged }: PersonProps) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  return (
    <li class="card">
      <h3>
        {me ? (
          <Says words={say.rich("desk-people.you", { alias: foreign(one.alias) })} />
        ) : (
          <bdi>{one.alias}</bdi>
        )}
      </h3>
      <p>
        <Says words={say.rich("desk-people.role-since", { role: one.role, day: say.day(one.since) })} />{" "}
        {say("desk-people.passkeys", { count: one.passkeys })}
      </p>
      {!me && may("remove-organiser") && (
        <button
          type="button"
          class="button"
          aria-expanded={open ? "true" : "false"}
          onClick={() => setOpen(!open)}
        >
          {open ? say("desk-people.leave-as-it-is") : say("desk-people.change-or-remove")}
          <span class="visually-hidden"> {one.alias}</span>
        </button>
      )}
      {open && <Change one={one} onChanged={onChanged} />}
    </li>
  );
}

function Change({ one, onChanged }: { readonly one: Organiser; readonly onChanged: () => void }) {
  const { announce } = useDesk();
  const [role, setRole] = useState<Role>(one.role);
  const changing = useCall("change-role");
  const removing = useCall("remove-organiser");

  const change = async () => {
    if (role === one.role) return;
    const done = await changing.call(
      { id: one.id, role },
      {
        title: say("desk-people.change-what", { alias: foreign(one.alias) }),
        does: [
          say("desk-people.is-from-now-on", {
            alias: foreign(one.alias),
            role,
            says: say(`desk-people.role.${role}.says`),
          }),
        ],
        button: say("desk-people.change-it"),
      },
    );
    if (done !== null) {
      announce("Changed.");
      onChanged();
    }
  };
  const remove = async () => {
    const done = await removing.call(
      { id: one.id },
      {
        title: say("desk-people.remove-one", { alias: foreign(one.alias) }),
        does: [
          say("desk-people.is-put-out", { alias: foreign(one.alias) }),
          say("desk-people.what-they-wrote-stays-what"),
          say("desk-people.letters-that-are-published-keep"),
        ],
        button: say("desk-people.remove"),
        forever: true,
      },
    );
    if (done !== null) {
      announce("Removed.");
      onChanged();
    }
  };
  return (
    <>
      <Form onSubmit={change}>
        <Choices
          name={`role-${one.id}`}
          legend={say("desk-people.what-they-may-do")}
          options={ROLES.map((value) => ({
            value,
            label: say(`desk-people.role.${value}`),
            hint: say(`desk-people.role.${value}.says`),
          }))}
          value={role}
          onChoose={setRole}
        />
        <ProblemNotice problem={changing.problem} again={changing.again} />
        <Actions>
          <Button busy={changing.busy}>{say("desk-people.change-the-role")}</Button>
        </Actions>
      </Form>
      <ProblemNotice problem={removing.problem} again={removing.again} />
      <Actions>
        <Button onPress={remove} busy={removing.busy}>
          {say("desk-people.remove-from-the-desk")}
        </Button>
      </Actions>
    </>
  );
}

function Out({ one, onChanged }: { readonly one: Invitation; readonly onChanged: () => void }) {
  const may = useMay();
  const { busy, problem, again, call } = useCall("revoke-invitation");
  const revoke = async () => {
    if ((await call({ id: one.id })) !== null) onChanged();
  };
  return (
    <li class="card">
      <p>
        <Says
          words={say.rich("desk-people.for-role-by", {
            role: one.role,
            who: foreign(one.by),
            day: say.day(one.until),
          })}
        />
      </p>
      <ProblemNotice problem={problem} again={again} />
      {may("revoke-invitation") && (
        <Button onPress={revoke} busy={busy}>
          {say("desk-people.take-it-back")}
        </Button>
      )}
    </li>
  );
}
