/** The letters of this desk: those that are being written, and those that are published. */
import { encodeBase64url } from "@undersigned/core";
import { useState } from "preact/hooks";
import { longDay } from "../../../../shared/words/days.ts";
import { counted } from "../../../../shared/words/numbers.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { Choices } from "../../../ui/choice.tsx";
import { Form } from "../../../ui/form.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { Screen } from "../../../ui/screen.tsx";
import { useDesk, useMay } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { useAnswer, useCall } from "../../shell/use-call.ts";
import { type Letter, STATE_WORDS } from "../words.ts";

export function LettersPage() {
  const may = useMay();
  const letters = useAnswer("letters", {});
  return (
    <Screen name="letters" title="Letters">
      {may("documents") && <Drafts />}
      <h3>Published</h3>
      <ProblemNotice problem={letters.problem} again={letters.reload} />
      {letters.answer === null && letters.problem === null && <Progress label="The board is being asked." />}
      {letters.answer !== null && <Published letters={letters.answer.letters} />}
    </Screen>
  );
}

function Published({ letters }: { readonly letters: readonly Letter[] }) {
  if (letters.length === 0) return <p>No letter has been published yet.</p>;
  return (
    <ul class="letters">
      {letters.map((letter) => (
        <li class="card" key={letter.letter}>
          <h4>
            <a href={hashOf("letter", letter.letter)}>
              <bdi>{letter.title}</bdi>
            </a>
          </h4>
          <p>
            <span class="state">{STATE_WORDS[letter.state]}</span>
            {!letter.listed && <span class="state">Unlisted</span>}
            {letter.replaces !== null && <span class="state">New version</span>}
          </p>
          <p>
            {letter.state === "quiet" || letter.state === "too-few"
              ? "No number."
              : `${counted(letter.count, "signatory", "signatories")}.`}{" "}
            Open from <time datetime={letter.opens}>{longDay(letter.opens)}</time> to{" "}
            <time datetime={letter.closes}>{longDay(letter.closes)}</time>.
          </p>
        </li>
      ))}
    </ul>
  );
}

function Drafts() {
  const { answer, problem, reload } = useAnswer("documents", {});
  const drafts = answer?.documents.filter(({ kind, state }) => kind === "letter" && state !== "published");
  return (
    <>
      <h3>Being written</h3>
      <ProblemNotice problem={problem} again={reload} />
      {drafts?.length === 0 && (
        <p>No letter is being written. Nobody outside of the desk sees what you write.</p>
      )}
      {drafts !== undefined && drafts.length > 0 && (
        <ul class="letters">
          {drafts.map(({ id, title, day }) => (
            <li class="card" key={id}>
              <h4>
                <a href={hashOf("draft", id)}>
                  {title === "" ? "A letter without a title" : <bdi>{title}</bdi>}
                </a>
              </h4>
              <p>
                Last changed on <time datetime={day}>{longDay(day)}</time>.
              </p>
              <p class="actions">
                <a class="button" href={hashOf("draft", id)}>
                  Write
                </a>
                <a class="button" href={hashOf("review", id)}>
                  Review
                </a>
                <Discard id={id} title={title} onDone={reload} />
              </p>
            </li>
          ))}
        </ul>
      )}
      <NewLetter />
    </>
  );
}

/** What was written by several people is not thrown away by one press. */
function Discard({
  id,
  title,
  onDone,
}: {
  readonly id: string;
  readonly title: string;
  readonly onDone: () => void;
}) {
  const discarding = useCall("document-discard");
  const [sure, setSure] = useState(false);
  if (!sure) {
    return (
      <Button kind="quiet" onPress={() => setSure(true)}>
        Throw away …
      </Button>
    );
  }
  return (
    <>
      <ProblemNotice problem={discarding.problem} />
      <Button
        busy={discarding.busy}
        onPress={() => discarding.call({ id }).then((done) => done !== null && onDone())}
      >
        Throw away “{title === "" ? "a letter without a title" : title}” for all of you
      </Button>
      <Button kind="quiet" onPress={() => setSure(false)}>
        Keep it
      </Button>
    </>
  );
}

function NewLetter() {
  const { go } = useDesk();
  const { answer } = useAnswer("home", {});
  const creating = useCall("document-new");
  const [chosen, setChosen] = useState<string | null>(null);
  if (answer === null) return null;
  const { workforces } = answer;
  const workforce = chosen ?? workforces[0]?.workforce ?? null;
  if (workforce === null) {
    return <Notice>A letter needs a workforce first: it says who may sign.</Notice>;
  }
  const create = async () => {
    const id = encodeBase64url(crypto.getRandomValues(new Uint8Array(16)));
    const made = await creating.call({ id, kind: "letter", workforce, replaces: null });
    if (made !== null) go("draft", id);
  };
  return (
    <Form onSubmit={create}>
      {workforces.length > 1 && (
        <Choices
          name="workforce"
          legend="Who may sign it"
          value={workforce}
          options={workforces.map((one) => ({ value: one.workforce, label: one.employer }))}
          onChoose={setChosen}
        />
      )}
      <ProblemNotice problem={creating.problem} again={creating.again} />
      <Actions>
        <Button kind="primary" busy={creating.busy}>
          Write a new letter
        </Button>
      </Actions>
    </Form>
  );
}
