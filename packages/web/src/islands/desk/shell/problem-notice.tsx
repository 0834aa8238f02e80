/** What went wrong, in words, and a button to try again where that can help. */

import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { problemWords } from "../words/problems.ts";

export interface ProblemNoticeProps {
  readonly problem: string | null;
  readonly again?: (() => unknown) | null;
}

/** Refused for good: the same would be refused again. */
const AGAIN = new Set([
  "log-refused",
  "no-answer",
  "unavailable",
  "busy",
  "comparing",
  "unknown",
  "too-many-requests",
  "answer-malformed",
  "part-missing",
  "document-not-made",
  "mail-unreachable",
  "dns-unreachable",
]);

export function ProblemNotice({ problem, again = null }: ProblemNoticeProps) {
  if (problem === null) return null;
  return (
    <>
      <Notice tone="bad" speak="alert">
        {problemWords(problem)}
      </Notice>
      {again !== null && AGAIN.has(problem) && (
        <Actions>
          <Button onPress={again}>{say("desk.try-again")}</Button>
        </Actions>
      )}
    </>
  );
}
