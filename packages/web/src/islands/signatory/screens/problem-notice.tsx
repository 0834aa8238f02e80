/** What failed, where it is about no field of the screen. */
import { Notice } from "../../ui/notice.tsx";
import type { State } from "../machine/state.ts";
import { problemWords } from "../words/problems.ts";

export function ProblemNotice({ state: { problem } }: { readonly state: State }) {
  if (problem === null || problem.field !== undefined) return null;
  return (
    <Notice tone="bad" speak="alert">
      {problemWords(problem)}
    </Notice>
  );
}
