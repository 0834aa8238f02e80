/** What stops publishing, and what should be thought of, each with the way to its section. */
import type { Problem } from "@undersigned/core";
import { say } from "../../../say.ts";
import { Notice } from "../../../ui/notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { DraftProblem } from "../../words/draft-problems.tsx";
import { labelOf, sectionOf } from "../editor/letter-fields.ts";
import type { LetterDraft } from "../use-letter-draft.ts";

export function ProblemsList({ draft }: { readonly draft: LetterDraft }) {
  const { problems } = draft.result;
  const stopping = problems.filter(({ stops }) => stops);
  const others = problems.filter(({ stops }) => !stops);
  return (
    <>
      {stopping.length === 0 ? (
        <Notice tone="good">{say("desk-writing.nothing-is-missing")}</Notice>
      ) : (
        <>
          <h3>{say("desk-writing.what-stops-it")}</h3>
          <List problems={stopping} draft={draft} />
        </>
      )}
      {others.length > 0 && (
        <>
          <h3>{say("desk-writing.what-to-think-of")}</h3>
          <List problems={others} draft={draft} />
        </>
      )}
    </>
  );
}

function List({ problems, draft }: { readonly problems: readonly Problem[]; readonly draft: LetterDraft }) {
  return (
    <ul>
      {problems.map((problem) => {
        const { field, code, message } = problem;
        const section = sectionOf(field);
        return (
          <li key={`${field} ${code} ${message}`}>
            {field.includes(":") && `${labelOf(field, draft.values)}: `}
            <DraftProblem problem={problem} />{" "}
            {section !== null && (
              <a href={hashOf("draft", draft.document.id, section)}>
                {say("desk-writing.go-there")}
                <span class="visually-hidden"> {labelOf(field, draft.values)}</span>
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
