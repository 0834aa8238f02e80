/** Whether a name was confirmed, and what that means. */
import type { LetterManifest } from "../formats/letter-manifest.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { number } from "./numbers.ts";

/** `shown` is the one word of it that stands beside each name, `before` and `after` are read out besides. */
export interface MarkWords {
  readonly before: string;
  readonly shown: string;
  readonly after: string;
}

export function markWords(confirmed: boolean): MarkWords {
  return confirmed
    ? { before: "", shown: "confirmed", after: " by work mailbox" }
    : { before: "name ", shown: "given", after: " by the signatory" };
}

export interface LegendEntry {
  readonly confirmed: boolean;
  readonly mark: string;
  /** Goes on from the mark. */
  readonly means: string;
}

/** What the marks beside a list of names say, once for the whole list: one sentence, begun by the page. */
export function legendOf(names: LetterManifest["names"]): LegendEntry[] {
  const entry = (confirmed: boolean, more: string) => {
    const { shown, after } = markWords(confirmed);
    return { confirmed, mark: shown, means: `${after}${more}` };
  };
  if (names === "confirmed") return [entry(true, ".")];
  return [entry(true, ", or "), entry(false, " and checked by nobody.")];
}

type Quorum = Pick<WorkforceManifest, "quorum" | "registrars">;

/** How names come to be confirmed. Empty where the letter shows no names. A letter whose text is not public may show any. */
export function namesWords(
  rules: Quorum,
  letter: Pick<LetterManifest, "appearances" | "names"> | null,
): string[] {
  if (letter !== null && !letter.appearances.includes("named")) return [];
  const who = registrarsHave(rules);
  const sentences = [
    `A name is confirmed by work mailbox where ${who} found that it belongs to the mailbox which the signatory proved: each letter of it stands there, or it was checked some other way.`,
    "That shows a mailbox in this name. It does not show who uses it: the company can make mailboxes.",
  ];
  if (letter?.names === "confirmed") return ["This letter takes confirmed names only.", ...sentences];
  return [...sentences, "Any other name is given by the signatory, and nobody has checked it."];
}

function registrarsHave({ quorum, registrars: { length } }: Quorum): string {
  if (length === 1) return "the registrar has";
  return quorum === length ? `all ${number(length)} registrars have` : `${number(quorum)} registrars have`;
}
