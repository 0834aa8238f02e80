/**
 * How a letter stands. Of what waits in the pool nothing is told, to organisers neither: who watches a number grow knows when
 * somebody signed.
 */
import { type BesideLetter, type BoardReader, publicSite, shownCounts } from "@undersigned/board";
import type { ActAnswer, EvidenceKind, WorkforceManifest } from "@undersigned/core";
import { CLASS_OF_EVIDENCE } from "@undersigned/core";
import { openWorkforce, readStated, type WorkforceView } from "@undersigned/verify";
import type { Desk } from "../desk.ts";
import { boardLetter, boardLetters } from "../model/board-texts.ts";
import { findClosing } from "../model/closings.ts";
import { letterSummary } from "../model/letter-summary.ts";
import { nextRelease } from "../model/next-release.ts";
import { readStorage } from "../model/storage.ts";
import { thinReasons } from "../model/thin.ts";
import { around } from "./act.ts";

type Dashboard = ActAnswer<"dashboard">;

export const dashboard = around<"dashboard">(async ({ desk }, { workforce, letter }) => {
  const { db } = desk.database;
  const of = await boardLetter(desk, db, workforce, letter);
  const { row, leaf, closes } = of;
  const source = publicSite(desk.board.internals).files(workforce);
  const view = await openWorkforce(source, workforce, { stated: readStated });
  const shown = await shownCounts(db as unknown as BoardReader, row.number);
  const days = await desk.batchDays.of(desk, workforce, letter);
  const counted = { mailbox: row.counted_mailbox, vouched: row.counted_vouched };
  const day = desk.clock.day();
  const releasing = { opens: leaf.opens, closes, batch: leaf.batch, closed: row.closing_index !== null };
  const { named, confirmed, role, hidden, waiting } = shown;
  const all = counted.mailbox + counted.vouched;
  const answer: Dashboard = {
    summary: await letterSummary(desk, db, of, await boardLetters(desk, db)),
    day,
    counted,
    withdrawn: { mailbox: row.withdrawn_mailbox, vouched: row.withdrawn_vouched },
    days: days.map(({ day: on, mailbox, vouched }) => ({ day: on, mailbox, vouched })),
    shown: { named, confirmed, role, hidden, anonymous: Math.max(0, all - named - role - hidden) },
    headcount: view.manifest.headcount,
    issued: issuedIn(view, leaf.epoch),
    next: {
      mailbox: nextRelease(releasing, "mailbox", day),
      vouched: nextRelease(releasing, "vouched", day),
    },
    first: { needed: leaf.batch.first, reached: row.first_day !== null },
    closing: await closingOf(desk, of),
    log: { size: view.size, origin: view.manifest.log.origin },
    storage: await readStorage(desk),
    certificate: await desk.certificate(),
    thin: thinReasons({ counted, days, roles: shown.roles }),
    waiting,
  };
  return { answer };
});

/** What each registrar of the letter's epoch has stated last. */
function issuedIn(view: WorkforceView, epoch: number): Dashboard["issued"] {
  const { registrars }: WorkforceManifest = view.epochs.get(epoch)?.version.manifest ?? view.manifest;
  return registrars.map(({ identity, name }) => {
    const leaf = view.stated?.issuance.get(`${epoch} ${identity}`);
    const sum = (cls: "mailbox" | "vouched") =>
      (leaf?.issued ?? [])
        .filter(({ evidence }) => CLASS_OF_EVIDENCE[evidence as EvidenceKind] === cls)
        .reduce((total, { count }) => total + count, 0);
    return { registrar: name, day: leaf?.day ?? null, mailbox: sum("mailbox"), vouched: sum("vouched") };
  });
}

async function closingOf(desk: Desk, { letter, closes, moved }: BesideLetter): Promise<Dashboard["closing"]> {
  const proposed = await findClosing(desk, desk.database.db, letter);
  if (proposed === null) return null;
  return {
    closes: moved ? closes : proposed.closes,
    by: proposed.by.map(({ alias }) => alias),
    logged: moved,
  };
}
