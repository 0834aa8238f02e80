/** Right after the phrase: a passkey for daily use, if the person wants one. What it is, and what it gives away. */
import type { Signer } from "@undersigned/core";
import { useState } from "preact/hooks";
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

/** What a passkey is called in the list of one's own ways in, until there is a better one. */
export const FIRST_NAME = "My first device";

export function PasskeyWords() {
  return (
    <>
      <p>
        A passkey lets you come in by whatever unlocks this device: a finger, your face, a number. You then
        need the phrase for weighty acts only, such as publishing.
      </p>
      <ul>
        <li>This device keeps it. Your finger or face never leaves it.</li>
        <li>
          Whoever can unlock this device can see that it holds a passkey for this address, and can come in
          with it. On a device that your employer manages or can unlock, make none.
        </li>
        <li>
          Some systems copy passkeys to your account with their maker. They copy no name: it is called
          “organiser”.
        </li>
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
      await desk.call("passkey-add", { name: FIRST_NAME, registration: await makePasskey(options) }, signer);
      onDone();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Screen name="offer-passkey" title="A passkey for this device?">
      <PasskeyWords />
      <ProblemNotice problem={problem} />
      <Actions>
        <Button kind="primary" onPress={make} busy={busy}>
          Make a passkey
        </Button>
        <Button onPress={onDone}>Go on without</Button>
      </Actions>
    </Screen>
  );
}
