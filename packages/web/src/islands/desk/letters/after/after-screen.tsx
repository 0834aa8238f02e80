/** What the pages of a letter's further life share: the letter, the ways between them, and that it is loaded. */
import type { ComponentChildren } from "preact";
import { Notice } from "../../../ui/notice.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { Screen } from "../../../ui/screen.tsx";
import type { PageProps } from "../../parts.ts";
import { type PageName, ruleOfPage } from "../../shell/pages.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { type After, useAfter } from "./use-after.ts";

const PAGES = ["delivery", "answers", "demands", "register"] as const satisfies readonly PageName[];

export interface AfterProps {
  readonly after: After;
  /** Has everything read anew. */
  readonly reload: () => void;
}

export interface AfterScreenProps extends PageProps {
  readonly children: (of: AfterProps) => ComponentChildren;
}

export function AfterScreen({ route, children }: AfterScreenProps) {
  const { after, problem, reload } = useAfter(route.id);
  return (
    <Screen name={route.page} title={ruleOfPage(route.page).title}>
      {after !== null && (
        <p>
          <a href={hashOf("letter", route.id)}>
            <bdi>{after.letter.title}</bdi>
          </a>
        </p>
      )}
      <nav class="sections" aria-label="What becomes of the letter">
        <ul>
          {PAGES.map((page) => (
            <li key={page}>
              <a href={hashOf(page, route.id)} aria-current={page === route.page ? "page" : undefined}>
                {ruleOfPage(page).title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <ProblemNotice problem={problem} again={reload} />
      {after === null && problem === null && <Progress label="The log is being read and checked." />}
      {after !== null && after.further.refused.length > 0 && (
        <Notice tone="bad">
          The log holds something about this letter that breaks its rules, and that readers are not shown. The
          page “Recount” says what.
        </Notice>
      )}
      {after !== null && children({ after, reload })}
    </Screen>
  );
}
