/**
 * The first time: by the set-up link, or by an invitation. The phrase is made and confirmed before the board is asked for
 * anything; then a name for the other organisers; then, if the device has one and the person wants it, a passkey.
 */
import { generatePhrase, randomBytes, Secrets, type Signer } from "@undersigned/core";
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CHECKED_WORDS, type CheckedWord, PhraseCheck } from "../../ui/phrase-check.tsx";
import { PhraseWords } from "../../ui/phrase-words.tsx";
import { Screen } from "../../ui/screen.tsx";
import { codeOf } from "../shell/code-of.ts";
import type { DeskIn, Door } from "../shell/door.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import type { Entrance } from "../shell/route.ts";
import { problemWords } from "../words/problems.ts";
import { OfferPasskey } from "./offer-passkey.tsx";
import { canHavePasskeys } from "./passkeys.ts";

export interface EnteringProps {
  readonly door: Door;
  readonly entrance: Entrance;
  readonly host: string;
  readonly onIn: (desk: DeskIn) => void;
  /** The person is an organiser here already. */
  readonly onInstead: () => void;
}

/** What the part exports, besides what all parts do. */
export interface Entered {
  readonly Entering: FunctionComponent<EnteringProps>;
}

type Step = "welcome" | "phrase-shown" | "phrase-confirm" | "alias" | "passkey";

const NOTHING_TYPED: Readonly<Record<CheckedWord, string>> = { word0: "", word1: "", word2: "" };

export function Entering(props: EnteringProps) {
  const { door, entrance, host, onIn } = props;
  const [step, setStep] = useState<Step>("welcome");
  const [phrase, setPhrase] = useState("");
  const [asked, setAsked] = useState<readonly number[]>([]);
  const [inside, setInside] = useState<{ readonly desk: DeskIn; readonly signer: Signer } | null>(null);

  const make = () => {
    setPhrase(generatePhrase());
    setStep("phrase-shown");
  };
  const come = async (alias: string) => {
    const secrets = new Secrets(phrase);
    const organiser = (board: string) => secrets.organiserSigner(board);
    const desk = await (entrance.kind === "join"
      ? door.join(entrance.secret, alias, organiser)
      : door.setUp(entrance.secret, alias, organiser));
    setPhrase("");
    if (!canHavePasskeys(host)) return onIn(desk);
    setInside({ desk, signer: organiser(desk.session.board) });
    setStep("passkey");
  };
  switch (step) {
    case "welcome":
      return <Welcome {...props} onMake={make} />;
    case "phrase-shown":
      return (
        <Screen name="desk-phrase-shown" title={say("desk-entering.write-these-twelve-words-down")}>
          <PhraseWords phrase={phrase} />
          <p>{say("desk-entering.nobody-can-give-them-to")}</p>
          <Actions>
            <Button
              kind="primary"
              onPress={() => {
                setAsked(threePlaces());
                setStep("phrase-confirm");
              }}
            >
              {say("desk-entering.i-have-written-it-down")}
            </Button>
          </Actions>
        </Screen>
      );
    case "phrase-confirm":
      return (
        <Confirm
          words={phrase.split(" ")}
          asked={asked}
          onRight={() => setStep("alias")}
          onBack={() => setStep("phrase-shown")}
        />
      );
    case "alias":
      return <Alias kind={entrance.kind} come={come} />;
    case "passkey":
      return inside === null ? null : <OfferPasskey {...inside} onDone={() => onIn(inside.desk)} />;
  }
}

interface WelcomeProps extends EnteringProps {
  readonly onMake: () => void;
}

function Welcome({ entrance, onMake, onInstead }: WelcomeProps) {
  const join = entrance.kind === "join";
  return (
    <Screen
      name="welcome"
      title={
        join
          ? say("desk-entering.you-are-invited-to-organise")
          : say("desk-entering.set-up-the-organisers-desk")
      }
    >
      <p>
        {join
          ? say("desk-entering.somebody-has-invited-you-to")
          : say("desk-entering.nobody-has-used-this-desk")}
      </p>
      <ul>
        <li>{say("desk-entering.you-need-no-mail-address")}</li>
        <li>{say("desk-entering.you-get-a-phrase-of")}</li>
        <li>{say("desk-entering.the-other-organisers-see-what")}</li>
      </ul>
      <Notice tone="warning">{say("desk-entering.use-your-own-device-and")}</Notice>
      <Actions>
        <Button kind="primary" onPress={onMake}>
          {say("desk-entering.make-my-phrase")}
        </Button>
        <Button kind="quiet" onPress={onInstead}>
          {say("desk-entering.i-organise-here-already")}
        </Button>
      </Actions>
    </Screen>
  );
}

interface ConfirmProps {
  readonly words: readonly string[];
  readonly asked: readonly number[];
  readonly onRight: () => void;
  readonly onBack: () => void;
}

function Confirm({ words, asked, onRight, onBack }: ConfirmProps) {
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [wrong, setWrong] = useState<CheckedWord | null>(null);
  const check = () => {
    const first = CHECKED_WORDS.find(
      (field, i) => typed[field].trim().toLowerCase() !== words[asked[i] ?? 0],
    );
    setWrong(first ?? null);
    if (first === undefined) onRight();
  };
  return (
    <Screen name="desk-phrase-confirm" title={say("desk-entering.type-three-of-the-words")}>
      <p>{say("desk-entering.so-that-you-can-rely")}</p>
      <Form onSubmit={check}>
        <PhraseCheck
          asked={asked}
          typed={typed}
          errorAt={(field) => (field === wrong ? problemWords("word-wrong") : null)}
          onType={(field, value) => setTyped((before) => ({ ...before, [field]: value }))}
        />
        <Actions>
          <Button kind="primary">{say("desk-entering.confirm")}</Button>
          <Button kind="quiet" onPress={onBack}>
            {say("desk-entering.show-the-words-again")}
          </Button>
        </Actions>
      </Form>
    </Screen>
  );
}

interface AliasProps {
  readonly kind: Entrance["kind"];
  readonly come: (alias: string) => Promise<void>;
}

/** Codes that are about the name. */
const OF_ALIAS = new Set(["alias-missing", "bad-alias", "alias-taken"]);

function Alias({ kind, come }: AliasProps) {
  const [alias, setAlias] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    const name = alias.trim().normalize("NFC");
    if (busy) return;
    if (name === "") return setProblem("alias-missing");
    setBusy(true);
    setProblem(null);
    try {
      await come(name);
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  };
  const ofAlias = problem !== null && OF_ALIAS.has(problem);
  return (
    <Screen name="alias" title={say("desk-entering.how-the-others-will-know")}>
      <Form onSubmit={submit}>
        <ProblemNotice problem={ofAlias ? null : problem} />
        <Field
          id="alias"
          label={say("desk-entering.your-name-among-organisers")}
          hint={say("desk-entering.choose-one-that-is-not")}
          value={alias}
          error={ofAlias ? problemWords(problem) : null}
          onType={setAlias}
        />
        <Actions>
          <Button kind="primary" busy={busy}>
            {kind === "join" ? say("desk-entering.join") : say("desk-entering.set-up-the-desk")}
          </Button>
        </Actions>
      </Form>
    </Screen>
  );
}

/** Three of twelve places, rising. A small bias does not matter to what it is for. */
function threePlaces(): number[] {
  const places = Array.from({ length: 12 }, (_, i) => i);
  return [...randomBytes(3)]
    .map((chance) => places.splice(chance % places.length, 1)[0] ?? 0)
    .sort((a, b) => a - b);
}
