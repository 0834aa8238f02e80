/** *Demands*: how each stands, how it stood before, and what an owner proposes to say of it. */

import { say } from "../../../../say.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { Progress } from "../../../../ui/progress.tsx";
import type { PageProps } from "../../../parts.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { hashOf } from "../../../shell/route.ts";
import { useAnswer } from "../../../shell/use-call.ts";
import { type AfterProps, AfterScreen } from "../after-screen.tsx";
import { Demand } from "./demand.tsx";
import { demandsOf } from "./judgement-draft.ts";

export function DemandsPage({ route }: PageProps) {
  return <AfterScreen route={route}>{(props) => <Demands {...props} />}</AfterScreen>;
}

function Demands({ after, reload }: AfterProps) {
  const { letter, manifest, further } = after;
  const of = { workforce: letter.workforce, letter: letter.letter };
  const { answer, problem, reload: again } = useAnswer("judgements", of);
  const dashboard = useAnswer("dashboard", of);
  const changed = () => {
    reload();
    again();
  };
  if (manifest === null) {
    return (
      <Notice tone="warning">
        {say("desk-after.the-letter-is-unlisted-make")}{" "}
        <a href={hashOf("letter", letter.letter)}>{say("desk-after.to-the-letter")}</a>
      </Notice>
    );
  }
  if (manifest.demands.length === 0) return <p>{say("desk-after.the-letter-makes-no-demands")}</p>;
  return (
    <>
      <p>{say("desk-after.two-owners-together-say-how")}</p>
      <ProblemNotice
        problem={problem ?? dashboard.problem}
        again={() => {
          again();
          dashboard.reload();
        }}
      />
      {(answer === null || dashboard.answer === null) && problem === null && (
        <Progress label={say("desk-after.the-board-is-being-asked")} />
      )}
      {answer !== null &&
        dashboard.answer !== null &&
        demandsOf(manifest, further.judgements, answer.proposed).map((demand) => (
          <Demand
            key={demand.id}
            of={of}
            demand={demand}
            day={dashboard.answer?.day ?? ""}
            onDone={changed}
          />
        ))}
    </>
  );
}
