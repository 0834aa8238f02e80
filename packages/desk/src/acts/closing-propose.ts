/** Proposes to close a letter early. Nobody but organisers learns of it until a second owner agrees. */

import type { BesideLetter } from "@undersigned/board";
import { addDays, EARLY_CLOSING_NOTICE, verifyEarlyClosing } from "@undersigned/core";
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { findClosing, putClosing } from "../model/closings.ts";
import { type Caller, within } from "./act.ts";

export const closingPropose = within<"closing-propose">(async ({ desk, caller, trx }, body) => {
  const { workforce, letter, closes, sig } = body;
  const at = await boardLetter(desk, trx, workforce, letter);
  await requireClosingBy(caller, at, { closes, sig });
  const known = await findClosing(desk, trx, letter);
  if (known !== null && (known.by.length > 1 || known.by[0]?.id !== caller.id)) {
    throw new DeskError(
      "closing-exists",
      "A closing day is proposed already: agree to it, or drop it first.",
    );
  }
  const about = known?.closes === closes ? null : `${at.manifest.title}: ${closes}`;
  requireClosingDay(at, closes, desk.clock.day());
  const { id, alias, key } = caller;
  await putClosing(desk, trx, letter, { closes, by: [{ id, alias, key, sig }] });
  return { answer: {}, about };
});

/** Throws `not-your-key` for somebody whom the letter does not name as organiser, and `signature-wrong`. */
export async function requireClosingBy(
  caller: Caller,
  { workforce, letter, manifest }: BesideLetter,
  { closes, sig }: { readonly closes: string; readonly sig: string },
): Promise<void> {
  if (!manifest.organisers.includes(caller.key)) {
    throw new DeskError(
      "not-your-key",
      "Only owners whom the letter itself names as organisers can close it early.",
    );
  }
  if (!(await verifyEarlyClosing({ workforce, letter, closes }, [{ organiser: caller.key, sig }]))) {
    throw new DeskError(
      "signature-wrong",
      "The signature is not yours over this letter and day: sign again.",
    );
  }
}

/** Throws `closing-days`, `closing-exists`. */
export function requireClosingDay(at: BesideLetter, closes: string, today: string): void {
  if (at.moved || at.row.closing_index !== null) {
    throw new DeskError(
      "closing-exists",
      "The last day of this letter was moved before, or the letter is closed.",
    );
  }
  const earliest = addDays(today, EARLY_CLOSING_NOTICE);
  if (closes >= earliest && closes >= at.leaf.opens && closes < at.closes) return;
  throw new DeskError(
    "closing-days",
    `Choose ${earliest} or a later day, before the letter's last day: everybody has 48 hours to learn of it.`,
  );
}
