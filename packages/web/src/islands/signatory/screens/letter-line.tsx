/** Which letter it is about, on every screen: as the log has it, whatever the page around says. */
import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import type { LetterView } from "@undersigned/verify";
import { inLanguage, letterPage } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";

export function LetterLine({ letter }: { readonly letter: LetterView | null }) {
  const text = letter?.manifest;
  if (!text) return null;
  const { title, addressee, language } = text;
  const { workforce, letter: id } = letter.leaf;
  const toLetter = (inner: Words) => (
    <a href={inLanguage(say.language, letterPage(workforce, id))} lang={language}>
      <Says words={inner} />
    </a>
  );
  return (
    <p class="letter-line">
      <Says
        words={say.rich("sign.letter-line", {
          letter: toLetter,
          title: foreign(title),
          addressee: foreign(addressee.name),
          organisation: foreign(addressee.organisation),
        })}
      />
    </p>
  );
}
