/**
 * When anonymity is thin: what an organiser should know before they invite somebody to sign anonymously. Each rule looks at
 * what everybody can see; none is a threshold below which anything is safe.
 */
import type { ActAnswer, PerClass } from "@undersigned/core";
import type { BatchDay } from "./batch-days.ts";

export type ThinReason = ActAnswer<"dashboard">["thin"][number];

/** A reader who knows who was likely to sign tells few people apart. */
const FEW = 50;
const SMALL_CLASS = 20;
/** Of roles that are shown at all, and of signatures in one batch: so large a part says something of the rest. */
const MOST = 0.8;
const ENOUGH_TO_SAY = 10;

export function thinReasons(of: {
  readonly counted: PerClass;
  readonly days: readonly BatchDay[];
  readonly roles: ReadonlyMap<string, number>;
}): ThinReason[] {
  const { counted, days, roles } = of;
  const reasons: ThinReason[] = [];
  if (counted.mailbox > 0 && counted.mailbox < FEW) reasons.push("few");
  const shown = [...roles.values()];
  const all = shown.reduce((sum, count) => sum + count, 0);
  if (all >= ENOUGH_TO_SAY && Math.max(...shown) >= MOST * all) reasons.push("one-role");
  const batches = days.map(({ mailbox, vouched }) => mailbox + vouched);
  const released = batches.reduce((sum, count) => sum + count, 0);
  if (released >= ENOUGH_TO_SAY && Math.max(...batches) >= MOST * released) reasons.push("one-batch");
  if (counted.vouched > 0 && counted.vouched < SMALL_CLASS) reasons.push("small-class");
  return reasons;
}
