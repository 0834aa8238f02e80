/** Names that are shown as confirmed: what must have signed them, and what somebody would try who has no confirmation. */
import type { Appearance } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import type { ConfirmOptions } from "../../../test/kit/log-builder.ts";
import { FIRST_DAY, failures, LogBuilder, recountLog } from "./helpers.ts";

const NAMES = { pattern: "{given}{family}{n}", order: "given-family" } as const;
const NAME = "Zoë Example";

function opened(options: ConstructorParameters<typeof LogBuilder>[0] = {}, letter = {}) {
  const log = new LogBuilder({ names: NAMES, vouching: 1, ...options });
  log.addEpoch();
  return { log, letter: log.addLetter(letter) };
}

describe("a name that k registrars have confirmed", () => {
  it("is counted among those confirmed, by pattern or by note, first or by a revision", async () => {
    const { log, letter } = opened();
    log.addBatch(FIRST_DAY, [
      log.endorse(letter, 0, { appearance: log.confirmed(letter, 0, NAME) }),
      log.endorse(letter, 1, {
        appearance: log.confirmed(letter, 1, "Ana Example", { rule: "note", registrars: [1, 2] }),
      }),
      log.endorse(letter, 2, {
        appearance: { kind: "named", name: NAME, confirmed: null, role: null, place: null },
      }),
      log.endorse(letter, 3),
    ]);
    log.addBatch("2026-03-04", [log.revise(letter, 3, log.confirmed(letter, 3, NAME))]);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]?.appearances.mailbox).toEqual({
      named: 4,
      confirmed: 3,
      role: 0,
      hidden: 0,
      anonymousOrErased: 0,
    });
    expect(report.letters[0]?.sentence).toContain(
      "4 of them show names, 3 confirmed by work mailbox and 1 as given by the signatory.",
    );
  });

  it("may be demanded by a letter, and then no other name is taken", async () => {
    const { log, letter } = opened({}, { names: "confirmed" });
    const batch = log.addBatch(FIRST_DAY, [
      log.endorse(letter, 0, { appearance: log.confirmed(letter, 0, NAME) }),
      log.endorse(letter, 1),
    ]);
    const before = await recountLog(log);
    expect(failures(before)).toEqual([]);
    expect(before.letters[0]?.sentence).toContain("1 of them shows a name, confirmed by work mailbox.");
    log.addBatch("2026-03-04", [
      log.revise(letter, 1, { kind: "named", name: NAME, confirmed: null, role: null, place: null }),
    ]);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`opening-not-offered ${batch + 4}`]);
    expect(report.letters[0]?.appearances.mailbox).toMatchObject({ named: 1, confirmed: 1 });
  });

  it("is confirmed by note alone where the workforce has no name rule", async () => {
    for (const [rule, expected] of [
      ["note", []],
      ["pattern", ["name-not-confirmed"]],
    ] as const) {
      const { log, letter } = opened({ names: null });
      log.addBatch(FIRST_DAY, [
        log.endorse(letter, 0, { appearance: log.confirmed(letter, 0, NAME, { rule }) }),
        log.endorse(letter, 1),
      ]);
      const codes = failures(await recountLog(log)).map((one) => one.split(" ")[0]);
      expect(codes).toEqual(expected);
    }
  });
});

describe("a name that is shown as confirmed is refused, and counted as nothing shown, when", () => {
  async function attempt(make: (of: ReturnType<typeof opened>) => Appearance): Promise<void> {
    const of = opened();
    const { log, letter } = of;
    const appearance = make(of);
    const index = log.addBatch(FIRST_DAY, [log.endorse(letter, 0), log.endorse(letter, 1)]) + 4;
    log.addBatch("2026-03-04", [log.revise(letter, 0, appearance)]);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`name-not-confirmed ${index}`]);
    expect(report.failures[0]?.message).not.toContain("Example");
    expect(report.letters[0]?.appearances.mailbox).toEqual({
      named: 0,
      confirmed: 0,
      role: 0,
      hidden: 0,
      anonymousOrErased: 2,
    });
    expect(report.letters[0]?.counted.mailbox).toBe(2);
  }
  const with_ = (options: ConfirmOptions) =>
    attempt(({ log, letter }) => log.confirmed(letter, 0, NAME, options));

  it.each<[string, ConfirmOptions]>([
    ["fewer registrars than the quorum have confirmed it", { registrars: [0] }],
    ["more have", { registrars: [0, 1, 2] }],
    ["they have confirmed another name", { signedName: "Ana Example" }],
    ["they have confirmed it by another rule", { signedRule: "note" }],
    ["they have confirmed it for another person's key", { keyOf: 1 }],
    ["they have confirmed it for another slot", { at: { slot: 1 } }],
    ["they have confirmed it for another epoch", { at: { epoch: 2 } }],
    ["they have confirmed it for another workforce", { at: { workforce: "A".repeat(43) } }],
  ])("%s", async (_, options) => {
    await with_(options);
  });

  it("one of them is a stranger", async () => {
    await attempt(({ log, letter }) =>
      log.confirmed(letter, 0, NAME, { signers: [log.registrars[0]!, log.signer("stranger")] }),
    );
  });

  it("one registrar's signature stands under another's name", async () => {
    await attempt(({ log, letter }) => {
      const made = structuredClone(log.confirmed(letter, 0, NAME));
      if (made.kind !== "named" || made.confirmed === null) throw new Error("no confirmation");
      const [one, other] = made.confirmed.by;
      return { ...made, confirmed: { ...made.confirmed, by: [one!, { ...other!, sig: one!.sig }] } };
    });
  });

  it("its salt is another", async () => {
    await attempt(({ log, letter }) => {
      const made = log.confirmed(letter, 0, NAME);
      if (made.kind !== "named" || made.confirmed === null) throw new Error("no confirmation");
      return { ...made, confirmed: { ...made.confirmed, salt: "A".repeat(43) } };
    });
  });

  it("a registrar without a right statement for the epoch has confirmed it", async () => {
    const log = new LogBuilder({ names: NAMES });
    log.addEpoch({ registrars: [0, 1] });
    const letter = log.addLetter();
    const batch = log.addBatch(FIRST_DAY, [
      log.endorse(letter, 0, { appearance: log.confirmed(letter, 0, NAME) }),
      log.endorse(letter, 1),
    ]);
    expect(failures(await recountLog(log))).toEqual([]);
    log.addBatch("2026-03-04", [
      log.revise(letter, 1, log.confirmed(letter, 1, NAME, { registrars: [1, 2] })),
    ]);
    expect(failures(await recountLog(log))).toEqual([`name-not-confirmed ${batch + 4}`]);
  });

  it("its signatory was vouched for, who has no mailbox", async () => {
    const { log, letter } = opened();
    const batch = log.addBatch(FIRST_DAY, [log.endorse(letter, 0), log.endorse(letter, 1)]);
    log.addBatch("2026-03-04", [
      log.endorse(letter, 2, { class: "vouched", appearance: log.confirmed(letter, 2, NAME) }),
      log.endorse(letter, 3, { class: "vouched" }),
    ]);
    log.addBatch("2026-03-05", [log.revise(letter, 3, log.confirmed(letter, 3, NAME))]);
    const report = await recountLog(log);
    expect(failures(report).map((one) => one.split(" ")[0])).toEqual([
      "name-not-confirmed",
      "name-not-confirmed",
    ]);
    expect(failures(report)[1]).toBe(`name-not-confirmed ${batch + 7}`);
    expect(report.letters[0]?.appearances.vouched).toMatchObject({ named: 0, confirmed: 0 });
  });
});
