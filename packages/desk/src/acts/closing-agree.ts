/** A second owner agrees to close a letter early: from then on it stands in the log, for everybody. */
import { DeskError } from "../errors.ts";
import { boardLetter } from "../model/board-texts.ts";
import { findClosing, putClosing } from "../model/closings.ts";
import { readOrganisers } from "../model/organisers.ts";
import { around } from "./act.ts";
import { requireClosingBy, requireClosingDay } from "./closing-propose.ts";

export const closingAgree = around<"closing-agree">(
  async ({ desk, caller }, { workforce, letter, closes, sig }) => {
    const { db } = desk.database;
    const at = await boardLetter(desk, db, workforce, letter);
    const known = await findClosing(desk, db, letter);
    const [first] = known?.by ?? [];
    if (known === null || first === undefined || known.closes !== closes) {
      throw new DeskError(
        "closing-unknown",
        "This day is not proposed, or not any more: load the letter again.",
      );
    }
    if (known.by.length > 1 && known.by[1]?.id === caller.id) return { answer: {}, about: null };
    const owners = (await readOrganisers(desk, db)).filter(({ role }) => role === "owner");
    if (!owners.some(({ id, key }) => id === first.id && key === first.key)) {
      throw new DeskError(
        "closing-unknown",
        "Who has proposed this day is no owner any more: drop it, and propose it again.",
      );
    }
    if (first.id === caller.id || first.key === caller.key) {
      throw new DeskError("closing-by-one", "You have proposed this day yourself: another owner must agree.");
    }
    await requireClosingBy(caller, at, { closes, sig });
    // The board moves a day once and answers the same again, so what a crash has cut off is done here once more.
    if (!at.moved) requireClosingDay(at, closes, desk.clock.day());
    const by = [
      { organiser: first.key, sig: first.sig },
      { organiser: caller.key, sig },
    ].sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    await desk.board.closeEarly(workforce, {
      type: "early-closing-request",
      v: 1,
      workforce,
      letter,
      closes,
      by,
    });
    const { id, alias, key } = caller;
    await desk.database.transaction((trx) =>
      putClosing(desk, trx, letter, { closes, by: [first, { id, alias, key, sig }] }),
    );
    return { answer: {}, about: `${at.manifest.title}: ${closes}` };
  },
);
