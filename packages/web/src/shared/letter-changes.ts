/**
 * What a new version of a letter says otherwise than the one that it replaces: pairs of texts, part by part, without comparing
 * words. Every field that is signed and means something to a reader has a part of its own, so nothing changes unseen.
 */
import type { LetterManifest, Source } from "@undersigned/core";

export interface ChangedText {
  /** Whose name it is decides how it is called: ours, or a demand's or claim's own. */
  readonly of: PartOfLetter;
  /** Where there are several of one kind: which one, by its id. */
  readonly id: string | null;
  /** Empty for what was not there before. */
  readonly before: string;
  /** Empty for what is there no more. */
  readonly after: string;
}

export type PartOfLetter =
  | "title"
  | "addressee"
  | "body"
  | "demand"
  | "supplement"
  | "claim"
  | "order"
  | "dates"
  | "delivery"
  | "appearing"
  | "batches"
  | "organisers"
  | "language";

type BatchRule = LetterManifest["batch"];

/** How what stands in fields is put into text. */
export interface FieldWords {
  met(text: string): string;
  source(source: Pick<Source, "title" | "publisher" | "day">): string;
  dates(letter: Pick<LetterManifest, "opens" | "closes" | "delivers">): string;
  appearing(letter: Pick<LetterManifest, "appearances" | "names">): string;
  batches(batch: BatchRule): string;
  ordered(of: "demand" | "claim", id: string): string;
}

/** The fields as they are: enough to see whether they differ. */
const BARE: FieldWords = {
  met: (text) => text,
  source: ({ title, publisher, day }) => lines(title, publisher, day),
  dates: ({ opens, closes, delivers }) => lines(opens, closes, delivers),
  appearing: ({ appearances, names }) => lines(...appearances, names),
  batches: ({ first, classes: { mailbox, vouched } }) =>
    [first, mailbox.min, mailbox.every, vouched.min, vouched.every].join("\n"),
  ordered: (_of, id) => id,
};

/** Every part, changed or not, in the order in which a letter is read. */
export function partsCompared(
  words: FieldWords,
  before: LetterManifest,
  after: LetterManifest,
): ChangedText[] {
  const one = (of: PartOfLetter, text: (letter: LetterManifest) => string): ChangedText => {
    return { of, id: null, before: text(before), after: text(after) };
  };
  return [
    one("title", ({ title }) => title),
    one("addressee", ({ addressee }) => lines(addressee.name, addressee.organisation, addressee.mailbox)),
    one("body", ({ body }) => body),
    ...byId("demand", before.demands, after.demands, ({ title, text, met }) =>
      lines(title, text, words.met(met)),
    ),
    one("supplement", ({ supplement }) => supplement?.title ?? ""),
    ...byId("claim", claimsOf(before), claimsOf(after), (claim) => claimText(words, claim)),
    orderOf(words, "demand", before.demands, after.demands),
    orderOf(words, "claim", claimsOf(before), claimsOf(after)),
    one("dates", words.dates),
    one("delivery", ({ delivery }) => delivery),
    one("appearing", words.appearing),
    one("batches", ({ batch }) => words.batches(batch)),
    one("organisers", ({ organisers }) => lines(...organisers)),
    one("language", ({ language }) => language),
  ];
}

/** The parts that differ. */
export function changedParts(before: LetterManifest, after: LetterManifest): ChangedText[] {
  return partsCompared(BARE, before, after).filter((part) => part.before !== part.after);
}

/** How many parts of which kind differ, in the order in which a letter is read: for one sentence. */
export function countChanges(changes: readonly ChangedText[]): ReadonlyMap<PartOfLetter, number> {
  const counts = new Map<PartOfLetter, number>();
  for (const { of } of changes) counts.set(of, (counts.get(of) ?? 0) + 1);
  return counts;
}

type Claim = NonNullable<LetterManifest["supplement"]>["claims"][number];

function claimsOf({ supplement }: LetterManifest): readonly Claim[] {
  return supplement?.claims ?? [];
}

function claimText(words: FieldWords, { text, sources }: Claim): string {
  const quoted = sources.map((source) =>
    lines("", words.source(source), source.url, source.quote, source.copy),
  );
  return lines(text, ...quoted);
}

/** In the new order; what is there no more comes where it stood, after what it followed. */
function byId<T extends { readonly id: string }>(
  of: PartOfLetter,
  before: readonly T[],
  after: readonly T[],
  textOf: (item: T) => string,
): ChangedText[] {
  const old = new Map(before.map((item) => [item.id, item]));
  const fresh = new Map(after.map((item) => [item.id, item]));
  const order = after.map(({ id }) => id);
  before.forEach(({ id }, i) => {
    if (fresh.has(id)) return;
    const previous = before[i - 1]?.id;
    order.splice(previous === undefined ? 0 : order.indexOf(previous) + 1, 0, id);
  });
  const text = (item: T | undefined) => (item === undefined ? "" : textOf(item));
  return order.map((id) => ({ of, id, before: text(old.get(id)), after: text(fresh.get(id)) }));
}

/** Those that both letters have, as each of them puts them. */
function orderOf(
  words: FieldWords,
  of: "demand" | "claim",
  before: readonly { id: string }[],
  after: readonly { id: string }[],
): ChangedText {
  const order = (items: typeof before, others: typeof before) => {
    const both = items.filter(({ id }) => others.some((other) => other.id === id));
    return lines(...both.map(({ id }) => words.ordered(of, id)));
  };
  return { of: "order", id: of, before: order(before, after), after: order(after, before) };
}

/** Those that are there, one a line. */
export function lines(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join("\n");
}
