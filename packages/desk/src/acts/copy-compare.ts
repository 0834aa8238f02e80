/**
 * Visits a copy's link and says whether the same still stands there. The board's server visits it, once for everybody who asks
 * at the same time; so no organiser's device does.
 */
import type { Comparison } from "@undersigned/core";
import { compareApart } from "../compare/compare-apart.ts";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { putComparison } from "../model/comparisons.ts";
import { requireCopy } from "../model/copies.ts";
import { around } from "./act.ts";

/** Each is a thread, with some 50 MB of files and a heap of its own. */
const AT_ONCE = 2;

export const copyCompare = around<"copy-compare">(async ({ desk }, { sha256, url }) => {
  const asked = `${sha256} ${url}`;
  const running = desk.comparing.get(asked);
  if (running === undefined && desk.comparing.size >= AT_ONCE) {
    throw new DeskError("comparing", "Other copies are being compared: try again in half a minute.");
  }
  const comparing = running ?? compare(desk, sha256, url).finally(() => desk.comparing.delete(asked));
  desk.comparing.set(asked, comparing);
  const { state } = await comparing;
  return { answer: await comparing, about: `${new URL(url).hostname}: ${state}` };
});

async function compare(desk: Desk, sha256: string, url: string): Promise<Comparison> {
  const copy = await requireCopy(desk, desk.database.db, sha256);
  const compared = await compareApart({ copy, url, fetched: await desk.fetchOutside(url) });
  const value = { ...compared, url, day: desk.clock.day() };
  await desk.database.transaction((trx) => putComparison(desk, trx, sha256, value));
  return value;
}
