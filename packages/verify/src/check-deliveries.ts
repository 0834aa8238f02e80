/** Delivery leaves (PROTOCOL §4 rule 13): after the closing, made from a checkpoint after it, and by the letter's organisers. */
import { canonicalize, type DeliveryLeaf, verifyDelivery } from "@undersigned/core";
import type { LoggedDelivery } from "./further-life.ts";
import { checkSigners, type FurtherLetter, type FurtherLog, noteOf } from "./further-rules.ts";
import { closesOf } from "./letter-record.ts";

/** Null where something is wrong with it. */
export async function checkDelivery(
  log: FurtherLog,
  leaf: DeliveryLeaf,
  index: number,
  record: FurtherLetter,
): Promise<LoggedDelivery | null> {
  const { note, right } = noteOf(log.found, index, leaf.letter);
  checkPlace(leaf, index, record, note);
  checkDays(leaf, record, log.notBefore, note);
  if (record.further.deliveries.some((before) => signedParts(before.leaf) === signedParts(leaf)))
    note("delivery-repeated", "The same delivery stands in the log before.");
  await checkSigners(leaf, await verifyDelivery(leaf, leaf.by), record, note);
  return right() ? { leaf, index } : null;
}

type Note = ReturnType<typeof noteOf>["note"];

function checkPlace({ size }: DeliveryLeaf, index: number, { closing }: FurtherLetter, note: Note): void {
  if (closing === null) {
    note("delivery-out-of-place", "The letter has not been closed before it was handed over.");
  } else if (closing.leaf.outcome !== "closed") {
    note("delivery-out-of-place", "The letter was closed without a number: there is nothing to hand over.");
  } else if (size <= closing.index || size > index) {
    const message = `What was handed over was made from ${size} leaves; it must hold the closing leaf ${closing.index} and stand before leaf ${index}.`;
    note("delivery-out-of-place", message);
  }
}

function checkDays(
  { day, delivered }: DeliveryLeaf,
  record: FurtherLetter,
  notBefore: string | null,
  note: Note,
): void {
  const closes = closesOf(record);
  if (delivered <= closes || delivered > day) {
    const message = `It is said to have been handed over on ${delivered}; that must be after ${closes}, and not after ${day}.`;
    note("delivery-days", message);
  }
  if (notBefore !== null && day < notBefore)
    note("delivery-days", `It is dated ${day}, and a leaf of ${notBefore} stands before it.`);
}

/** Signatures of one and the same delivery may be shown again, with another day of the board's. */
function signedParts(leaf: DeliveryLeaf): string {
  const { workforce, letter, delivered, how, document, bundle, size, nonce } = leaf;
  return canonicalize({ workforce, letter, delivered, how, document, bundle, size, nonce });
}
