/** Names that signatories show: a queue of what rules have stopped, then all others; and the lists by which they are stopped. */

import { foreign } from "@undersigned/messages";
import { say } from "../../../say.ts";
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
    <Screen
      name="moderation"
      title={
        letter === undefined
          ? say("desk-moderation.moderation")
          : say("desk-moderation.names-under", { title: foreign(letter.title) })
      }
    >
      <p>{say("desk-moderation.hiding-a-name-erases-it")}</p>
      <ProblemNotice problem={problem} again={reload} />
      {answer === null && problem === null && (
        <Progress label={say("desk-moderation.the-board-is-being-asked")} />
      )}
      {letter !== undefined && <Queue letter={letter} key={letter.letter} />}
      {letter === undefined && answer !== null && (
        <>
          <h3>{say("desk-moderation.letters")}</h3>
          {answer.letters.length === 0 && <p>{say("desk-moderation.there-is-no-letter-yet")}</p>}
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
