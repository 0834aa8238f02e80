/** index.json (PROTOCOL §8) against what was counted. Nothing here relies on it, but pages and clients show it first. */
import type { PerClass } from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { LeafOrder } from "./leaf-order.ts";
import type { Ledger } from "./ledger.ts";
import { INDEX_PATH, type IndexFile, indexFile, parsePublicFile } from "./public-files.ts";
import { parseFile, readIfThere } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

/** Null when there is none, or with a failure when it is none. */
export async function readIndex(source: FileSource, found: Found): Promise<IndexFile | null> {
  const file = await readIfThere(source, INDEX_PATH, LIMITS.index, found, { leaf: null });
  if (file === null) return null;
  return parseFile(() => parsePublicFile(file, indexFile), INDEX_PATH, "file-malformed", found, {
    leaf: null,
  });
}

/** Whether the file was compared: one for another size of the log may be a moment older or newer than the checkpoint. */
export async function checkIndex(
  source: FileSource,
  ledger: Ledger,
  { letters, issuance, destructions }: Pick<LeafOrder, "letters" | "issuance" | "destructions">,
  size: number,
  found: Found,
): Promise<boolean> {
  const index = await readIndex(source, found);
  if (index === null || index.size !== size) return false;
  const wrong = (what: string, letter?: string) =>
    found("index-wrong", null, `index.json differs from the log in ${what}.`, letter);
  if (index.workforce !== ledger.workforce) wrong("the workforce");
  const lists = [
    ["its workforce leaves", index.workforces, ledger.versions],
    ["its epochs", index.epochs, [...ledger.epochs.values()]],
    ["its client builds", index.clients, ledger.clients],
    ["what registrars have issued", index.issuance, [...issuance.all().values()]],
    ["what registrars have destroyed", index.destructions, [...destructions.all().values()]],
  ] as const;
  for (const [what, stated, logged] of lists) {
    const indexes = logged.map((item) => item.index).sort((a, b) => a - b);
    if (!sameNumbers(stated, indexes)) wrong(what);
  }
  if (index.letters.length !== letters.size) wrong("its letters");
  for (const row of index.letters) {
    const record = letters.get(row.letter);
    if (record === undefined) {
      wrong("a letter that was never opened", row.letter);
      continue;
    }
    const { states, letter, closing, earlyClosing, further } = record;
    if (
      row.leaf !== letter.index ||
      row.closing !== (closing?.index ?? null) ||
      row.earlyClosing !== (earlyClosing?.index ?? null)
    )
      wrong("where a letter stands", row.letter);
    for (const kind of ["deliveries", "responses", "judgements", "dealings", "chronicle"] as const) {
      const indexes = further[kind].map(({ index }) => index);
      if (!sameNumbers(row[kind], indexes)) wrong(`where a letter's ${kind} stand`, row.letter);
    }
    if (
      row.days?.first !== (record.firstDay ?? undefined) ||
      row.days?.last !== (record.lastDay ?? undefined)
    )
      wrong("the days of a letter's batches", row.letter);
    const counts =
      row.endorsements === states.keys.size &&
      same(row.counted, states.counted) &&
      same(row.withdrawn, states.withdrawn);
    if (!counts) {
      const message = `index.json counts ${row.counted.mailbox} mailboxes; the log has ${states.counted.mailbox}. Rely on the log's number.`;
      found("count-inflated", null, message, row.letter);
    }
  }
  return true;
}

function same(a: PerClass, b: PerClass): boolean {
  return a.mailbox === b.mailbox && a.vouched === b.vouched;
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
