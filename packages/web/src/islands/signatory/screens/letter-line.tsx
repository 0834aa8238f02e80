/** Which letter it is about, on every screen: as the log has it, whatever the page around says. */
import type { LetterView } from "@undersigned/verify";

export function LetterLine({ letter }: { readonly letter: LetterView | null }) {
  const text = letter?.manifest;
  if (!text) return null;
  const { title, addressee, language } = text;
  return (
    <p class="small">
      <bdi lang={language}>{title}</bdi>, to <bdi>{addressee.name}</bdi>, <bdi>{addressee.organisation}</bdi>
    </p>
  );
}
