/** What stands in a letter's text's place where that is not among the public files. */
import type { ComponentChildren } from "preact";
import { Says } from "../../../shared/says.tsx";
import { useSay } from "../../../shared/speech.ts";
import { TAGS } from "../../../shared/tags.tsx";
import type { LetterData } from "../../load-letter.ts";
import { Commands } from "../command.tsx";

export function NoText() {
  const say = useSay();
  return (
    <p class="prose" lang={say.language} dir={say.direction}>
      {say("public.no-text")}
    </p>
  );
}

/** The island puts the text there. */
export function Unlisted({
  data: { board, workforce, letter },
  children,
}: {
  readonly data: LetterData;
  readonly children: ComponentChildren;
}) {
  const say = useSay();
  return (
    <section class="unlisted" aria-labelledby="unlisted" lang={say.language} dir={say.direction}>
      <h2 id="unlisted">{say("public.unlisted")}</h2>
      <p>{say("public.unlisted.what")}</p>
      <noscript>
        <p>
          <Says words={say.rich("public.unlisted.no-script", TAGS)} />
        </p>
        <Commands
          lines={[
            `npx undersigned verify ${board} --workforce ${workforce} --letter ${letter} --link-file FILE`,
          ]}
        />
      </noscript>
      {children}
    </section>
  );
}
