/** `/w/…/letters/…/signatories/<page>`: one page for each thousand endorsements. */
import { anonymousWords, totalsWords } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import {
  inLanguage,
  letterPage as letterAddress,
  signatoriesPage as pageAddress,
} from "../../../shared/addresses.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { type Frame, htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import type { ShownPage } from "../../load-signatories.ts";
import { nobodyShownWords } from "../../words/state.ts";
import { titleOf } from "./letter-page.tsx";
import { ShownLists } from "./signatories.tsx";

/** `page` counts from 1 and is one that there is. */
export function signatoriesPage(frame: Frame, data: LetterData, page: number, shown: ShownPage): PublicFile {
  const { workforce, letter, totals, manifest, clientLogged } = data;
  const { say } = frame;
  const at = (address: string) => inLanguage(say.language, address);
  const title = titleOf(say, data);
  const pages = Math.max(1, data.pages);
  const language = manifest?.language ?? "en";
  return htmlPage(frame, {
    rehearsal: data.rehearsal,
    title: say("public.signatories.title", { page, pages, letter: title }),
    leave: true,
    clientLogged,
    children: (
      <div class="column">
        <p class="over">
          <a href={at(letterAddress(workforce, letter))}>
            <bdi lang={language} dir={directionOf(language)}>
              {title}
            </bdi>
          </a>
        </p>
        <h1>{say("public.signatories")}</h1>
        <p>{say("public.page-of", { page, pages })}</p>
        {totals === null ? (
          <p>{nobodyShownWords(say, data.state, data.unlisted)}</p>
        ) : (
          <>
            <p>
              {totalsWords(say, totals)} {anonymousWords(say, totals.anonymous)}
            </p>
            <ShownLists data={data} shown={shown} headings="h2" />
          </>
        )}
        {pages > 1 && (
          <nav class="pages" aria-label={say("public.signatories.pages")}>
            {page > 1 && (
              <a class="button" rel="prev" href={at(pageAddress(workforce, letter, page - 1))}>
                {say("public.previous")}
              </a>
            )}
            {page < pages && (
              <a class="button" rel="next" href={at(pageAddress(workforce, letter, page + 1))}>
                {say("public.next")}
              </a>
            )}
          </nav>
        )}
      </div>
    ),
  });
}
