/** A published letter on the organisers' side: how it stands, what should be thought of, and what can be done with it. */
import { encodeBase64url, letterValues } from "@undersigned/core";
import { letterPage } from "../../../../shared/addresses.ts";
import { longDay } from "../../../../shared/words/days.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { Screen } from "../../../ui/screen.tsx";
import type { PageProps } from "../../parts.ts";
import { useDesk, useMay } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { useAnswer, useCall } from "../../shell/use-call.ts";
import { letterLink } from "../links.ts";
import { PassOn } from "../review/published.tsx";
import { type Dashboard, type Letter, STATE_WORDS, THIN_WORDS } from "../words.ts";
import { ClosingEarly } from "./closing-early.tsx";
import { Downloads } from "./downloads.tsx";
import { GoPublic } from "./go-public.tsx";
import { Numbers } from "./numbers.tsx";
import { Standing } from "./standing.tsx";

export function LetterPage({ route }: PageProps) {
  const { answer, problem, reload } = useAnswer("letters", {});
  const letter = answer?.letters.find((one) => one.letter === route.id);
  if (letter === undefined) {
    return (
      <Screen name="letter" title="Letter">
        <ProblemNotice problem={answer !== null ? "not-found" : problem} again={reload} />
        {answer === null && problem === null && <Progress label="The board is being asked." />}
      </Screen>
    );
  }
  return <Own letter={letter} onChanged={reload} />;
}

function Own({ letter, onChanged }: { readonly letter: Letter; readonly onChanged: () => void }) {
  const may = useMay();
  const of = { workforce: letter.workforce, letter: letter.letter };
  const { answer, problem, reload } = useAnswer("dashboard", of);
  const changed = () => {
    onChanged();
    reload();
  };
  return (
    <Screen name="letter" title={letter.title}>
      <p>
        <span class="state">{STATE_WORDS[letter.state]}</span>
        {!letter.listed && <span class="state">Unlisted</span>} Open from{" "}
        <time datetime={letter.opens}>{longDay(letter.opens)}</time> to{" "}
        <time datetime={letter.closes}>{longDay(letter.closes)}</time>.
      </p>
      <Links letter={letter} />
      {letter.listed && letter.state === "closed" && <Afterwards letter={letter} />}
      <ProblemNotice problem={problem} again={reload} />
      {answer === null && problem === null && <Progress label="The board is being asked." />}
      {answer !== null && <Shown dashboard={answer} />}
      {answer !== null && may("queue") && answer.waiting > 0 && (
        <Waiting letter={letter} count={answer.waiting} />
      )}
      {letter.listed && letter.state !== "closed" && <Afterwards letter={letter} />}
      <h3>Pass it on</h3>
      {may("documents") ? <WithText letter={letter} /> : <PassOn letter={letter} passOn="" />}
      {!letter.listed && may("letter-reveal") && <GoPublic letter={letter} onDone={changed} />}
      {answer !== null && <ClosingEarly letter={letter} dashboard={answer} onDone={changed} />}
      {may("document-new") && <NewVersion letter={letter} />}
      <Downloads letter={letter} />
    </Screen>
  );
}

/** With the text to pass on, which stands in the draft that became this letter. */
function WithText({ letter }: { readonly letter: Letter }) {
  const { answer } = useAnswer("documents", {});
  const draft = answer?.documents.find(({ published }) => published === letter.letter);
  return draft === undefined ? (
    <PassOn letter={letter} passOn="" />
  ) : (
    <OfDraft letter={letter} id={draft.id} />
  );
}

function OfDraft({ letter, id }: { readonly letter: Letter; readonly id: string }) {
  const { answer } = useAnswer("document-read", { id });
  const fields = new Map(answer?.fields.map(({ name, value }) => [name, value]));
  return <PassOn letter={letter} passOn={letterValues(fields).passOn} />;
}

function Links({ letter }: { readonly letter: Letter }) {
  const { origin } = useDesk();
  return (
    <p>
      <a href={letterLink(origin, letter)} target="_blank" rel="noreferrer noopener">
        As readers see it (in a new tab)
      </a>
      {letter.replaces !== null && (
        <>
          {" · "}
          <a
            href={`${letterPage(letter.workforce, letter.letter)}/changes`}
            target="_blank"
            rel="noreferrer noopener"
          >
            What is new in it (in a new tab)
          </a>
        </>
      )}
    </p>
  );
}

/** What becomes of it, once everybody can read it. */
function Afterwards({ letter }: { readonly letter: Letter }) {
  const closed = letter.state === "closed";
  return (
    <>
      <h3>What becomes of it</h3>
      <ul>
        {closed && (
          <li>
            <a href={hashOf("delivery", letter.letter)}>Hand it over</a>
          </li>
        )}
        <li>
          <a href={hashOf("answers", letter.letter)}>Answers</a>
        </li>
        <li>
          <a href={hashOf("demands", letter.letter)}>How its demands stand</a>
        </li>
        <li>
          <a href={hashOf("register", letter.letter)}>Register of dealings</a>
        </li>
      </ul>
    </>
  );
}

function Waiting({ letter, count }: { readonly letter: Letter; readonly count: number }) {
  return (
    <Notice tone="warning">
      {count === 1 ? "One name waits" : `${count} names wait`} for somebody to look at.{" "}
      <a href={hashOf("moderation", letter.letter)}>Look at them</a>
    </Notice>
  );
}

function Shown({ dashboard }: { readonly dashboard: Dashboard }) {
  return (
    <>
      {dashboard.thin.map((reason) => (
        <Notice key={reason} tone="warning">
          {THIN_WORDS[reason]}
        </Notice>
      ))}
      <Numbers dashboard={dashboard} />
      <Standing dashboard={dashboard} />
    </>
  );
}

function NewVersion({ letter }: { readonly letter: Letter }) {
  const { go } = useDesk();
  const creating = useCall("document-new");
  const create = async () => {
    const id = encodeBase64url(crypto.getRandomValues(new Uint8Array(16)));
    const body = { id, kind: "letter" as const, workforce: letter.workforce, replaces: letter.letter };
    if ((await creating.call(body)) !== null) go("draft", id);
  };
  return (
    <>
      <h3>A new version</h3>
      <p>
        What was signed cannot be changed. A new version is a letter of its own that names this one: people
        who signed see the difference word by word, and sign anew if they agree. Nobody is taken over
        silently, and this one stays as it is.
      </p>
      <ProblemNotice problem={creating.problem} again={creating.again} />
      <Actions>
        <Button busy={creating.busy} onPress={create}>
          Write a new version
        </Button>
      </Actions>
    </>
  );
}
