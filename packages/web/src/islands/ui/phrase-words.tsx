/** The twelve words, shown because the person asked for them. */
export function PhraseWords({ phrase }: { readonly phrase: string }) {
  return (
    <>
      <ol class="words" translate={false} lang="en">
        {phrase.split(" ").map((word, i) => (
          // The same word may come twice: its place is what tells them apart.
          <li key={i}>{word}</li>
        ))}
      </ol>
      <p>In this order, on paper. Do not photograph or mail them: who has these words is you.</p>
    </>
  );
}
