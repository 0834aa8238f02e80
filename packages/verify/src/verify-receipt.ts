/**
 * Whether a board kept its word (PROTOCOL §9): a receipt names a leaf and the day by which it is in the log. The leaf is
 * looked for in all level-0 tiles, so whoever serves the files does not learn which one is asked for.
 */
import {
  type Day,
  dayOf,
  decodeBase64url,
  type Receipt,
  receipt as receiptShape,
  verifyObject,
} from "@undersigned/core";
import { tilesOf } from "@undersigned/log";
import { refuse, VerifyError } from "./errors.ts";
import type { WorkforceView } from "./open-workforce.ts";
import { readTile } from "./read-bundles.ts";
import type { FileSource } from "./source.ts";
import { TreeCheck } from "./tree-check.ts";

export type ReceiptState =
  | { readonly state: "in-the-log"; readonly index: number }
  /** Not there yet; the board has until the end of the day. */
  | { readonly state: "waiting"; readonly due: Day }
  /**
   * The letter was closed and signatures were destroyed: all of them (`too-few`), or (`closed`) those of people who had asked
   * for that rather than to come out in a small batch. Whoever had not asked for it has been wronged.
   */
  | { readonly state: "destroyed"; readonly outcome: "too-few" | "closed" }
  | { readonly state: "broken-promise"; readonly due: Day };

/**
 * Under the checkpoint of `view`; `today` is the reader's own day. Throws VerifyError `receipt-invalid` for a receipt that is
 * none of this workforce's board (under any version of the manifest), and failures of the log's files.
 */
export async function verifyReceipt(
  source: FileSource,
  view: WorkforceView,
  receipt: Receipt,
  today: Day = dayOf(Date.now()),
): Promise<ReceiptState> {
  await requireGenuine(view, receipt);
  const index = await findLeaf(source, view, decodeBase64url(receipt.leaf, 32));
  if (index !== null) return { state: "in-the-log", index };
  const closing = view.letters.get(receipt.letter)?.closing?.leaf;
  if (closing?.outcome === "too-few") return { state: "destroyed", outcome: "too-few" };
  if (closing?.destroyed != null && closing.destroyed.mailbox + closing.destroyed.vouched > 0) {
    return { state: "destroyed", outcome: "closed" };
  }
  return { state: receipt.due >= today ? "waiting" : "broken-promise", due: receipt.due };
}

async function requireGenuine(view: WorkforceView, receipt: Receipt): Promise<void> {
  const invalid = (why: string) => new VerifyError("receipt-invalid", `This receipt proves nothing: ${why}.`);
  try {
    receiptShape.check(receipt as unknown as Parameters<typeof receiptShape.check>[0], "");
  } catch {
    throw invalid("it is not in its format");
  }
  if (receipt.workforce !== view.workforce) throw invalid("it is of another workforce");
  for (const key of new Set(view.manifests.map((manifest) => manifest.board.key))) {
    if (await verifyObject(receipt, key)) return;
  }
  throw invalid("the board has not signed it");
}

/** Reads every level-0 tile to its end, found or not, and compares them with the root. */
async function findLeaf(
  source: FileSource,
  { checkpoint }: WorkforceView,
  leaf: Uint8Array,
): Promise<number | null> {
  const tree = new TreeCheck(source, refuse, null);
  let found: number | null = null;
  for (const tile of tilesOf(checkpoint.size)) {
    if (tile.level > 0) break;
    const first = tile.index * 256;
    const hashes = await readTile(source, tile, refuse, first);
    if (hashes === null)
      throw new VerifyError("file-missing", `The tile of leaf ${first} could not be read.`);
    await tree.add(hashes);
    for (let at = 0; at < hashes.length && found === null; at += 32) {
      if (leaf.every((byte, i) => hashes[at + i] === byte)) found = first + at / 32;
    }
  }
  await tree.finish(checkpoint.root);
  return found;
}
