/** Leaves about what becomes of a letter (PROTOCOL §4 rules 13 and 14), whichever they are. */
import { checkDelivery } from "./check-deliveries.ts";
import { checkRecordLeaf, type RightRecord } from "./check-records.ts";
import type { FailureCode } from "./errors.ts";
import type { LoggedDelivery } from "./further-life.ts";
import type { FurtherLeaf, FurtherLetter, FurtherLog } from "./further-rules.ts";

/** Takes the leaf in where all is right with it; null where not. */
export async function checkFurtherLeaf(
  log: FurtherLog,
  leaf: FurtherLeaf,
  index: number,
  record: FurtherLetter | undefined,
): Promise<LoggedDelivery | RightRecord | null> {
  const note = (code: FailureCode, message: string) => {
    log.found(code, index, message, leaf.letter);
    return null;
  };
  if (leaf.workforce !== log.workforce)
    return note("workforce-mismatch", `The ${leaf.type} is of another workforce.`);
  if (record === undefined)
    return note("letter-unknown", `The ${leaf.type} is of a letter that has not been opened.`);
  if (leaf.type !== "delivery") return checkRecordLeaf(log, leaf, index, record);
  const delivery = await checkDelivery(log, leaf, index, record);
  if (delivery !== null) record.further.deliveries.push(delivery);
  return delivery;
}
