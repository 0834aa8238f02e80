/** What stands in a letter's text's place where that is not among the public files. */
import type { ComponentChildren } from "preact";
import type { LetterData } from "../../load-letter.ts";
import { Commands } from "../command.tsx";

export function NoText() {
  return (
    <p class="prose">
      The text of this letter is not public. Whoever has it can check that it is this one: its hash is the
      letter's id.
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
  return (
    <section class="unlisted" aria-labelledby="unlisted">
      <h2 id="unlisted">Unlisted</h2>
      <p>
        Anyone can see that this letter exists, its days and its number: they stand here and in the public
        log. Its text is read with its link alone, and nobody is shown by name or role. When its organisers
        make it public, everyone can read it, check that it is the text that was signed, and see those who
        chose to be shown.
      </p>
      <noscript>
        <p>
          Reading it on this page needs script. Without it, put your whole link into a file: the command{" "}
          <code>undersigned</code> opens the letter with it on your own machine, checks it and counts.
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
