/** Which letter it is about, on every screen: as the log has it, whatever the page around says. */
import type { LetterView } from "@undersigned/verify";
import { letterPage } from "../../../shared/addresses.ts";

export function LetterLine({ letter }: { readonly letter: LetterView | null }) {
  const text = letter?.manifest;
  if (!text) return null;
  const { title, addressee, language } = text;
  const { workforce, letter: id } = letter.leaf;
  return (
    <p class="letter-line">
      <a href={letterPage(workforce, id)}>
        <bdi lang={language}>{title}</bdi>
      </a>
      , to <bdi>{addressee.name}</bdi>, <bdi>{addressee.organisation}</bdi>
    </p>
  );
}
