/** What is to be done next, step by step and by role; what published letters wait for; and what should not stay as it is. */

import { say } from "../../say.ts";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { PageProps } from "../parts.ts";
import { useMay } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { hashOf } from "../shell/route.ts";
import { useAnswer } from "../shell/use-call.ts";
import { type LetterTask, letterTasks, nextSteps, type Step } from "./next-steps.ts";
import { warningsOf } from "./warnings.ts";

export function Home(_: PageProps) {
  const may = useMay();
  const { answer, problem, reload } = useAnswer("home", {});
  const letters = useAnswer("letters", {});
  return (
    <Screen name="home" title={say("desk.what-is-next")}>
      <ProblemNotice problem={problem} again={reload} />
      <ProblemNotice problem={letters.problem} again={letters.reload} />
      {answer === null && problem === null && <Progress label={say("desk.the-board-is-being-asked")} />}
      {answer !== null && (
        <>
          {warningsOf(answer).map(({ text, page, link }) => (
            <Notice key={text} tone="warning">
              {text} <a href={hashOf(page)}>{link}</a>
            </Notice>
          ))}
          {letters.answer !== null && (
            <>
              <Tasks tasks={letterTasks(letters.answer.letters, may)} />
              <Steps steps={nextSteps({ home: answer, letters: letters.answer.letters.length }, may)} />
            </>
          )}
        </>
      )}
    </Screen>
  );
}

/** Before the steps: with a letter out, these are long done. */
function Tasks({ tasks }: { readonly tasks: readonly LetterTask[] }) {
  if (tasks.length === 0) return null;
  return (
    <ul class="letters">
      {tasks.map(({ title, about, text, page, id, link }) => (
        <li class="card" key={`${page} ${id}`}>
          <h3>{title}</h3>
          <p>
            <bdi>{about}</bdi>
          </p>
          <p>{text}</p>
          <p>
            <a class="button primary" href={hashOf(page, id)}>
              {link}
              <span class="visually-hidden"> {about}</span>
            </a>
          </p>
        </li>
      ))}
    </ul>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="steps">
      {steps.map(({ title, text, state, page, link }) => (
        <li key={title} aria-current={state === "now" ? "step" : undefined} data-state={state}>
          <h3>
            {title} {state === "done" && <span class="state">{say("desk.done")}</span>}
          </h3>
          <p>{text}</p>
          {page !== null && state !== "later" && (
            <p>
              <a class={state === "now" ? "button primary" : "button"} href={hashOf(page)}>
                {link}
              </a>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
