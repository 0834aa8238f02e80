/** Right after the phrase: a passkey for daily use, if the person wants one. What it is, and what it gives away. */
import type { Signer } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { codeOf } from "../shell/code-of.ts";
import type { DeskIn } from "../shell/door.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { makePasskey } from "./passkeys.ts";

export interface OfferPasskeyProps {
  readonly desk: DeskIn;
  readonly signer: Signer;
  readonly onDone: () => void;
}

export function PasskeyWords() {
  return (
    <>
      <p>{say("desk.a-passkey-lets-you-come")}</p>
      <ul>
        <li>{say("desk.this-device-keeps-it-your")}</li>
        <li>{say("desk.whoever-can-unlock-this-device")}</li>
        <li>{say("desk.some-systems-copy-passkeys-to")}</li>
      </ul>
    </>
  );
}

export function OfferPasskey({ desk, signer, onDone }: OfferPasskeyProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const make = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { options } = await desk.call("passkey-options", {});
      await desk.call(
        "passkey-add",
        { name: say("desk.my-first-device"), registration: await makePasskey(options) },
        signer,
      );
      onDone();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Screen name="offer-passkey" title={say("desk.a-passkey-for-this-device")}>
      <PasskeyWords />
      <ProblemNotice problem={problem} />
      <Actions>
        <Button kind="primary" onPress={make} busy={busy}>
          {say("desk.make-a-passkey")}
        </Button>
        <Button onPress={onDone}>{say("desk.go-on-without")}</Button>
      </Actions>
    </Screen>
  );
}
