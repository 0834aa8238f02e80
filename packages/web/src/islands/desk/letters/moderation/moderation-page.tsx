/** Names that signatories show: a queue of what rules have stopped, then all others; and the lists by which they are stopped. */
import { Progress } from "../../../ui/progress.tsx";
import { Screen } from "../../../ui/screen.tsx";
import type { PageProps } from "../../parts.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { useAnswer } from "../../shell/use-call.ts";
import { ModerationLists } from "./moderation-lists.tsx";
import { Queue } from "./queue.tsx";

export function ModerationPage({ route }: PageProps) {
  const { answer, problem, reload } = useAnswer("letters", {});
  const letter = answer?.letters.find((one) => one.letter === route.id);
  return (
    <Screen name="moderation" title={letter === undefined ? "Moderation" : `Names under “${letter.title}”`}>
      <p>
        Hiding a name erases it, and says so beside the list with the day and your reason, for everybody. It
        never changes the count. The person sees the reason with their phrase.
      </p>
      <ProblemNotice problem={problem} again={reload} />
      {answer === null && problem === null && <Progress label="The board is being asked." />}
      {letter !== undefined && <Queue letter={letter} key={letter.letter} />}
      {letter === undefined && answer !== null && (
        <>
          <h3>Letters</h3>
          {answer.letters.length === 0 && <p>There is no letter yet.</p>}
          <ul>
            {answer.letters.map((one) => (
              <li key={one.letter}>
                <a href={hashOf("moderation", one.letter)}>
                  <bdi>{one.title}</bdi>
                </a>
              </li>
            ))}
          </ul>
          <ModerationLists />
        </>
      )}
    </Screen>
  );
}
