/** `/who-can-learn-what`: the tables of the threat model, as they stand in the documents of this release: in English. */
import type { PublicFile } from "@undersigned/service";
import threatModel from "../../../../../docs/THREAT_MODEL.md?raw";
import { inLanguage, SAVING_MAIL } from "../../shared/addresses.ts";
import { renderMarkdown } from "../../shared/markdown.ts";
import { Says } from "../../shared/says.tsx";
import { linkTo } from "../../shared/tags.tsx";
import { type Frame, htmlPage } from "../html.tsx";

/** What a signatory asks first comes first. */
const SHOWN = ["Who can learn what", "What cannot be promised", "What is promised"] as const;

/** The text below a heading of level 2. Throws where the document has no such heading: a test sees that. */
export function sectionOf(markdown: string, heading: string): string {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`The threat model has no section “${heading}”.`);
  return section.slice(heading.length).trim();
}

export function learnsPage(frame: Frame): PublicFile {
  const { say } = frame;
  const [first, ...others] = SHOWN;
  return htmlPage(frame, {
    title: say("public.learns"),
    children: (
      <div class="column wide">
        <h1>{say("public.learns")}</h1>
        <p>{say("public.learns.lead")}</p>
        {say.language !== "en" && <p class="notice">{say("public.learns.in-english")}</p>}
        <Section heading={first} />
        <p>
          <Says
            words={say.rich("public.learns.saving-mail", {
              link: linkTo(inLanguage(say.language, SAVING_MAIL)),
            })}
          />
        </p>
        {others.map((heading) => (
          <section key={heading} lang="en" dir="ltr">
            <h2>{heading}</h2>
            <Section heading={heading} />
          </section>
        ))}
      </div>
    ),
  });
}

function Section({ heading }: { readonly heading: string }) {
  const html = renderMarkdown(sectionOf(threatModel, heading), 2);
  return <div class="document" lang="en" dir="ltr" dangerouslySetInnerHTML={{ __html: html }} />;
}
