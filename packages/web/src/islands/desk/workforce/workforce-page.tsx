/** One workforce: its description in sections while it is a draft, then what its state asks for. */
import { type Problem, type WorkforceValues, workforceValues } from "@undersigned/core";
import type { FunctionComponent } from "preact";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { OpenDocument } from "../outbox/open-document.ts";
import { Conflicts, SavingLine } from "../outbox/saving-line.tsx";
import { useDocument } from "../outbox/use-document.ts";
import type { PageProps } from "../parts.ts";
import { useDesk } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { hashOf, type Route } from "../shell/route.ts";
import { EmployerSection } from "./employer-section.tsx";
import { EvidenceSection } from "./evidence-section.tsx";
import { FinishSection } from "./finish-section.tsx";
import { Frozen } from "./frozen.tsx";
import { MailboxesSection } from "./mailboxes-section.tsx";
import { OpenEpoch } from "./open-epoch.tsx";
import type { SectionProps } from "./props.ts";
import { RegistrarsSection } from "./registrars-section.tsx";
import { isSection, labelOf, SECTION_NAMES, SECTIONS, type SectionName, titleOf } from "./sections.ts";
import { ShownSection } from "./shown-section.tsx";
import { useWorkforce } from "./use-workforce.ts";

const FORMS: Readonly<Record<SectionName, FunctionComponent<SectionProps>>> = {
  employer: EmployerSection,
  mailboxes: MailboxesSection,
  evidence: EvidenceSection,
  registrars: RegistrarsSection,
  shown: ShownSection,
  finish: FinishSection,
};

export function WorkforcePage({ route }: PageProps) {
  const { document, problem, again } = useDocument(route.id ?? "");
  if (document === null) {
    return (
      <Screen name="workforce" title={say("desk-workforce.workforce")}>
        <ProblemNotice problem={problem} again={again} />
        {problem === null && <Progress label={say("desk-workforce.the-board-is-being-asked")} />}
      </Screen>
    );
  }
  return <Workforce document={document} route={route} />;
}

function Workforce({ document, route }: { readonly document: OpenDocument; readonly route: Route }) {
  const { origin, today } = useDesk();
  const values = workforceValues(document.texts());
  const { result, problem } = useWorkforce(document, origin, today);
  const { state, published } = document.summary;
  const name = values.employer.trim() === "" ? say("desk-workforce.a-new-workforce") : values.employer.trim();
  if (state === "published") {
    return (
      <Screen name="workforce-published" title={name}>
        <Notice tone="good">{say("desk-workforce.it-is-in-the-log")}</Notice>
        {published !== null && <OpenEpoch workforce={document.about.workforce ?? published} />}
      </Screen>
    );
  }
  if (state === "frozen") {
    return (
      <Screen name="workforce-frozen" title={name}>
        <Conflicts document={document} label={labelOf} />
        <Frozen document={document} manifest={result?.manifest ?? null} />
      </Screen>
    );
  }
  const section = isSection(route.section) ? route.section : "employer";
  const Form = FORMS[section];
  return (
    <Screen name={`workforce-${section}`} title={`${name}: ${titleOf(section)}`}>
      <Sections document={document} now={section} problems={result?.problems ?? []} />
      <ProblemNotice problem={problem} />
      <Conflicts document={document} label={labelOf} />
      <Form
        document={document}
        values={values}
        problems={result?.problems ?? []}
        result={result}
        set={<N extends keyof WorkforceValues>(field: N, value: WorkforceValues[N]) =>
          document.set(field, value)
        }
      />
      <Next document={document} now={section} />
      <SavingLine document={document} />
    </Screen>
  );
}

interface SectionsProps {
  readonly document: OpenDocument;
  readonly now: SectionName;
  readonly problems: readonly Problem[];
}

function Sections({ document, now, problems }: SectionsProps) {
  return (
    <nav class="sections" aria-label={say("desk-workforce.parts-of-the-description")}>
      <ul>
        {SECTION_NAMES.map((name) => {
          const fields: readonly string[] = SECTIONS[name];
          const left = problems.filter(({ field, stops }) => stops && fields.includes(field)).length;
          return (
            <li key={name}>
              <a
                href={hashOf("workforce", document.id, name)}
                aria-current={name === now ? "step" : undefined}
              >
                {titleOf(name)}
                {left > 0 && name !== "finish" && (
                  <span class="left">
                    <Says
                      words={say.rich("desk-workforce.left", {
                        left,
                        aside: (words) => (
                          <span class="visually-hidden">
                            <Says words={words} />
                          </span>
                        ),
                      })}
                    />
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Next({ document, now }: { readonly document: OpenDocument; readonly now: SectionName }) {
  const next = SECTION_NAMES[SECTION_NAMES.indexOf(now) + 1];
  if (next === undefined) return null;
  return (
    <Actions>
      <a class="button primary" href={hashOf("workforce", document.id, next)}>
        {say("desk-workforce.next", { section: titleOf(next) })}
      </a>
    </Actions>
  );
}
