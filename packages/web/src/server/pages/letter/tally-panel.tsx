/** The number in a plain sentence, what it is out of, where the letter stands, and what a reader can do. */
import {
  earlyWords,
  furtherWords,
  hasNumber,
  headcountWords,
  numberWords,
  unit,
} from "@undersigned/core/words";
import { recountPage, signPage } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { number } from "../../../shared/words/numbers.ts";
import type { LetterData } from "../../load-letter.ts";
import { deliveredWords } from "../../words/afterwards.ts";
import { stateWords } from "../../words/state.ts";

export function TallyPanel({ data }: { readonly data: LetterData }) {
  const { tally, state, workforce, letter } = data;
  return (
    <section class="tally" lang="en" dir="ltr" aria-labelledby="the-number">
      <h2 id="the-number" class="visually-hidden">
        The number
      </h2>
      {hasNumber(tally) && (
        <p class="figure">
          <strong>{number(tally.counted.mailbox)}</strong> <span>{unit(tally)}</span>
        </p>
      )}
      <p class="sentence">
        <Says words={numberWords(tally)} />
      </p>
      <p>
        <Says words={headcountWords(tally)} />
      </p>
      {hasNumber(tally) &&
        furtherWords(tally).map((words) => (
          <p>
            <Says words={words} />
          </p>
        ))}
      <p>
        <Says words={stateWords(state)} />
      </p>
      {tally.early !== null && (
        <p>
          <Says words={earlyWords(tally.early)} />
        </p>
      )}
      {deliveredWords(data.afterwards, data.today).map((words) => (
        <p>
          <Says words={words} />
        </p>
      ))}
      <p class="actions">
        {state.kind === "open" && (
          <a class="button primary" href={signPage(workforce, letter)}>
            Sign this letter
          </a>
        )}
        <a class="button" href={recountPage(workforce, letter)}>
          Count again yourself
        </a>
      </p>
    </section>
  );
}
