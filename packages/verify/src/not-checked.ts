/**
 * What a recount has not shown, or none can: a stable code for each thing, what its sentence takes, and the sentence in English, for
 * commands. Pages say the same in the reader's language (decision 35).
 */
import type { LetterRecord } from "./letter-record.ts";

interface OfLetter {
  readonly letter: string;
  /** Null where its text was not read. */
  readonly title: string | null;
}

const nameOf = ({ letter, title }: OfLetter) => (title === null ? letter : `“${title}”`);

export const NOT_CHECKED_SENTENCES = {
  anything: () => "Anything: the recount could not begin.",
  registrars: () =>
    "That registrars took the evidence that they say: as many dishonest ones as a signature needs can invent signatories.",
  mailboxes: () => "That each mailbox is another person's, or that nobody pressed or tricked its holder.",
  publication: () => "That everything the board accepted was published: those who hold a receipt can tell.",
  "same-log": () =>
    "That everyone is shown this same log: no witness has cosigned it, and no earlier checkpoint was given.",
  index: () =>
    "index.json: it is missing or belongs to another size of the log. No number here comes from it.",
  destructions: () => "That registrars have destroyed the keys that they say: nobody can prove it.",
  issuance: ({ registrar, epoch }: { readonly registrar: string; readonly epoch: number }) =>
    `How many ${registrar} issued in epoch ${epoch}: it has stated no number.`,
  "text-missing": (of: OfLetter) => `The text of letter ${nameOf(of)}: it is not among the files.`,
  "text-sealed": (of: OfLetter) =>
    `The text of letter ${nameOf(of)}: it is not public, and is read with the letter's link. What its signatories show is not public either.`,
  "early-closing": (of: OfLetter) =>
    `That those who moved the last day of letter ${nameOf(of)} are organisers of it: its text says who they are.`,
  organisers: (of: OfLetter) =>
    `That those who signed what became of letter ${nameOf(of)} are organisers of it: its text says who they are.`,
  delivery: (of: OfLetter) =>
    `That letter ${nameOf(of)} has reached its addressee: its organisers say that they handed it over.`,
  "answers-again": (of: OfLetter) =>
    `That answers by mail to letter ${nameOf(of)} bear their addressee's signature: the board says so; whoever knows the keys of the addressee's domain can check the mails again.`,
  "answers-once": (of: OfLetter) =>
    `That answers by mail to letter ${nameOf(of)} bear their addressee's signature: the board says so; the mails are not among the files.`,
  "answers-missing": ({ count, ...of }: OfLetter & { readonly count: number }) =>
    `What ${count === 1 ? "an answer" : "answers"} to letter ${nameOf(of)} ${count === 1 ? "says" : "say"}: not among the files.`,
  chronicle: (of: OfLetter) =>
    `That what the chronicle of letter ${nameOf(of)} tells is so: its organisers say it, and name their sources.`,
  "chronicle-missing": ({ count, ...of }: OfLetter & { readonly count: number }) =>
    `What ${count === 1 ? "an entry" : `${count} entries`} of the chronicle of letter ${nameOf(of)} ${count === 1 ? "says" : "say"}: not among the files.`,
  openings: ({ pages, ...of }: OfLetter & { readonly pages: number }) =>
    `Names shown with letter ${nameOf(of)}: ${pages} pages of openings are not among the files.`,
  headcount: (of: OfLetter) =>
    `What share of the workforce signed letter ${nameOf(of)}: no headcount is stated.`,
};

type Sentences = typeof NOT_CHECKED_SENTENCES;
type Code = keyof Sentences;

interface NotCheckedOf<C extends Code> {
  readonly code: C;
  readonly values: Parameters<Sentences[C]> extends [infer V] ? V : Readonly<Record<never, never>>;
  /** A sentence in English. */
  readonly message: string;
}

/** One of these, so that `code` tells what `values` are. */
export type NotChecked = { readonly [C in Code]: NotCheckedOf<C> }[Code];

export function notCheckedItem<C extends Code>(code: C, ...values: Parameters<Sentences[C]>): NotChecked {
  const sentence = NOT_CHECKED_SENTENCES[code] as (...of: Parameters<Sentences[C]>) => string;
  return { code, values: values[0] ?? {}, message: sentence(...values) } as NotChecked;
}

export function letterName({ leaf, manifest }: LetterRecord["letter"]): OfLetter {
  return { letter: leaf.letter, title: manifest?.title ?? null };
}
