/** For who has signed the letter that this one replaces: what differs, and that their signature stays where it is. */
import type { LetterView } from "@undersigned/verify";
import { changesPage, letterPage } from "../../../shared/addresses.ts";
import { changedParts } from "../../../shared/letter-changes.ts";
import { changesWords } from "../../../shared/words/changes.ts";
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
  return (
    <section aria-labelledby="earlier">
      <h3 id="earlier">The letter before this one</h3>
      <p>
        This letter replaces{" "}
        <a href={letterPage(link.workforce, earlier.letter)} target="_blank" rel="noreferrer noopener">
          <bdi>{before.manifest?.title ?? "an earlier one"}</bdi>
        </a>
        .
      </p>
      <Notice>{words.standing}</Notice>
      <Difference before={before} now={now} publicly={log?.unlisted === false} />
      {words.next !== null && <p>{words.next}</p>}
      {earlier.state === "counted" && earlier.sameEpoch && earlier.shown !== null && (
        <div class="preview">
          <p class="hint">So you appear under the earlier letter, and would under this one:</p>
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
    return (
      <p>
        What differs cannot be shown here: the text of the earlier letter is not public. Read this one anew.
      </p>
    );
  }
  const { workforce, letter } = now.leaf;
  return (
    <p>
      {changesWords(changedParts(before.manifest, now.manifest))}{" "}
      {publicly && (
        <a href={changesPage(workforce, letter)} target="_blank" rel="noreferrer noopener">
          Read what has changed, word by word
        </a>
      )}
    </p>
  );
}
