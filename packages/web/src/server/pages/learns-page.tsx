/** `/who-can-learn-what`: the tables of the threat model, as they stand in the documents of this release. */
import type { Language } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import threatModel from "../../../../../docs/THREAT_MODEL.md?raw";
import ar from "../../../../../docs/threat-model/ar.md?raw";
import de from "../../../../../docs/threat-model/de.md?raw";
import es from "../../../../../docs/threat-model/es.md?raw";
import fr from "../../../../../docs/threat-model/fr.md?raw";
import zh from "../../../../../docs/threat-model/zh.md?raw";
import { inLanguage, LEARNS, SAVING_MAIL } from "../../shared/addresses.ts";
import { renderMarkdown } from "../../shared/markdown.ts";
import { Says } from "../../shared/says.tsx";
import { linkTo } from "../../shared/tags.tsx";
import { type Frame, htmlPage } from "../html.tsx";
import { type Section, sectionsOf, shownOf, withoutLinks } from "../learns/translations.ts";

const TRANSLATIONS = { ar, de, es, fr, zh };

function sectionsIn(language: Language): readonly Section[] {
  return language === "en" ? shownOf(threatModel) : sectionsOf(TRANSLATIONS[language]);
}

export function learnsPage(frame: Frame): PublicFile {
  const { say } = frame;
  const [first, ...others] = sectionsIn(say.language);
  return htmlPage(frame, {
    title: say("public.learns"),
    children: (
      <div class="column wide">
        <h1>{say("public.learns")}</h1>
        <p>{say("public.learns.lead")}</p>
        {say.language !== "en" && (
          <p class="notice">
            <Says words={say.rich("public.learns.translated", { link: linkTo(LEARNS, "en") })} />
          </p>
        )}
        {first !== undefined && <Text of={first} />}
        <p>
          <Says
            words={say.rich("public.learns.saving-mail", {
              link: linkTo(inLanguage(say.language, SAVING_MAIL)),
            })}
          />
        </p>
        {others.map((section) => (
          <section key={section.heading}>
            <h2>{section.heading}</h2>
            <Text of={section} />
          </section>
        ))}
      </div>
    ),
  });
}

function Text({ of: { text } }: { readonly of: Section }) {
  const html = renderMarkdown(withoutLinks(text), 2);
  return <div class="document" dangerouslySetInnerHTML={{ __html: html }} />;
}
