/** The twelve words, shown because the person asked for them. */
import { say } from "../say.ts";
export function PhraseWords({ phrase }: { readonly phrase: string }) {
  return (
    <>
      <ol class="words" translate={false} lang="en">
        {phrase.split(" ").map((word, i) => (
          // The same word may come twice: its place is what tells them apart.
          <li key={i}>{word}</li>
        ))}
      </ol>
      <p>{say("ui.phrase-words.in-this-order-on-paper")}</p>
    </>
  );
}
