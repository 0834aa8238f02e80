/** What every section of the editor is given: the open draft, its values, what is wrong with them, and who somebody is. */
import type { LetterValues, Problem } from "@undersigned/core";
import type { OpenDocument } from "../../outbox/open-document.ts";
import { draftProblemText } from "../../words/draft-problems.tsx";

export interface Editing {
  readonly document: OpenDocument;
  readonly values: LetterValues;
  readonly problems: readonly Problem[];
  readonly today: string;
  /** The alias of whoever looks at it. */
  readonly me: string;
}

export interface SectionProps {
  readonly editing: Editing;
}

/** Problems that are said at a field once something stands in it: what is only missing is said in the review. */
export function problemsAt({ problems }: Editing, field: string): readonly Problem[] {
  return problems.filter((problem) => problem.field === field && problem.code !== "missing");
}

export function errorAt(editing: Editing, field: string): string | null {
  const problem = problemsAt(editing, field).find(({ stops }) => stops);
  return problem === undefined ? null : draftProblemText(problem);
}
