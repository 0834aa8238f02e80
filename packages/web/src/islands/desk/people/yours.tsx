/** One's own ways in: passkeys, the name, and signing out everywhere. */

import type { ActAnswer } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
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
    <Screen name="yours" title={say("desk-people.your-ways-in")}>
      <ProblemNotice problem={problem} again={reload} />
      <p>{say("desk-people.your-phrase-always-lets-you")}</p>
      <Rename />
      <h3>{say("desk-people.your-passkeys")}</h3>
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
  const { session, changed, announce } = useDesk();
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
    announce(say("desk-people.the-others-see-the-new"));
  };
  const ofName = empty ? "alias-missing" : problem === "alias-taken" ? problem : null;
  return (
    <Form onSubmit={rename}>
      <h3>{say("desk-people.your-name-among-organisers")}</h3>
      <ProblemNotice problem={ofName === null ? problem : null} again={again} />
      <Field
        id="alias"
        label={say("desk-people.name")}
        hint={say("desk-people.one-that-is-not-your")}
        value={alias}
        error={ofName === null ? null : problemWords(ofName)}
        onType={setAlias}
      />
      <Actions>
        <Button busy={busy}>{say("desk-people.take-this-name")}</Button>
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
        <Says
          words={say.rich("desk-people.passkey-since", { name: foreign(one.name), day: say.day(one.since) })}
        />
      </p>
      <ProblemNotice problem={problem} again={again} />
      <Button onPress={remove} busy={busy}>
        {say("desk-people.take-it-away")}
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
        { name: shown === "" ? say("desk-people.a-device") : shown, registration },
        {
          title: say("desk-people.add-a-passkey"),
          does: [say("desk-people.whoever-can-unlock-this-device")],
          button: say("desk-people.add-it"),
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
      <summary>{say("desk-people.add-a-passkey-on-this")}</summary>
      <PasskeyWords />
      <Form onSubmit={add}>
        <Field
          id="passkey-name"
          label={say("desk-people.what-you-call-this-device")}
          hint={say("desk-people.such-as-phone-the-other")}
          value={name}
          onType={setName}
        />
        <ProblemNotice problem={own ?? problem} again={own === null ? again : null} />
        <Actions>
          <Button busy={busy}>{say("desk-people.make-a-passkey")}</Button>
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
      <h3>{say("desk-people.sign-out")}</h3>
      <p>{say("desk-people.if-a-device-is-lost")}</p>
      <ProblemNotice problem={problem} again={again} />
      <Actions>
        <Button onPress={out} busy={busy}>
          {say("desk-people.sign-out-everywhere")}
        </Button>
      </Actions>
    </>
  );
}
