/** How a letter is followed and passed on. All that is linked here asks nobody but this site. */
import { escaped, frameMarkup } from "@undersigned/share";
import { type LetterWay, letterPage, letterWay } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import { linkTo } from "../../../shared/tags.tsx";
import { absoluteAt } from "../../ways/absolute.ts";
import { countWords } from "../../ways/count-words.ts";
import type { PassedOn } from "../../ways/public-letter.ts";

/** `pictures`: whether there are cards and badges. */
export function PassOn({ of, pictures }: { readonly of: PassedOn; readonly pictures: boolean }) {
  const say = useSay();
  const here = useAddress();
  const { workforce, letter, board } = of;
  const at = absoluteAt(board, say);
  const file = (way: LetterWay) => letterWay(workforce, letter, way);
  const link = (way: LetterWay) => linkTo(here(file(way)));
  const { title, name } = countWords(say, of);
  return (
    <section aria-labelledby="pass-on">
      <h2 id="pass-on">{say("ways.title")}</h2>
      <p>
        <Says
          words={say.rich("ways.follow", {
            atom: link("feed.atom"),
            json: link("feed.json"),
            dates: link("dates.ics"),
          })}
        />
      </p>
      <p class="small">{say("ways.who-learns")}</p>
      <p>{say("ways.address")}</p>
      <Copied text={at(letterPage(workforce, letter))} />
      <p>
        <Says
          words={
            pictures
              ? say.rich("ways.files", {
                  card: link("card.png"),
                  badge: link("badge.svg"),
                  qr: link("qr.svg"),
                })
              : say.rich("ways.files-qr", { qr: link("qr.svg") })
          }
        />
      </p>
      <details>
        <summary>{say("ways.embed")}</summary>
        <p>{say("ways.embed-words")}</p>
        <Copied text={frameMarkup(title, at(file("embed")))} />
        {pictures && (
          <>
            <p>{say("ways.embed-badge")}</p>
            <Copied text={badgeMarkup(at(letterPage(workforce, letter)), at(file("badge.svg")), name)} />
          </>
        )}
      </details>
    </section>
  );
}

function badgeMarkup(letter: string, badge: string, name: string): string {
  return `<a href="${escaped(letter)}"><img src="${escaped(badge)}" alt="${escaped(name)}"></a>`;
}

/** Addresses and markup read from left to right in every language. */
function Copied({ text }: { readonly text: string }) {
  return (
    <pre dir="ltr">
      <code>{text}</code>
    </pre>
  );
}
