/** What the pages of a letter's further life share: the letter, the ways between them, and that it is loaded. */
import type { ComponentChildren } from "preact";
import { say } from "../../../say.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { Screen } from "../../../ui/screen.tsx";
import type { PageProps } from "../../parts.ts";
import { type PageName, titleOfPage } from "../../shell/pages.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { type After, useAfter } from "./use-after.ts";

const PAGES = [
  "delivery",
  "answers",
  "demands",
  "register",
  "timeline",
] as const satisfies readonly PageName[];

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
    <Screen name={route.page} title={titleOfPage(route.page)}>
      {after !== null && (
        <p>
          <a href={hashOf("letter", route.id)}>
            <bdi>{after.letter.title}</bdi>
          </a>
        </p>
      )}
      <nav class="sections" aria-label={say("desk.what-becomes-of-the-letter")}>
        <ul>
          {PAGES.map((page) => (
            <li key={page}>
              <a href={hashOf(page, route.id)} aria-current={page === route.page ? "page" : undefined}>
                {titleOfPage(page)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <ProblemNotice problem={problem} again={reload} />
      {after === null && problem === null && <Progress label={say("desk.the-log-is-being-read")} />}
      {after !== null && after.further.refused.length > 0 && (
        <Notice tone="bad">{say("desk.the-log-holds-something-about")}</Notice>
      )}
      {after !== null && children({ after, reload })}
    </Screen>
  );
}
