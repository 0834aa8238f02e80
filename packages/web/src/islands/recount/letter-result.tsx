/** One letter's number, with what belongs to it. */
import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import { Says } from "../../shared/says.tsx";
import { say } from "../say.ts";
import type { LetterWords } from "./plain-words.ts";
import { Quote } from "./quote.tsx";

const strong = (inner: Words) => (
  <strong>
    <Says words={inner} />
  </strong>
);

export function LetterResult({ words }: { readonly words: LetterWords }) {
  const { letter, title, count, rows, sentence, registrars, quorum } = words;
  return (
    <section aria-labelledby={`letter-${letter}`}>
      <h3 id={`letter-${letter}`}>
        {title === null ? say("recount.letter-result.a-letter-whose-text-is") : <bdi>{title}</bdi>}
      </h3>
      {count !== null && (
        <p class="figure">
          <strong>{count.number}</strong> <span>{count.unit}</span>
        </p>
      )}
      <ul>
        {rows.map(({ term, value }) => (
          <li key={term}>
            <Says words={say.rich("recount.letter.row", { strong, term, value: foreign(value) })} />
          </li>
        ))}
      </ul>
      <h4>{say("recount.letter-result.who-checked-the-signatories")}</h4>
      <p>
        {registrars.length === 1
          ? say("recount.letter.by-one")
          : say("recount.letter.by-some", { quorum, registrars: registrars.length })}
      </p>
      <ul>
        {registrars.map(({ name, operator }) => (
          <li key={name}>
            <Says
              words={say.rich("recount.letter.registrar", {
                name: foreign(name),
                operator: foreign(operator),
              })}
            />
          </li>
        ))}
      </ul>
      <h4>{say("recount.letter-result.the-sentence-to-quote")}</h4>
      <Quote sentence={sentence} />
    </section>
  );
}
