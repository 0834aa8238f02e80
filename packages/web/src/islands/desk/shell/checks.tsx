/** What is still wrong with a field of a draft, said while somebody types: quietly, and without stopping them. */
import type { Problem } from "@undersigned/core";
import { DraftProblem } from "../words/draft-problems.tsx";

export interface ChecksProps {
  readonly problems: readonly Problem[];
  /** All fields that this is about. */
  readonly of: readonly string[];
}

export function Checks({ problems, of }: ChecksProps) {
  const here = problems.filter(({ field }) => of.includes(field));
  if (here.length === 0) return null;
  return (
    <ul class="checks">
      {here.map((problem) => (
        <li key={`${problem.code} ${problem.message}`} data-stops={problem.stops ? "yes" : "no"}>
          <DraftProblem problem={problem} />
        </li>
      ))}
    </ul>
  );
}
