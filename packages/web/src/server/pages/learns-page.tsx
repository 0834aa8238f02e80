/** `/who-can-learn-what`: the tables of the threat model, as they stand in the documents of this release. */
import type { PublicFile } from "@undersigned/service";
import threatModel from "../../../../../docs/THREAT_MODEL.md?raw";
import { SAVING_MAIL } from "../../shared/addresses.ts";
import { renderMarkdown } from "../../shared/markdown.ts";
import type { ClientBuild } from "../client-build.ts";
import { htmlPage } from "../html.tsx";

/** What a signatory asks first comes first. */
const SHOWN = ["Who can learn what", "What cannot be promised", "What is promised"] as const;

/** The text below a heading of level 2. Throws where the document has no such heading: a test sees that. */
export function sectionOf(markdown: string, heading: string): string {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`The threat model has no section “${heading}”.`);
  return section.slice(heading.length).trim();
}

export function learnsPage(build: ClientBuild): PublicFile {
  const [first, ...others] = SHOWN;
  return htmlPage(build, {
    title: first,
    children: (
      <div class="column wide">
        <h1>{first}</h1>
        <p>
          Who may want to know who signed, and what each of them gets. Where something is not held, it says
          so.
        </p>
        <Section heading={first} />
        <p>
          If you have a mail that shows your work mailbox:{" "}
          <a href={SAVING_MAIL}>how to save a mail as a file</a>.
        </p>
        {others.map((heading) => (
          <section key={heading}>
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
  return <div class="document" dangerouslySetInnerHTML={{ __html: html }} />;
}
