/** A published letter on the organisers' side: how it stands, what should be thought of, and what can be done with it. */
import { encodeBase64url, letterValues } from "@undersigned/core";
import { letterPage } from "../../../../shared/addresses.ts";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
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
import type { Dashboard, Letter } from "../words.ts";
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
      <Screen name="letter" title={say("desk-letters.letter")}>
        <ProblemNotice problem={answer !== null ? "not-found" : problem} again={reload} />
        {answer === null && problem === null && (
          <Progress label={say("desk-letters.the-board-is-being-asked")} />
        )}
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
        <span class="state">{say(`desk-letters.state.${letter.state}`)}</span>{" "}
        {!letter.listed && <span class="state">{say("desk-letters.unlisted")}</span>}{" "}
        <Says
          words={say.rich("desk-letters.open-from-to", {
            opens: say.day(letter.opens),
            closes: say.day(letter.closes),
          })}
        />
      </p>
      <Links letter={letter} />
      {letter.listed && letter.state === "closed" && <Afterwards letter={letter} />}
      <ProblemNotice problem={problem} again={reload} />
      {answer === null && problem === null && (
        <Progress label={say("desk-letters.the-board-is-being-asked")} />
      )}
      {answer !== null && <Shown dashboard={answer} />}
      {answer !== null && may("queue") && answer.waiting > 0 && (
        <Waiting letter={letter} count={answer.waiting} />
      )}
      {letter.listed && letter.state !== "closed" && <Afterwards letter={letter} />}
      <h3>{say("desk-letters.pass-it-on")}</h3>
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
        {say("desk-letters.as-readers-see-it-in")}
      </a>
      {letter.replaces !== null && (
        <>
          {" · "}
          <a
            href={`${letterPage(letter.workforce, letter.letter)}/changes`}
            target="_blank"
            rel="noreferrer noopener"
          >
            {say("desk-letters.what-is-new-in-it")}
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
      <h3>{say("desk-letters.what-becomes-of-it")}</h3>
      <ul>
        {closed && (
          <li>
            <a href={hashOf("delivery", letter.letter)}>{say("desk-letters.hand-it-over")}</a>
          </li>
        )}
        <li>
          <a href={hashOf("answers", letter.letter)}>{say("desk-letters.answers")}</a>
        </li>
        <li>
          <a href={hashOf("demands", letter.letter)}>{say("desk-letters.how-its-demands-stand")}</a>
        </li>
        <li>
          <a href={hashOf("register", letter.letter)}>{say("desk-letters.register-of-dealings")}</a>
        </li>
        <li>
          <a href={hashOf("timeline", letter.letter)}>{say("desk-letters.timeline")}</a>
        </li>
      </ul>
    </>
  );
}

function Waiting({ letter, count }: { readonly letter: Letter; readonly count: number }) {
  return (
    <Notice tone="warning">
      {say("desk-letters.names-wait", { count })}{" "}
      <a href={hashOf("moderation", letter.letter)}>{say("desk-letters.look-at-them")}</a>
    </Notice>
  );
}

function Shown({ dashboard }: { readonly dashboard: Dashboard }) {
  return (
    <>
      {dashboard.thin.map((reason) => (
        <Notice key={reason} tone="warning">
          {say(`desk-letters.thin.${reason}`)}
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
      <h3>{say("desk-letters.a-new-version")}</h3>
      <p>{say("desk-letters.what-was-signed-cannot-be")}</p>
      <ProblemNotice problem={creating.problem} again={creating.again} />
      <Actions>
        <Button busy={creating.busy} onPress={create}>
          {say("desk-letters.write-a-new-version")}
        </Button>
      </Actions>
    </>
  );
}
