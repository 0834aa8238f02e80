/** The number in a plain sentence, what it is out of, where the letter stands, and what a reader can do. */
import {
  earlyWords,
  furtherWords,
  hasNumber,
  headcountWords,
  numberWords,
  unit,
} from "@undersigned/messages";
import { recountPage, signPage } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import type { LetterData } from "../../load-letter.ts";
import { deliveredWords } from "../../words/afterwards.ts";
import { stateWords } from "../../words/state.ts";

export function TallyPanel({ data }: { readonly data: LetterData }) {
  const say = useSay();
  const at = useAddress();
  const { tally, state, workforce, letter } = data;
  return (
    <section class="tally" lang={say.language} dir={say.direction} aria-labelledby="the-number">
      <h2 id="the-number" class="visually-hidden">
        {say("public.the-number")}
      </h2>
      {hasNumber(tally) && (
        <p class="figure">
          <strong>{say.number(tally.counted.mailbox)}</strong> <span>{unit(say, tally)}</span>
        </p>
      )}
      <p class="sentence">
        <Says words={numberWords(say, tally)} />
      </p>
      <p>
        <Says words={headcountWords(say, tally)} />
      </p>
      {hasNumber(tally) &&
        furtherWords(say, tally).map((words) => (
          <p>
            <Says words={words} />
          </p>
        ))}
      <p>
        <Says words={stateWords(say, state)} />
      </p>
      {tally.early !== null && (
        <p>
          <Says words={earlyWords(say, tally.early)} />
        </p>
      )}
      {deliveredWords(say, data.afterwards, data.today).map((words) => (
        <p>
          <Says words={words} />
        </p>
      ))}
      <p class="actions">
        {state.kind === "open" && (
          <a class="button primary" href={at(signPage(workforce, letter))}>
            {say("public.sign-this")}
          </a>
        )}
        <a class="button" href={at(recountPage(workforce, letter))}>
          {say("public.count-yourself")}
        </a>
      </p>
    </section>
  );
}
