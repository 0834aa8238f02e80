/** One letter's number, with what belongs to it. */
import type { LetterWords } from "./plain-words.ts";
import { Quote } from "./quote.tsx";

export function LetterResult({ words }: { readonly words: LetterWords }) {
  const { letter, title, count, rows, sentence, registrars, quorum } = words;
  return (
    <section aria-labelledby={`letter-${letter}`}>
      <h3 id={`letter-${letter}`}>
        {title === null ? "A letter whose text is not public" : <bdi>{title}</bdi>}
      </h3>
      {count !== null && (
        <p class="figure">
          <strong>{count.number}</strong> <span>{count.unit}</span>
        </p>
      )}
      <ul>
        {rows.map(({ term, value }) => (
          <li key={term}>
            <strong>{term}:</strong> <bdi>{value}</bdi>
          </li>
        ))}
      </ul>
      <h4>Who checked the signatories</h4>
      <p>
        {registrars.length === 1
          ? "Each was checked by:"
          : `Each was checked by ${quorum} of these ${registrars.length}:`}
      </p>
      <ul>
        {registrars.map(({ name, operator }) => (
          <li key={name}>
            <bdi>{name}</bdi>, run by <bdi>{operator}</bdi>
          </li>
        ))}
      </ul>
      <h4>The sentence to quote</h4>
      <Quote sentence={sentence} />
    </section>
  );
}
