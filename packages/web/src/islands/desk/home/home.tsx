/** What is to be done next, step by step and by role, and what should not stay as it is. */
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { PageProps } from "../parts.ts";
import { useMay } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { hashOf } from "../shell/route.ts";
import { useAnswer } from "../shell/use-call.ts";
import { nextSteps, type Step } from "./next-steps.ts";
import { warningsOf } from "./warnings.ts";

export function Home(_: PageProps) {
  const may = useMay();
  const { answer, problem, reload } = useAnswer("home", {});
  const letters = useAnswer("letters", {});
  return (
    <Screen name="home" title="What is next">
      <ProblemNotice problem={problem} again={reload} />
      <ProblemNotice problem={letters.problem} again={letters.reload} />
      {answer === null && problem === null && <Progress label="The board is being asked." />}
      {answer !== null && (
        <>
          {warningsOf(answer).map(({ text, page, link }) => (
            <Notice key={text} tone="warning">
              {text} <a href={hashOf(page)}>{link}</a>
            </Notice>
          ))}
          {letters.answer !== null && (
            <Steps steps={nextSteps({ home: answer, letters: letters.answer.letters.length }, may)} />
          )}
        </>
      )}
    </Screen>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="steps">
      {steps.map(({ title, text, state, page, link }) => (
        <li key={title} aria-current={state === "now" ? "step" : undefined} data-state={state}>
          <h3>
            {title}
            {state === "done" && <span class="state">Done</span>}
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
