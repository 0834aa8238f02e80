/** *Answers*: what is published, what came and does not count, a mail as a file, and what was said in public. */

import { say } from "../../../../say.ts";
import { Notice } from "../../../../ui/notice.tsx";
import type { PageProps } from "../../../parts.ts";
import { useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { hashOf } from "../../../shell/route.ts";
import { useAnswer } from "../../../shell/use-call.ts";
import { type AfterProps, AfterScreen } from "../after-screen.tsx";
import { DropMail } from "./drop-mail.tsx";
import { Published } from "./published.tsx";
import { Statement } from "./statement.tsx";
import { UnverifiedList } from "./unverified-list.tsx";

export function AnswersPage({ route }: PageProps) {
  return <AfterScreen route={route}>{(props) => <Answers {...props} />}</AfterScreen>;
}

function Answers({ after, reload }: AfterProps) {
  const may = useMay();
  const { letter, further } = after;
  const of = { workforce: letter.workforce, letter: letter.letter };
  const came = useAnswer("answers", of);
  const changed = () => {
    reload();
    came.reload();
  };
  const delivered = further.deliveries.length > 0;
  if (!letter.listed) {
    return (
      <Notice tone="warning">
        {say("desk-after.the-letter-is-unlisted-make")}{" "}
        <a href={hashOf("letter", letter.letter)}>{say("desk-after.to-the-letter")}</a>
      </Notice>
    );
  }
  return (
    <>
      <h3>{say("desk-after.published")}</h3>
      {further.responses.length === 0 ? (
        <p>
          {delivered ? (
            say("desk-after.there-is-no-answer-yet")
          ) : (
            <>
              {say("desk-after.the-letter-is-not-handed")}{" "}
              <a href={hashOf("delivery", letter.letter)}>{say("desk-after.hand-it-over")}</a>
            </>
          )}
        </p>
      ) : (
        <ul class="plain">
          {further.responses.map((response) => (
            <Published key={response.leaf.record} of={of} response={response} onDone={changed} />
          ))}
        </ul>
      )}
      {delivered && (
        <>
          <h3>{say("desk-after.came-and-does-not-count")}</h3>
          <ProblemNotice problem={came.problem} again={came.reload} />
          {came.answer !== null && <UnverifiedList unverified={came.answer.unverified} />}
        </>
      )}
      {delivered && may("answer-drop") && <DropMail of={of} onDone={changed} />}
      {may("statement-add") && <Statement of={of} onDone={changed} />}
    </>
  );
}
