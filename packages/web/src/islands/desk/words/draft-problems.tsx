/**
 * What is wrong with a draft, in the page's language. A code of core without a message does not compile here.
 */
import type { Problem } from "@undersigned/core";
import { plain, type Words } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";

export function DraftProblem({ problem }: { readonly problem: Problem }) {
  return <Says words={draftProblemWords(problem)} />;
}

/** For a field. What a field was not asked for, and which stands in English, is of no field. */
export function draftProblemText(problem: Problem): string {
  return plain(draftProblemWords(problem));
}

export function draftProblemWords(problem: Problem): Words {
  switch (problem.code) {
    case "missing":
    case "several-lines":
    case "unseen-characters":
    case "not-a-day":
      return say.rich(`drafts.problem.${problem.code}`, { part: partWords(problem.values) });
    case "too-long":
      return say.rich("drafts.problem.too-long", { ...problem.values, part: partWords(problem.values) });
    case "out-of-range":
      return say.rich("drafts.problem.out-of-range", { ...problem.values, part: partWords(problem.values) });
    case "shared-words":
    case "shared-by-how-many":
    case "shared-repeated":
      return say.rich(`drafts.problem.${problem.code}`, problem.values);
    case "no-letter-manifest":
    case "no-workforce-manifest":
      return say.rich(`drafts.problem.${problem.code}`, { detail: detailWord(problem.values) });
    default:
      return say.rich(`drafts.problem.${problem.code}`);
  }
}

function partWords({ part }: Extract<Problem, { readonly code: "missing" }>["values"]): string {
  return say(`drafts.part.${part}`);
}

/** As core says it of a shape. */
function detailWord({ detail }: Extract<Problem, { readonly code: "no-letter-manifest" }>["values"]) {
  return {
    made: (
      <span lang="en" dir="ltr">
        {detail}
      </span>
    ),
  };
}
