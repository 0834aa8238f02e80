/** A letter being written, section by section. Fields are saved by themselves; nobody overwrites another. */
import type { FunctionComponent } from "preact";
import { say } from "../../../say.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { Screen } from "../../../ui/screen.tsx";
import { Conflicts, SavingLine } from "../../outbox/saving-line.tsx";
import type { PageProps } from "../../parts.ts";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { useLetterDraft } from "../use-letter-draft.ts";
import { AddresseeSection } from "./addressee.tsx";
import { DaysSection } from "./days.tsx";
import { DemandsSection } from "./demands.tsx";
import type { SectionProps } from "./editing.ts";
import { isSection, labelOf, SECTIONS, type SectionName, titleOf } from "./letter-fields.ts";
import { LetterTextSection } from "./letter-text.tsx";
import { PassingOnSection } from "./passing-on.tsx";
import { SigningSection } from "./signing.tsx";
import { SourcesSection } from "./sources.tsx";

const BODIES: Readonly<Record<SectionName, FunctionComponent<SectionProps>>> = {
  addressee: AddresseeSection,
  text: LetterTextSection,
  demands: DemandsSection,
  sources: SourcesSection,
  days: DaysSection,
  signing: SigningSection,
  "passing-on": PassingOnSection,
};

export function EditorPage({ route }: PageProps) {
  const id = route.id ?? "";
  const { session, today } = useDesk();
  const { draft, problem, again } = useLetterDraft(id);
  const section = isSection(route.section) ? route.section : "addressee";
  if (draft === null) {
    return (
      <Screen name="letter-draft" title={say("desk-writing.letter")}>
        <ProblemNotice problem={problem} again={again} />
        {problem === null && <Progress label={say("desk-writing.the-draft-is-being-read")} />}
      </Screen>
    );
  }
  const { document, values, result } = draft;
  const Body = BODIES[section];
  const editing = {
    document,
    values,
    problems: result.problems,
    today,
    me: session.me.alias,
  };
  return (
    <Screen name={`letter-${section}`} title={titleOf(section)}>
      <ProblemNotice problem={problem} again={again} />
      <SectionNav id={id} here={section} />
      {document.open ? (
        <>
          <Conflicts document={document} label={(name) => labelOf(name, values)} />
          <Body editing={editing} />
          <Onwards id={id} here={section} />
          <SavingLine document={document} />
        </>
      ) : (
        <Notice>{say("desk-writing.this-letter-has-been-published")}</Notice>
      )}
    </Screen>
  );
}

function SectionNav({ id, here }: { readonly id: string; readonly here: SectionName }) {
  return (
    <nav class="sections" aria-label={say("desk-writing.sections-of-the-letter")}>
      <ul>
        {SECTIONS.map((name) => (
          <li key={name}>
            <a href={hashOf("draft", id, name)} aria-current={name === here ? "page" : undefined}>
              {titleOf(name)}
            </a>
          </li>
        ))}
        <li>
          <a href={hashOf("review", id)}>{say("desk-writing.review")}</a>
        </li>
      </ul>
    </nav>
  );
}

function Onwards({ id, here }: { readonly id: string; readonly here: SectionName }) {
  const next = SECTIONS[SECTIONS.indexOf(here) + 1];
  return (
    <p class="actions">
      {next === undefined ? (
        <a class="button primary" href={hashOf("review", id)}>
          {say("desk-writing.review-the-letter")}
        </a>
      ) : (
        <a class="button" href={hashOf("draft", id, next)}>
          {say("desk-writing.next", { section: titleOf(next) })}
        </a>
      )}
    </p>
  );
}
