/** Early closings (PROTOCOL §4 rule 12): two organisers, once, and 48 hours ahead; from then on the letter's last day is the new one. */
import { describe, expect, it } from "vitest";
import { openWorkforce } from "../src/index.ts";
import {
  endorsements,
  FIRST_DAY,
  failures,
  type LogBuilder,
  memorySource,
  openedLog,
  recountLog,
  smallLog,
} from "./helpers.ts";

const DAY = "2026-03-10";
const CLOSES = "2026-03-12";

function closed(change: Parameters<LogBuilder["closeEarly"]>[3]["edit"] = undefined, by?: "strangers") {
  const { log, letter } = smallLog();
  const signers = by === undefined ? log.organisers : [log.organisers[0]!, log.signer("a stranger")];
  const options = change === undefined ? { by: signers } : { by: signers, edit: change };
  const index = log.closeEarly(letter, DAY, CLOSES, options);
  return { log, letter, index };
}

describe("a letter closed early", () => {
  it("ends on the new day, at a tick after it, and the report says who agreed and when", async () => {
    const { log, letter, index } = closed();
    log.addBatch("2026-03-12", endorsements(log, letter, 2, 10));
    log.addBatch("2026-03-13", endorsements(log, letter, 1, 20));
    log.close(letter, "2026-03-13");
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]).toMatchObject({
      closes: CLOSES,
      state: "closed",
      earlyClosing: {
        leaf: index,
        day: DAY,
        instead: "2026-04-30",
        by: log.organisers.map(({ publicKey }) => publicKey).sort(),
      },
    });
    expect(report.letters[0]!.sentence).toContain(
      "On 2026-03-10, 2 organisers moved its last day from 2026-04-30 to 2026-03-12.",
    );
  });

  it("releases nothing after the new day but in its closing batch", async () => {
    const { log, letter } = closed();
    const batch = log.addBatch("2026-03-13", endorsements(log, letter, 2, 10));
    expect(failures(await recountLog(log))).toEqual([`batch-wrong-day ${batch}`]);
  });

  it("is not closed on the new day itself", async () => {
    const { log, letter } = closed();
    const closing = log.close(letter, CLOSES);
    expect(failures(await recountLog(log))).toEqual([`closing-too-early ${closing}`]);
  });

  it("is shown to clients with the new day, under the proof of the leaf", async () => {
    const { log, letter, index } = closed();
    const view = await openWorkforce(memorySource(await log.files()), log.workforce);
    expect(view.letters.get(letter.letter)).toMatchObject({ closes: CLOSES, earlyClosing: { index } });
  });
});

describe("an early closing is refused", () => {
  it.each([
    ["in 47 hours", { closes: "2026-03-11" }],
    ["on the day that it had before", { closes: "2026-04-30" }],
    ["on a later day", { closes: "2026-05-01" }],
    ["dated before the last batch", { day: "2026-03-02" }],
  ])("%s", async (_, change) => {
    const { log, letter } = smallLog();
    const day = "day" in change ? change.day : DAY;
    const closes = "closes" in change ? change.closes : CLOSES;
    const index = log.closeEarly(letter, day, closes, { by: log.organisers });
    const report = await recountLog(log);
    expect(failures(report)).toContain(`early-closing-days ${index}`);
    expect(report.letters[0]!.closes).toBe("2026-04-30");
  });

  it("by one organiser, whose leaf is none", async () => {
    const { log, letter } = smallLog();
    expect(() => log.closeEarly(letter, DAY, CLOSES, { by: log.organisers })).not.toThrow();
    const raw = new TextDecoder().decode(log.entries.at(-1));
    const leaf = JSON.parse(raw);
    leaf.by.pop();
    log.entries[log.entries.length - 1] = new TextEncoder().encode(JSON.stringify(leaf));
    expect(failures(await recountLog(log))).toContain(`leaf-malformed ${log.entries.length - 1}`);
  });

  it("by one organiser and a stranger", async () => {
    const { log, index } = closed(undefined, "strangers");
    expect(failures(await recountLog(log))).toContain(`early-closing-signatures ${index}`);
  });

  it("with signatures over another day", async () => {
    const { log, index } = closed((leaf) => {
      leaf.closes = "2026-03-20";
    });
    expect(failures(await recountLog(log))).toContain(`early-closing-signatures ${index}`);
  });

  it("twice", async () => {
    const { log, letter } = closed();
    const second = log.closeEarly(letter, "2026-03-10", "2026-03-15", { by: log.organisers });
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`early-closing-repeated ${second}`]);
    expect(report.letters[0]!.closes).toBe(CLOSES);
  });

  it("after the letter was closed", async () => {
    const { log, letter } = smallLog();
    log.close(letter, "2026-05-01");
    const index = log.closeEarly(letter, DAY, CLOSES, { by: log.organisers });
    expect(failures(await recountLog(log))).toContain(`leaf-out-of-place ${index}`);
  });

  it("of a letter that was never opened, and of another workforce", async () => {
    const { log, letter } = smallLog();
    const unknown = { ...letter, letter: log.salt("no letter") };
    const first = log.closeEarly(unknown, DAY, CLOSES, { by: log.organisers });
    const second = log.closeEarly(letter, DAY, CLOSES, {
      by: log.organisers,
      edit: (leaf) => {
        leaf.workforce = log.salt("another workforce");
      },
    });
    expect(failures(await recountLog(log))).toEqual(
      expect.arrayContaining([`letter-unknown ${first}`, `workforce-mismatch ${second}`]),
    );
  });

  it("within a batch", async () => {
    const { log, letter } = openedLog();
    const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 3));
    const inside = log.entries.pop()!;
    log.closeEarly(letter, DAY, CLOSES, { by: log.organisers });
    log.appendRaw(inside);
    expect(failures(await recountLog(log))).toContain(`batch-count-wrong ${batch}`);
  });
});

it("says of an unlisted letter closed early that its organisers are not known", async () => {
  const log = openedLog().log;
  const letter = log.addLetter({ public: false });
  log.closeEarly(letter, DAY, CLOSES, { by: [log.signer("a"), log.signer("b")] });
  const report = await recountLog(log);
  expect(failures(report)).toEqual([]);
  expect(report.letters[1]!.closes).toBe(CLOSES);
  expect(report.notChecked.map(({ message }) => message).join("\n")).toContain(
    "That those who moved the last day of letter",
  );
});
