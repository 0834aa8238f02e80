/** One's own ways in: passkeys, the name, and signing out everywhere. */
import type { ActAnswer } from "@undersigned/core";
import { useState } from "preact/hooks";
import { longDay } from "../../../shared/words/days.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { PasskeyWords } from "../entering/offer-passkey.tsx";
import { canHavePasskeys, makePasskey } from "../entering/passkeys.ts";
import type { PageProps } from "../parts.ts";
import { codeOf } from "../shell/code-of.ts";
import { useDesk } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { useAnswer, useCall } from "../shell/use-call.ts";
import { problemWords } from "../words/problems.ts";

type Passkey = ActAnswer<"home">["passkeys"][number];

export function Yours(_: PageProps) {
  const { answer, problem, reload } = useAnswer("home", {});
  return (
    <Screen name="yours" title="Your ways in">
      <ProblemNotice problem={problem} again={reload} />
      <p>
        Your phrase always lets you in. Keep it where nobody at work looks. If you have lost it, have another
        owner invite you anew and remove what you were.
      </p>
      <Rename />
      <h3>Passkeys</h3>
      {answer !== null && (
        <ul class="plain">
          {answer.passkeys.map((one) => (
            <One key={one.id} one={one} onChanged={reload} />
          ))}
        </ul>
      )}
      <AddPasskey onAdded={reload} />
      <SignOutEverywhere />
    </Screen>
  );
}

function Rename() {
  const { session, changed, say } = useDesk();
  const [alias, setAlias] = useState(session.me.alias);
  const [empty, setEmpty] = useState(false);
  const { busy, problem, again, call } = useCall("rename");
  const rename = async () => {
    const name = alias.trim().normalize("NFC");
    setEmpty(name === "");
    if (name === "" || name === session.me.alias) return;
    const me = await call({ alias: name });
    if (me === null) return;
    changed(me);
    say("The others see the new name from now on.");
  };
  const ofName = empty ? "alias-missing" : problem === "alias-taken" ? problem : null;
  return (
    <Form onSubmit={rename}>
      <h3>Your name among organisers</h3>
      <ProblemNotice problem={ofName === null ? problem : null} again={again} />
      <Field
        id="alias"
        label="Name"
        hint="One that is not your name and leads nobody to you. In the list of acts, earlier acts keep the earlier name."
        value={alias}
        error={ofName === null ? null : problemWords(ofName)}
        onType={setAlias}
      />
      <Actions>
        <Button busy={busy}>Take this name</Button>
      </Actions>
    </Form>
  );
}

function One({ one, onChanged }: { readonly one: Passkey; readonly onChanged: () => void }) {
  const { busy, problem, again, call } = useCall("passkey-remove");
  const remove = async () => {
    if ((await call({ id: one.id })) !== null) onChanged();
  };
  return (
    <li class="card">
      <p>
        <bdi>{one.name}</bdi>, since {longDay(one.since)}
      </p>
      <ProblemNotice problem={problem} again={again} />
      <Button onPress={remove} busy={busy}>
        Take it away
        <span class="visually-hidden">: {one.name}</span>
      </Button>
    </li>
  );
}

function AddPasskey({ onAdded }: { readonly onAdded: () => void }) {
  const { origin, call: act } = useDesk();
  const { busy, problem, again, call } = useCall("passkey-add");
  const [name, setName] = useState("");
  const [own, setOwn] = useState<string | null>(null);
  if (!canHavePasskeys(new URL(origin).hostname)) return <Notice>{problemWords("passkey-not-here")}</Notice>;
  const add = async () => {
    setOwn(null);
    try {
      const { options } = await act("passkey-options", {});
      const registration = await makePasskey(options);
      const shown = name.trim().normalize("NFC");
      const added = await call(
        { name: shown === "" ? "A device" : shown, registration },
        {
          title: "Add a passkey",
          does: ["Whoever can unlock this device can come in here as you, until you take the passkey away."],
          button: "Add it",
        },
      );
      if (added === null) return;
      setName("");
      onAdded();
    } catch (error) {
      setOwn(codeOf(error));
    }
  };
  return (
    <details>
      <summary>Add a passkey on this device</summary>
      <PasskeyWords />
      <Form onSubmit={add}>
        <Field
          id="passkey-name"
          label="What you call this device"
          hint="Such as “phone”. The other organisers can read it in the list of acts."
          value={name}
          onType={setName}
        />
        <ProblemNotice problem={own ?? problem} again={own === null ? again : null} />
        <Actions>
          <Button busy={busy}>Make a passkey</Button>
        </Actions>
      </Form>
    </details>
  );
}

function SignOutEverywhere() {
  const { leave } = useDesk();
  const { busy, problem, again, call } = useCall("sign-out-everywhere");
  const out = async () => {
    if ((await call({})) !== null) leave("signed-out");
  };
  return (
    <>
      <h3>Sign out</h3>
      <p>
        If a device is lost, or you have left the desk open somewhere: this ends your sessions on all devices,
        this one too. Take the lost device’s passkey away first.
      </p>
      <ProblemNotice problem={problem} again={again} />
      <Actions>
        <Button onPress={out} busy={busy}>
          Sign out everywhere
        </Button>
      </Actions>
    </>
  );
}
