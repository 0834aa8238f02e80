/**
 * The valid set: three registrars of whom two must sign, and three kinds of evidence; a letter with 60 endorsements by
 * mailbox and three by invitation, in four batches, with revisions, withdrawals and a return, closed with a batch under its
 * minimum, two of whose names are hidden, then handed over, answered and judged, with a chronicle; a letter that too few signed, and that was closed early; and one that takes confirmed names only.
 */
import type { Appearance, ChronicleEntry, LetterRef } from "@undersigned/core";
import {
  answerByMail,
  changeDealings,
  DEALING,
  deliver,
  enterChronicle,
  enterStatement,
  judge,
  SOURCE,
  withhold,
} from "../../test/kit/further-leaves.ts";
import { translationEntry } from "./cases-chronicle.ts";
import { SetBuilder } from "./set-builder.ts";
import type { TestKeys } from "./test-keys.ts";
import { firstManifest, letterManifest, withAllEvidence } from "./texts.ts";

export interface ValidSet {
  readonly builder: SetBuilder;
  readonly main: LetterRef;
  readonly tooFew: LetterRef;
  readonly confirmedOnly: LetterRef;
}

const SHA256_OF_NOTHING = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
/** In which order people came in, first to last batch: ends of the batches of endorsements. */
const RELEASED_BY = [0, 25, 40, 52, 60] as const;

export function makeValidSet(keys: TestKeys): ValidSet {
  const builder = new SetBuilder(keys, keys.valid);
  builder.addWorkforce(withAllEvidence(firstManifest(keys, keys.valid, "Example Works", 140)));
  builder.addEpoch({ epoch: 1, opens: "2027-01-01", closes: "2027-06-30" });
  builder.addClient({ version: "0.1.0", day: "2027-01-03" });
  const organisers = [keys.valid.organiser, keys.valid.opener];
  const weekly = { min: 10, every: 7 };
  const main = builder.addLetter(
    letterManifest(builder.workforce, keys.valid, {
      title: "End the trial",
      opens: "2027-01-04",
      closes: "2027-02-28",
      delivers: "2027-03-02",
      addressee: {
        name: "The chief executive",
        organisation: "Example Works",
        mailbox: "answers@example.com",
      },
      organisers: [keys.valid.organiser.publicKey, keys.valid.opener.publicKey].sort(),
      batch: { first: 20, classes: { mailbox: weekly, vouched: { ...weekly, min: 2 } } },
    }),
  );
  const endorsements = (batch: number) =>
    Array.from({ length: RELEASED_BY[batch]! - RELEASED_BY[batch - 1]! }, (_, i) => {
      const person = RELEASED_BY[batch - 1]! + i;
      return builder.endorse(person, main, appearanceOf(builder, person, main));
    });
  const vouched = (person: number, appearance?: Appearance) =>
    builder.endorse(person, main, appearance, undefined, "vouched");
  for (const registrar of [0, 1, 2]) builder.addIssuance(registrar, "2027-01-18", { count: 20, batch: 20 });
  builder.batch("2027-01-18", [
    ...endorsements(1),
    vouched(60, { kind: "named", name: "Noor Example", confirmed: null, role: null, place: null }),
    vouched(61, { kind: "role", role: "Engineer", place: null }),
  ]);

  builder.addClient({ version: "0.1.1", day: "2027-01-19" });
  builder.addVersion((manifest) => {
    manifest.headcount = { number: 150, source: "Works council", day: "2027-01-20" };
    manifest.roles = ["Engineer", "Nurse", "Porter"];
  });
  const tooFew = builder.addLetter(
    letterManifest(builder.workforce, keys.valid, {
      title: "Open the canteen on Sundays",
      opens: "2027-01-22",
      closes: "2027-03-15",
      appearances: ["anonymous"],
      organisers: [keys.valid.organiser.publicKey, keys.valid.opener.publicKey].sort(),
      batch: { first: 30, classes: { mailbox: weekly, vouched: weekly } },
    }),
  );
  const confirmedOnly = builder.addLetter(
    letterManifest(builder.workforce, keys.valid, {
      title: "Keep the night bus",
      opens: "2027-01-22",
      closes: "2027-06-15",
      appearances: ["anonymous", "named"],
      names: "confirmed",
      batch: { first: 3, classes: { mailbox: { min: 3, every: 7 }, vouched: weekly } },
    }),
  );
  builder.batch("2027-01-25", [
    ...endorsements(2),
    builder.revise(0, main, { kind: "role", role: "Engineer", place: "Lagos" }),
    builder.revise(3, main, { kind: "anonymous" }),
    builder.withdraw(1, main),
    builder.withdraw(2, main),
  ]);
  // Not a release day: revisions and withdrawals go out at every tick.
  builder.batch("2027-01-26", [
    builder.revise(1, main, {
      kind: "named",
      name: "Zoë Example",
      confirmed: null,
      role: "Porter",
      place: null,
    }),
    builder.revise(0, main, {
      kind: "named",
      name: "Amara Example",
      confirmed: null,
      role: null,
      place: "Hamburg",
    }),
  ]);
  // Before it is closed: what organisers tell of it, one entry taken back and one corrected.
  const enter = (day: string, entry: ChronicleEntry, replaces: string | null = null, by = organisers) =>
    enterChronicle(builder, main.letter, {
      day,
      by,
      edit: (record) => Object.assign(record, { entry, replaces }),
    });
  const one = [keys.valid.organiser];
  const report = { kind: "report" as const, text: "The trial is in the news.", source: SOURCE };
  const reported = enter("2027-01-27", report, null, one);
  enter("2027-01-27", { kind: "topics", topics: ["trials", "work"] }, null, one);
  const french = enter("2027-01-27", translationEntry("fr"));
  enter("2027-01-28", { ...report, kind: "statement" }, null, one);
  enter("2027-01-28", { ...translationEntry("fr"), title: "Mettre fin à l’essai" }, french.record);
  enter("2027-01-28", { kind: "mirror", url: "https://mirror.example.com/board" });
  enter("2027-01-29", { kind: "removal", reason: "It was another trial." }, reported.record, one);
  builder.batch("2027-02-01", [...endorsements(3), builder.withdraw(4, main), builder.withdraw(61, main)]);
  builder.batch("2027-02-05", [
    builder.endorse(0, confirmedOnly, builder.confirmed(0, confirmedOnly, "Amara Example")),
    builder.endorse(
      8,
      confirmedOnly,
      builder.confirmed(8, confirmedOnly, "Ngozi Example", {
        rule: "note",
        signers: keys.registrars.slice(1),
      }),
    ),
    builder.endorse(10, confirmedOnly),
  ]);
  for (const registrar of [0, 1, 2]) {
    builder.addIssuance(registrar, "2027-03-01", { count: 40, "existing-mail": 20, batch: 20 });
  }
  builder.batch("2027-03-01", [...endorsements(4), builder.withdraw(30, main), vouched(62)]);
  builder.close(main, "2027-03-01", "closed", (leaf) => {
    leaf.destroyed = { mailbox: 2, vouched: 1 };
  });
  deliver(builder, main.letter, { day: "2027-03-02", by: [keys.valid.organiser] });
  deliver(builder, main.letter, {
    day: "2027-03-02",
    by: organisers,
    edit: (delivery) => Object.assign(delivery, { how: "hand", bundle: SHA256_OF_NOTHING }),
  });
  builder.closeEarly(tooFew, "2027-03-02", "2027-03-10", [keys.valid.organiser, keys.valid.opener]);
  builder.close(tooFew, "2027-03-11", "too-few");
  answerByMail(builder, main.letter, { day: "2027-03-20" });
  builder.batch("2027-04-02", [
    builder.withdraw(5, main),
    builder.revise(4, main, { kind: "anonymous" }),
    builder.revise(6, main, { kind: "role", role: "Nurse", place: null }),
  ]);
  builder.hide(12, main, { day: "2027-03-05", reason: "asked" });
  builder.hide(20, main, { day: "2027-04-02", reason: "waiting" });
  const statement = enterStatement(builder, main.letter, { day: "2027-04-05", by: organisers });
  withhold(builder, statement.record, "2027-04-06", { evidence: false });
  const unanswered = judge(builder, main.letter, {
    day: "2027-04-06",
    by: organisers,
    edit: (record) => Object.assign(record, { demand: "end", state: "partly" }),
  });
  const added = changeDealings(builder, main.letter, {
    day: "2027-04-07",
    by: organisers,
    edit: (record) =>
      Object.assign(record, {
        changes: [
          {
            row: "award:EXAMPLE-0001",
            entry: { ...DEALING, office: "Office of Trials", status: "confirmed" },
          },
          { row: "own:engines", entry: DEALING },
        ],
      }),
  });
  changeDealings(builder, main.letter, {
    day: "2027-04-08",
    by: [keys.valid.organiser],
    edit: (record) =>
      Object.assign(record, { previous: added.record, changes: [{ row: "own:engines", entry: null }] }),
  });
  enter(
    "2027-04-08",
    { kind: "figure", what: "Share price", value: "-2.5", unit: "%", source: SOURCE },
    null,
    one,
  );
  const other = { workforce: builder.workforce, letter: confirmedOnly.letter };
  const elsewhere = { title: "Another trial", organisation: "Another Works", source: SOURCE };
  enter("2027-04-08", { kind: "elsewhere", ...elsewhere, follows: other }, null, one);
  const remark = enter("2027-04-08", { kind: "remark", text: "We wait.", source: null }, null, one);
  withhold(builder, remark.record, "2027-04-09", { evidence: false });
  judge(builder, main.letter, {
    day: "2027-04-09",
    by: organisers,
    edit: (record) =>
      Object.assign(record, {
        demand: "end",
        state: "promised",
        until: "2027-06-01",
        reason: "They say so.",
        source: SOURCE,
        previous: unanswered.record,
      }),
  });
  // The epoch is over; one registrar has not said yet that its keys are gone.
  builder.addDestruction(0, "2027-07-01");
  builder.addDestruction(2, "2027-07-03");
  return { builder, main, tooFew, confirmedOnly };
}

function appearanceOf(builder: SetBuilder, person: number, at: LetterRef): Appearance {
  // No mailbox has such a name by the pattern, so somebody has noted it.
  if (person % 8 === 0) {
    const confirmed = builder.confirmed(person, at, `Person ${person} Example`, { rule: "note" });
    return { ...confirmed, role: "Engineer", place: "Hamburg" };
  }
  if (person % 4 === 0)
    return {
      kind: "named",
      name: `Person ${person} Example`,
      confirmed: null,
      role: "Engineer",
      place: "Hamburg",
    };
  if (person % 4 === 1) return { kind: "role", role: "Nurse", place: person % 8 === 1 ? "São Paulo" : null };
  return { kind: "anonymous" };
}
