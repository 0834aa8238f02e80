/** What the last comparison of a copy has said. */
import { findComparison } from "../model/comparisons.ts";
import { within } from "./act.ts";

export const copyCompared = within<"copy-compared">(async ({ desk, trx }, { sha256 }) => ({
  answer: { comparison: await findComparison(desk, trx, sha256) },
}));
