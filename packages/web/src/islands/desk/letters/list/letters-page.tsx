/** The letters of this desk: those that are being written, and those that are published. */

import { encodeBase64url, fieldText } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
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
import type { Letter } from "../words.ts";

export function LettersPage() {
  const may = useMay();
  const letters = useAnswer("letters", {});
  return (
    <Screen name="letters" title={say("desk-letters.letters")}>
      {may("documents") && <Drafts />}
      <h3>{say("desk-letters.published")}</h3>
      <ProblemNotice problem={letters.problem} again={letters.reload} />
      {letters.answer === null && letters.problem === null && (
        <Progress label={say("desk-letters.the-board-is-being-asked")} />
      )}
      {letters.answer !== null && <Published letters={letters.answer.letters} />}
    </Screen>
  );
}

function Published({ letters }: { readonly letters: readonly Letter[] }) {
  if (letters.length === 0) return <p>{say("desk-letters.no-letter-has-been-published")}</p>;
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
            <span class="state">{say(`desk-letters.state.${letter.state}`)}</span>{" "}
            {!letter.listed && <span class="state">{say("desk-letters.unlisted")}</span>}{" "}
            {letter.replaces !== null && <span class="state">{say("desk-letters.new-version")}</span>}
          </p>
          <p>
            {letter.state === "quiet" || letter.state === "too-few"
              ? say("desk-letters.no-number")
              : say("desk-letters.signatories", { count: letter.count })}{" "}
            <Says
              words={say.rich("desk-letters.open-from-to", {
                opens: say.day(letter.opens),
                closes: say.day(letter.closes),
              })}
            />
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
      <h3>{say("desk-letters.being-written")}</h3>
      <ProblemNotice problem={problem} again={reload} />
      {drafts?.length === 0 && <p>{say("desk-letters.no-letter-is-being-written")}</p>}
      {drafts !== undefined && drafts.length > 0 && (
        <ul class="letters">
          {drafts.map(({ id, title, day }) => (
            <li class="card" key={id}>
              <h4>
                <a href={hashOf("draft", id)}>
                  {title === "" ? say("desk-letters.a-letter-without-a-title") : <bdi>{title}</bdi>}
                </a>
              </h4>
              <p>
                <Says words={say.rich("desk-letters.last-changed", { day: say.day(day) })} />
              </p>
              <p class="actions">
                <a class="button" href={hashOf("draft", id)}>
                  {say("desk-letters.write")}
                </a>
                <a class="button" href={hashOf("review", id)}>
                  {say("desk-letters.review")}
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
        {say("desk-letters.throw-it-away")}
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
        {title === ""
          ? say("desk-letters.throw-away-untitled")
          : say("desk-letters.throw-away", { title: foreign(title) })}
      </Button>
      <Button kind="quiet" onPress={() => setSure(false)}>
        {say("desk-letters.keep-it")}
      </Button>
    </>
  );
}

function NewLetter() {
  const { go } = useDesk();
  const { answer } = useAnswer("home", {});
  const creating = useCall("document-new");
  const saving = useCall("document-save");
  const [chosen, setChosen] = useState<string | null>(null);
  if (answer === null) return null;
  const { workforces } = answer;
  const workforce = chosen ?? workforces[0]?.workforce ?? null;
  if (workforce === null) {
    return <Notice>{say("desk-letters.a-letter-needs-a-workforce")}</Notice>;
  }
  const create = async () => {
    const id = encodeBase64url(crypto.getRandomValues(new Uint8Array(16)));
    const made = await creating.call({ id, kind: "letter", workforce, replaces: null });
    if (made === null) return;
    // Most write in the language that they read; where this is not saved, the draft's page still asks for it.
    if (say.language !== "en") {
      await saving.call({ id, changes: [{ name: "language", base: 0, value: fieldText(say.language) }] });
    }
    go("draft", id);
  };
  return (
    <Form onSubmit={create}>
      {workforces.length > 1 && (
        <Choices
          name="workforce"
          legend={say("desk-letters.who-may-sign-it")}
          value={workforce}
          options={workforces.map((one) => ({ value: one.workforce, label: one.employer }))}
          onChoose={setChosen}
        />
      )}
      <ProblemNotice problem={creating.problem} again={creating.again} />
      <Actions>
        <Button kind="primary" busy={creating.busy || saving.busy}>
          {say("desk-letters.write-a-new-letter")}
        </Button>
      </Actions>
    </Form>
  );
}
