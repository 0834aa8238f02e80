/** How names come to be confirmed. */
import type { LetterManifest, WorkforceManifest } from "@undersigned/core";
import type { Say } from "../say.ts";

/** Empty where the letter shows no names. A letter whose text is not public may show any. */
export function namesWords(
  say: Say,
  { quorum, registrars }: Pick<WorkforceManifest, "quorum" | "registrars">,
  letter: Pick<LetterManifest, "appearances" | "names"> | null,
): string[] {
  if (letter !== null && !letter.appearances.includes("named")) return [];
  const registrarsHave = registrars.length === 1 ? "one" : quorum === registrars.length ? "all" : "some";
  const sentences = [
    say("words.names.confirmed", { which: registrarsHave, count: quorum }),
    say("words.names.shows"),
  ];
  if (letter?.names === "confirmed") return [say("words.names.only-confirmed"), ...sentences];
  return [...sentences, say("words.names.given")];
}
