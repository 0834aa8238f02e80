/** To whom a letter goes. The names are in the letter's language. */
import type { LetterManifest } from "@undersigned/core";
import { Says } from "../says.tsx";
import { useSay } from "../speech.ts";

export function Addressee({
  manifest: { addressee, language },
}: {
  readonly manifest: Pick<LetterManifest, "addressee" | "language">;
}) {
  const say = useSay();
  const written = (text: string) => ({ made: <bdi lang={language}>{text}</bdi> });
  const { name, organisation } = addressee;
  return (
    <p class="addressee">
      <span lang={say.language} dir={say.direction}>
        <Says words={say.rich("shared.to", { name: written(name), organisation: written(organisation) })} />
      </span>
    </p>
  );
}
