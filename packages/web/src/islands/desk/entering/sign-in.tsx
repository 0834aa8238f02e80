/** Coming in: by a passkey of this device, or by the phrase. */
import { Secrets } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { codeOf } from "../shell/code-of.ts";
import type { DeskIn, Door } from "../shell/door.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import type { Why } from "../shell/session.ts";
import { problemWords } from "../words/problems.ts";
import { askPasskey, canHavePasskeys } from "./passkeys.ts";
import { PhraseField } from "./phrase-field.tsx";

export interface SignInProps {
  readonly door: Door;
  readonly why: Why | null;
  readonly host: string;
  readonly onIn: (desk: DeskIn) => void;
}

export function SignIn({ door, why, host, onIn }: SignInProps) {
  const [phrase, setPhrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [empty, setEmpty] = useState(false);

  const enter = async (way: () => Promise<DeskIn>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setEmpty(false);
    try {
      onIn(await way());
    } catch (error) {
      const code = codeOf(error);
      const unknown = code === "sign-in-refused" || code === "passkey-refused";
      if (unknown && !(await door.isReady().catch(() => true))) setEmpty(true);
      else setProblem(code);
    } finally {
      setBusy(false);
    }
  };
  const byPasskey = () => enter(() => door.signInPasskey((challenge) => askPasskey(challenge, host)));
  const byPhrase = () =>
    enter(async () => {
      // Whether these are twelve words of the list needs no board.
      const secrets = new Secrets(phrase);
      return await door.signIn((board) => secrets.organiserSigner(board));
    });

  const ofPhrase = problem === "bad-phrase" ? problemWords(problem) : null;
  return (
    <Screen name="sign-in" title={say("desk.come-in")} focus={why !== null}>
      {why !== null && <Notice speak="status">{whyWords(why)}</Notice>}
      {empty && (
        <Notice tone="warning" speak="alert">
          {say("desk.nobody-has-set-up-this")}
        </Notice>
      )}
      <p>{say("desk.this-is-where-organisers-write")}</p>
      <ProblemNotice problem={ofPhrase === null ? problem : null} />
      {canHavePasskeys(host) && (
        <section aria-label={say("desk.with-a-passkey")}>
          <p>{say("desk.if-you-have-made-a")}</p>
          <Actions>
            <Button kind="primary" onPress={byPasskey} busy={busy}>
              {say("desk.come-in-with-a-passkey")}
            </Button>
          </Actions>
        </section>
      )}
      <Form onSubmit={byPhrase}>
        <PhraseField value={phrase} error={ofPhrase} onType={setPhrase} />
        <Actions>
          <Button kind={canHavePasskeys(host) ? "plain" : "primary"} busy={busy}>
            {say("desk.come-in-with-the-phrase")}
          </Button>
        </Actions>
      </Form>
    </Screen>
  );
}

function whyWords(why: Why): string {
  switch (why) {
    case "idle":
      return say("desk.locked-itself");
    case "locked":
      return say("desk.locked");
    case "signed-out":
      return say("desk.signed-out");
    case "over":
      return say("desk.session-ended");
  }
}
