/** For who has signed the letter that this one replaces: what differs, and that their signature stays where it is. */
import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import type { LetterView } from "@undersigned/verify";
import { changesPage, inLanguage, letterPage } from "../../../shared/addresses.ts";
import { changedParts } from "../../../shared/letter-changes.ts";
import { Says } from "../../../shared/says.tsx";
import { changesWords } from "../../../shared/words/changes.ts";
import { say } from "../../say.ts";
import { Notice } from "../../ui/notice.tsx";
import { letterOf, type State } from "../machine/state.ts";
import { earlierWords } from "../words/earlier.ts";
import { ShownAs } from "./shown-as.tsx";

export function Earlier({ state }: { readonly state: State }) {
  const { earlier, log, link } = state;
  const now = letterOf(state);
  const before = earlier === null ? null : (log?.view.letters.get(earlier.letter) ?? null);
  if (earlier === null || before === null || now === null || link === null) return null;
  const words = earlierWords(earlier);
  const address = inLanguage(say.language, letterPage(link.workforce, earlier.letter));
  const toLetter = (inner: Words) => (
    <a href={address} target="_blank" rel="noreferrer noopener">
      <Says words={inner} />
    </a>
  );
  return (
    <section aria-labelledby="earlier">
      <h3 id="earlier">{say("sign-signing.earlier.the-letter-before-this-one")}</h3>
      <p>
        <Says
          words={
            before.manifest === null
              ? say.rich("sign-signing.earlier.replaces-one", { letter: toLetter })
              : say.rich("sign-signing.earlier.replaces", {
                  letter: toLetter,
                  title: foreign(before.manifest.title),
                })
          }
        />
      </p>
      <Notice>{words.standing}</Notice>
      <Difference before={before} now={now} publicly={log?.unlisted === false} />
      {words.next !== null && <p>{words.next}</p>}
      {earlier.state === "counted" && earlier.sameEpoch && earlier.shown !== null && (
        <div class="preview">
          <p class="hint">{say("sign-signing.earlier.so-you-appear-under-the")}</p>
          <ShownAs appearance={earlier.shown} />
        </div>
      )}
    </section>
  );
}

interface DifferenceProps {
  readonly before: LetterView;
  readonly now: LetterView;
  /** Whether the new text is public, so that there is a page with the difference. */
  readonly publicly: boolean;
}

function Difference({ before, now, publicly }: DifferenceProps) {
  if (before.manifest === null || now.manifest === null) {
    return <p>{say("sign-signing.earlier.what-differs-cannot-be-shown")}</p>;
  }
  const { workforce, letter } = now.leaf;
  return (
    <p>
      {changesWords(say, changedParts(before.manifest, now.manifest))}{" "}
      {publicly && (
        <a
          href={inLanguage(say.language, changesPage(workforce, letter))}
          target="_blank"
          rel="noreferrer noopener"
        >
          {say("sign-signing.earlier.read-what-has-changed-word")}
        </a>
      )}
    </p>
  );
}
