/** What comes out when: quiet until the first number, release days, minima, remainders, closing. */
import { eachDatabase } from "@undersigned/service/testing";
import { expect, it } from "vitest";
import { FIRST_DAY, Kit, shownName } from "./kit.ts";

eachDatabase("releasing", (database) => {
  const start = async (options = {}) =>
    await Kit.start({ databaseUrl: await database.freshUrl(), ...options });

  it("tells nothing of a letter but its leaf until the first number is reached, then releases all at once", async () => {
    const kit = await start();
    const letter = await kit.publish({ first: 5 });
    await kit.endorsed(letter, 4);
    const quiet = await kit.index();
    for (let i = 0; i < 3; i++) {
      await kit.nextDay();
      const index = await kit.index();
      expect(index.letters).toEqual(quiet.letters);
      expect(index.letters[0]).toMatchObject({ endorsements: 0, bits: 0, pages: 0, closing: null });
      expect(await kit.source().read(`openings/${letter.id}/0.json`, 1e6)).toBeNull();
      expect((await kit.signatories(letter.id)).entries).toEqual([]);
    }
    await kit.endorsed(letter, 1);
    expect((await kit.index()).letters).toEqual(quiet.letters);
    await kit.nextDay();
    const report = await kit.recounted();
    expect(report.letters[0]).toMatchObject({ counted: { mailbox: 5, vouched: 0 }, state: "open" });
    expect((await kit.index()).letters[0]).toMatchObject({ endorsements: 5, pages: 1, bits: 0 });
    expect(await kit.rows("pool")).toBe(0);
  });

  it("releases nothing upon an arrival and nothing twice on a day", async () => {
    const kit = await start();
    const letter = await kit.publish();
    await kit.endorsed(letter, 3);
    const before = await kit.checkpoint();
    expect((await kit.board.tick()).reports).toEqual([]);
    expect(await kit.checkpoint()).toEqual(before);
    await kit.nextDay();
    const after = await kit.checkpoint();
    await kit.endorsed(letter, 3);
    expect((await kit.board.tick()).reports).toEqual([]);
    expect(await kit.checkpoint()).toEqual(after);
  });

  it("releases on the letter's release days only", async () => {
    const kit = await start();
    const letter = await kit.publish({ every: 3, days: 9 });
    await kit.endorsed(letter, 2);
    const counts: number[] = [];
    for (let i = 0; i < 7; i++) {
      await kit.nextDay();
      await kit.endorsed(letter, 1);
      counts.push((await kit.index()).letters[0]!.endorsements);
    }
    expect(counts).toEqual([0, 0, 4, 4, 4, 7, 7]);
    await kit.recounted();
  });

  it("does not make up for a release day that was missed", async () => {
    const kit = await start();
    const letter = await kit.publish({ every: 3, days: 9 });
    await kit.endorsed(letter, 2);
    await kit.toDay("2026-03-05");
    expect((await kit.index()).letters[0]!.endorsements).toBe(0);
    await kit.toDay("2026-03-07");
    expect((await kit.index()).letters[0]!.endorsements).toBe(2);
    await kit.recounted();
  });

  it("does not release on the day of opening, even when that came before the epoch's tick", async () => {
    const kit = await start();
    const letter = await kit.publish({ opens: "2026-03-04" });
    await expect(kit.endorsed(letter, 1)).rejects.toMatchObject({ code: "letter-not-open" });
    await kit.toDay("2026-03-04");
    await kit.endorsed(letter, 1);
    expect((await kit.index()).letters[0]!.endorsements).toBe(0);
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(1);
  });

  it("lets a remainder under the minimum wait for the next release day", async () => {
    const kit = await start();
    const letter = await kit.publish({ min: 3 });
    await kit.endorsed(letter, 3);
    await kit.nextDay();
    await kit.endorsed(letter, 2);
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(3);
    await kit.endorsed(letter, 1);
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(6);
    await kit.recounted();
  });

  it("destroys the whole pool, and every trace of it, when the first number is never reached", async () => {
    const kit = await start();
    const letter = await kit.publish({ first: 4, days: 2 });
    const [person] = await kit.endorsed(letter, 3);
    await kit.revise(person!, {
      kind: "named",
      name: "Ann Example",
      confirmed: null,
      role: null,
      place: null,
    });
    await kit.toDay("2026-03-04");
    const leaves = await kit.leaves();
    expect(leaves.at(-1)).toMatchObject({
      type: "closing",
      day: "2026-03-04",
      outcome: "too-few",
      counts: { mailbox: 0, vouched: 0 },
      withdrawn: { mailbox: 0, vouched: 0 },
      destroyed: null,
    });
    expect(leaves.some((leaf) => leaf.type === "batch")).toBe(false);
    for (const table of ["pool", "signatory", "opening"] as const) expect(await kit.rows(table)).toBe(0);
    await expect(kit.endorse(kit.person(letter))).rejects.toMatchObject({ code: "letter-not-open" });
    expect((await kit.recounted()).letters[0]).toMatchObject({ state: "too-few" });
  });

  it("counts for the first number only keys that count after the release", async () => {
    const kit = await start();
    const letter = await kit.publish({ first: 3, days: 4 });
    const people = await kit.endorsed(letter, 3);
    await kit.withdraw(people[0]!);
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(0);
    await kit.endorsed(letter, 1);
    await kit.nextDay();
    expect((await kit.recounted()).letters[0]).toMatchObject({
      counted: { mailbox: 3 },
      withdrawn: { mailbox: 1 },
    });
  });

  it("releases at closing a remainder under the minimum with those who agreed, and destroys the others", async () => {
    const kit = await start();
    const letter = await kit.publish({ first: 3, min: 3, days: 3 });
    await kit.endorsed(letter, 3);
    await kit.nextDay();
    await kit.endorsed(letter, 1, "release");
    const [refusing] = await kit.endorsed(letter, 1, "destroy");
    await kit.revise(refusing!, {
      kind: "named",
      name: "Ann Example",
      confirmed: null,
      role: null,
      place: null,
    });
    await kit.toDay("2026-03-05");
    const report = await kit.recounted();
    expect(report.letters[0]).toMatchObject({
      state: "closed",
      counted: { mailbox: 4 },
      closing: { destroyed: { mailbox: 1, vouched: 0 }, counts: { mailbox: 4, vouched: 0 } },
    });
    expect(await kit.rows("pool")).toBe(0);
    expect(await kit.rows("signatory")).toBe(4);
    await expect(kit.withdraw(refusing!)).rejects.toMatchObject({ code: "predecessor-unknown" });
  });

  it("releases at closing a remainder that reaches the minimum whole, whatever was agreed", async () => {
    const kit = await start();
    const letter = await kit.publish({ min: 3, every: 30, days: 3 });
    await kit.endorsed(letter, 3, "destroy");
    await kit.toDay("2026-03-05");
    expect((await kit.recounted()).letters[0]).toMatchObject({
      counted: { mailbox: 3 },
      closing: { destroyed: { mailbox: 0 } },
    });
  });

  it("does not count on those who refuse a small batch when it looks for the first number at closing", async () => {
    const kit = await start();
    const letter = await kit.publish({ first: 3, min: 5, days: 2 });
    await kit.endorsed(letter, 2, "release");
    await kit.endorsed(letter, 2, "destroy");
    await kit.toDay("2026-03-04");
    expect((await kit.recounted()).letters[0]).toMatchObject({ state: "too-few" });
    expect(await kit.rows("signatory")).toBe(0);
  });

  it("closes late when the board was down, on whatever day it comes back", async () => {
    const kit = await start();
    const letter = await kit.publish({ days: 2, every: 7 });
    await kit.endorsed(letter, 2);
    await kit.board.close();
    kit.clock.set("2026-03-20");
    await kit.open();
    await kit.board.tick();
    expect((await kit.recounted()).letters[0]).toMatchObject({
      state: "closed",
      counted: { mailbox: 2 },
      closing: { day: "2026-03-20" },
    });
  });

  it("lets revisions and withdrawals go on after closing, outside of the closing's count", async () => {
    const kit = await start();
    const letter = await kit.publish({ days: 1 });
    const people = await kit.endorsed(letter, 3);
    await kit.toDay("2026-03-03");
    const receipt = await kit.withdraw(people[0]!);
    expect(receipt.due).toBe("2026-03-04");
    await kit.nextDay();
    const report = await kit.recounted();
    expect(report.letters[0]).toMatchObject({
      counted: { mailbox: 2 },
      withdrawn: { mailbox: 1 },
      closing: { counts: { mailbox: 3 } },
    });
  });

  it("writes one batch for several letters, and none when nothing is due", async () => {
    const kit = await start();
    const letters = [await kit.publish(), await kit.publish(), await kit.publish()];
    await kit.endorsed(letters[0]!, 3);
    await kit.endorsed(letters[2]!, 2);
    await kit.nextDay();
    const batches = (await kit.leaves()).filter((leaf) => leaf.type === "batch");
    expect(batches).toHaveLength(1);
    const expected = [
      { letter: letters[0]!.id, mailbox: 3, vouched: 0, revisions: 0, withdrawals: 0 },
      { letter: letters[2]!.id, mailbox: 2, vouched: 0, revisions: 0, withdrawals: 0 },
    ].sort((a, b) => (a.letter < b.letter ? -1 : 1));
    expect(batches[0]).toMatchObject({ day: "2026-03-02", letters: expected });
    const before = await kit.checkpoint();
    await kit.nextDay();
    expect(await kit.checkpoint()).toEqual(before);
    await kit.recounted();
  });

  it("holds endorsements back while a registrar has stated too few, and not at closing", async () => {
    const kit = await start({ registrars: 2, quorum: 2 });
    kit.registrars[1]!.issued = null;
    const letter = await kit.publish({ days: 5 });
    await kit.endorsed(letter, 21);
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(0);
    expect(kit.events()).toContainEqual({ event: "held-for-issuance", epoch: 1, slot: 0, class: "mailbox" });
    expect(kit.events()).toContainEqual({
      event: "issuance-missing",
      epoch: 1,
      registrar: 1,
      reason: "unreachable",
    });
    // 0 stated with a batch of 20: 19 may have been issued.
    kit.registrars[1]!.issued = 5;
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(0);
    kit.registrars[1]!.issued = 25;
    await kit.nextDay();
    expect((await kit.recounted()).letters[0]).toMatchObject({ counted: { mailbox: 21 } });

    kit.registrars[1]!.issued = null;
    await kit.endorsed(letter, 18);
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(39);
    // 20 stated and 19 that may have been issued besides: the 40th is one too many, however few come at a time.
    await kit.endorsed(letter, 1);
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(39);
    await kit.nextDay();
    const report = await (await import("@undersigned/verify")).recount(kit.source(), {
      workforce: kit.workforce,
    });
    expect(report.letters[0]).toMatchObject({ state: "closed", counted: { mailbox: 40 } });
    expect(report.failures.map(({ code }) => code)).toEqual(["more-endorsed-than-issued"]);
  });

  it("logs a registrar's statement when it says something new, and never a lower one", async () => {
    const kit = await start();
    const [registrar] = kit.registrars;
    const logged = async () => (await kit.leaves()).filter((leaf) => leaf.type === "issuance").length;
    await kit.nextDay();
    expect(await logged()).toBe(1);
    await kit.nextDay();
    expect(await logged()).toBe(1);
    registrar!.issued = 100_050;
    await kit.nextDay();
    expect(await logged()).toBe(2);
    registrar!.issued = 60;
    await kit.nextDay();
    expect(await logged()).toBe(2);
    expect(kit.events()).toContainEqual({
      event: "issuance-missing",
      epoch: 1,
      registrar: 0,
      reason: "fell",
    });
    expect(kit.asked.map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]);
    await kit.recounted();
  });

  it("keeps only what is shown with a key's newest released leaf", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const people = Array.from({ length: 4 }, () => kit.person(letter));
    const named = (name: string) => ({
      kind: "named" as const,
      name,
      confirmed: null,
      role: null,
      place: "Berlin",
    });
    for (const [i, person] of people.entries()) {
      await kit.board.acceptEndorsement(
        kit.workforce,
        person.endorsement({ appearance: named(`Person ${i}`) }) as never,
      );
    }
    // Pending and superseded: never to be shown, and erased at once.
    await kit.revise(people[0]!);
    await kit.nextDay();
    const shown = async () => {
      const page = await kit.openings(letter.id);
      return page.entries.map(shownName).sort();
    };
    expect(await shown()).toEqual(["Person 1", "Person 2", "Person 3"]);
    await kit.revise(people[1]!, named("Person one"));
    await kit.revise(people[2]!);
    await kit.withdraw(people[3]!);
    expect(await shown()).toEqual(["Person 1", "Person 2", "Person 3"]);
    await kit.nextDay();
    expect(await shown()).toEqual(["Person one"]);
    const report = await kit.recounted();
    expect(report.letters[0]!.appearances.mailbox).toEqual({
      named: 1,
      confirmed: 0,
      role: 0,
      hidden: 0,
      anonymousOrErased: 2,
    });
    expect(await kit.rows("opening")).toBe(1);

    expect(
      await kit.board.eraseOpening({ workforce: kit.workforce, letter: letter.id, key: people[1]!.key }),
    ).toBe(true);
    expect(await shown()).toEqual([]);
    await kit.recounted();
  });

  it("releases a chain that waited together in order, and shows its newest state", async () => {
    const kit = await start();
    const letter = await kit.publish({ min: 3 });
    const people = await kit.endorsed(letter, 2);
    await kit.revise(people[0]!);
    await kit.withdraw(people[0]!);
    const receipt = await kit.revise(people[0]!, {
      kind: "role",
      role: "Nurse",
      place: null,
    });
    // It cannot come out before its endorsement, whose day is the one after closing.
    expect(receipt.due).toBe("2026-03-12");
    await kit.nextDay();
    expect((await kit.index()).letters[0]!.endorsements).toBe(0);
    await kit.endorsed(letter, 1);
    await kit.nextDay();
    const report = await kit.recounted();
    expect(report.letters[0]).toMatchObject({ counted: { mailbox: 3 }, withdrawn: { mailbox: 0 } });
    const batch = (await kit.leaves()).find((leaf) => leaf.type === "batch");
    expect(batch).toMatchObject({ letters: [{ mailbox: 3, revisions: 2, withdrawals: 1 }] });
    const bucket = await kit.signatories(letter.id);
    expect(bucket.entries).toContainEqual(
      expect.objectContaining({ key: people[0]!.key, seq: 3, state: "counted", leaf: people[0]!.chain[3] }),
    );
    expect(bucket.entries.map(({ key }) => key)).toEqual(bucket.entries.map(({ key }) => key).toSorted());
    expect(FIRST_DAY).toBe("2026-03-01");
  });
});
