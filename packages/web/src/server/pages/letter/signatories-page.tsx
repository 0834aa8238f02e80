/** `/w/…/letters/…/signatories/<page>`: one page for each thousand endorsements. */
import { anonymousWords, totalsWords } from "@undersigned/core/words";
import type { PublicFile } from "@undersigned/service";
import { letterPage as letterAddress, signatoriesPage as pageAddress } from "../../../shared/addresses.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { number } from "../../../shared/words/numbers.ts";
import type { ClientBuild } from "../../client-build.ts";
import { htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import type { ShownPage } from "../../load-signatories.ts";
import { nobodyShownWords } from "../../words/state.ts";
import { titleOf } from "./letter-page.tsx";
import { ShownLists } from "./signatories.tsx";

/** `page` counts from 1 and is one that there is. */
export function signatoriesPage(
  build: ClientBuild,
  data: LetterData,
  page: number,
  shown: ShownPage,
): PublicFile {
  const { workforce, letter, totals, manifest, clientLogged } = data;
  const title = titleOf(data);
  const pages = Math.max(1, data.pages);
  const language = manifest?.language ?? "en";
  return htmlPage(build, {
    rehearsal: data.rehearsal,
    title: `Signatories, page ${page} of ${pages}: ${title}`,
    leave: true,
    clientLogged,
    children: (
      <div class="column">
        <p class="over">
          <a href={letterAddress(workforce, letter)}>
            <bdi lang={language} dir={directionOf(language)}>
              {title}
            </bdi>
          </a>
        </p>
        <h1>Signatories</h1>
        <p>
          Page {number(page)} of {number(pages)}
        </p>
        {totals === null ? (
          <p>{nobodyShownWords(data.state, data.unlisted)}</p>
        ) : (
          <>
            <p>
              {totalsWords(totals)} {anonymousWords(totals.anonymous)}
            </p>
            <ShownLists data={data} shown={shown} headings="h2" />
          </>
        )}
        {pages > 1 && (
          <nav class="pages" aria-label="Pages of signatories">
            {page > 1 && (
              <a class="button" rel="prev" href={pageAddress(workforce, letter, page - 1)}>
                Previous page
              </a>
            )}
            {page < pages && (
              <a class="button" rel="next" href={pageAddress(workforce, letter, page + 1)}>
                Next page
              </a>
            )}
          </nav>
        )}
      </div>
    ),
  });
}
