/** Who organises here, and what an owner can change about that. */
import { type ActAnswer, ROLES, type Role } from "@undersigned/core";
import { useState } from "preact/hooks";
import { longDay } from "../../../shared/words/days.ts";
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
import { ROLE_WORDS } from "../words/roles.ts";
import { Invite } from "./invite.tsx";

type Organiser = ActAnswer<"organisers">["organisers"][number];
type Invitation = ActAnswer<"organisers">["invitations"][number];

export function Organisers(_: PageProps) {
  const may = useMay();
  const { session } = useDesk();
  const { answer, problem, reload } = useAnswer("organisers", {});
  return (
    <Screen name="organisers" title="Organisers">
      <ProblemNotice problem={problem} again={reload} />
      {answer === null && problem === null && <Progress label="The board is being asked." />}
      {answer !== null && (
        <>
          {answer.organisers.filter(({ role }) => role === "owner").length < 2 && (
            <Notice tone="warning">
              There is one owner only. If that phrase is lost, nobody can publish or invite any more.
            </Notice>
          )}
          <ul class="plain">
            {answer.organisers.map((one) => (
              <Person key={one.id} one={one} me={one.id === session.me.id} onChanged={reload} />
            ))}
          </ul>
          {answer.invitations.length > 0 && (
            <>
              <h3>Invitations that are out</h3>
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
        <bdi>{one.alias}</bdi>
        {me && " (you)"}
      </h3>
      <p>
        {ROLE_WORDS[one.role].name}, since {longDay(one.since)}.{" "}
        {one.passkeys === 0 ? "Comes in by phrase alone." : passkeyWords(one.passkeys)}
      </p>
      {!me && may("remove-organiser") && (
        <button
          type="button"
          class="button"
          aria-expanded={open ? "true" : "false"}
          onClick={() => setOpen(!open)}
        >
          {open ? "Leave as it is" : "Change or remove"}
          <span class="visually-hidden"> {one.alias}</span>
        </button>
      )}
      {open && <Change one={one} onChanged={onChanged} />}
    </li>
  );
}

function passkeyWords(count: number): string {
  return count === 1 ? "Has one passkey." : `Has ${count} passkeys.`;
}

function Change({ one, onChanged }: { readonly one: Organiser; readonly onChanged: () => void }) {
  const { say } = useDesk();
  const [role, setRole] = useState<Role>(one.role);
  const changing = useCall("change-role");
  const removing = useCall("remove-organiser");

  const change = async () => {
    if (role === one.role) return;
    const done = await changing.call(
      { id: one.id, role },
      {
        title: `Change what ${one.alias} may do`,
        does: [
          `${one.alias} is ${ROLE_WORDS[role].name.toLowerCase()} from now on. ${ROLE_WORDS[role].says}`,
        ],
        button: "Change it",
      },
    );
    if (done !== null) {
      say("Changed.");
      onChanged();
    }
  };
  const remove = async () => {
    const done = await removing.call(
      { id: one.id },
      {
        title: `Remove ${one.alias}`,
        does: [
          `${one.alias} is put out of the desk at once, in the middle of whatever they do, and their passkeys and phrase open nothing here any more.`,
          "What they wrote stays. What they have read, they have read.",
          "Letters that are published keep naming their key as one of the organisers’; in the next ones it is no more.",
        ],
        button: "Remove",
        forever: true,
      },
    );
    if (done !== null) {
      say("Removed.");
      onChanged();
    }
  };
  return (
    <>
      <Form onSubmit={change}>
        <Choices
          name={`role-${one.id}`}
          legend="What they may do"
          options={ROLES.map((value) => ({
            value,
            label: ROLE_WORDS[value].name,
            hint: ROLE_WORDS[value].says,
          }))}
          value={role}
          onChoose={setRole}
        />
        <ProblemNotice problem={changing.problem} again={changing.again} />
        <Actions>
          <Button busy={changing.busy}>Change the role</Button>
        </Actions>
      </Form>
      <ProblemNotice problem={removing.problem} again={removing.again} />
      <Actions>
        <Button onPress={remove} busy={removing.busy}>
          Remove from the desk
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
        For {ROLE_WORDS[one.role].name.toLowerCase()}, by <bdi>{one.by}</bdi>, until {longDay(one.until)}.
      </p>
      <ProblemNotice problem={problem} again={again} />
      {may("revoke-invitation") && (
        <Button onPress={revoke} busy={busy}>
          Take it back
        </Button>
      )}
    </li>
  );
}
