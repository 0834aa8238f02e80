/**
 * Asks for the twelve words before an act that an open page must not be able to do while its owner is away. It says what will be
 * done, derives the organiser's key for this one act, and keeps neither words nor key.
 */
import { CoreError, Secrets, type Signer } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { PhraseField } from "../entering/phrase-field.tsx";
import { problemWords } from "../words/problems.ts";

export interface PhraseQuestion {
  /** As `Remove an organiser`. */
  readonly title: string;
  /** What will happen, in whole sentences, the weightiest first. */
  readonly does: readonly string[];
  /** What the button does, as `Remove`. */
  readonly button: string;
  /** Whether it cannot be taken back. */
  readonly forever?: boolean;
}

export interface AskPhraseProps {
  readonly question: PhraseQuestion;
  readonly board: string;
  /** Whether it is this organiser's own key. Rejects where that cannot be found out. */
  readonly isMine: (publicKey: string) => Promise<boolean>;
  readonly onAnswer: (signer: Signer | null) => void;
}

export function AskPhrase({ question, board, isMine, onAnswer }: AskPhraseProps) {
  const [phrase, setPhrase] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const signer = new Secrets(phrase).organiserSigner(board);
      if (await isMine(signer.publicKey)) {
        setPhrase("");
        onAnswer(signer);
      } else setError(problemWords("wrong-phrase"));
    } catch (failure) {
      setError(problemWords(failure instanceof CoreError ? failure.code : "no-answer"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Screen name="ask-phrase" title={question.title}>
      <ul class="does">
        {question.does.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {question.forever === true && <Notice tone="warning">{say("desk.this-cannot-be-taken-back")}</Notice>}
      <Form onSubmit={submit}>
        <PhraseField
          hint={say("desk.for-this-you-give-your")}
          value={phrase}
          error={error}
          onType={setPhrase}
        />
        <Actions>
          <Button kind="primary" busy={busy}>
            {question.button}
          </Button>
          <Button kind="quiet" onPress={() => onAnswer(null)}>
            {say("desk.rather-not")}
          </Button>
        </Actions>
      </Form>
    </Screen>
  );
}
