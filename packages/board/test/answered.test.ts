/** What becomes of a letter: handed over, answered, judged, and the register of dealings. */
import { addDays, encodeBase64url, encodeRecord, sha256, withheldRecord } from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { answerPath, documentPath, recordPath, withheldPath } from "@undersigned/verify";
import { expect, it } from "vitest";
import { letterAfterClosing } from "../src/index.ts";
import { Afterwards, dealing, hashOf, PDF } from "./afterwards.ts";

eachDatabase("a closed letter", (database) => {
  const closed = async () => Afterwards.closed({}, { databaseUrl: await database.freshUrl() });

  it("is handed over, answered and judged; its log recounts, its index lists the leaves, and each is asked for again in vain", async () => {
    const after = await closed();
    const { kit, letter, of } = after;
    const evidence = new TextEncoder().encode("From: board@example.com\r\n\r\nWe have read the letter.\r\n");
    const mail = after.mail({ evidence: encodeBase64url(sha256(evidence)) });
    const statement = after.statement();
    const judgement = after.judgement();
    const later = after.judgement({ previous: hashOf(judgement), state: "met" });
    const other = after.judgement({ demand: "say", state: "promised", until: "2026-12-31" });
    const dealings = after.dealings();
    const change = after.dealings({
      previous: hashOf(dealings),
      changes: [
        { row: "own:1", entry: null },
        { row: "own:2", entry: dealing() },
        { row: "own:3", entry: dealing() },
      ],
    });
    const delivery = await after.deliveryRequest();
    const steps = [
      () => kit.board.logDelivery(kit.workforce, delivery),
      () => after.logMail(mail, evidence),
      () => after.log(statement),
      () => after.log(judgement),
      () => after.log(other),
      () => after.log(later),
      () => after.log(dealings, [kit.opener]),
      () => after.log(change),
    ];
    const { size } = await kit.index();
    const answers = [];
    for (const step of steps) answers.push(await step());
    expect(answers.map(({ index }) => index)).toEqual(steps.map((_, i) => size + i));
    for (const [i, step] of steps.entries()) expect(await step()).toEqual(answers[i]);

    const index = await kit.index();
    expect(index.size).toBe(size + steps.length);
    expect(index.letters[0]).toMatchObject({
      deliveries: [size],
      responses: [size + 1, size + 2],
      judgements: [size + 3, size + 4, size + 5],
      dealings: [size + 6, size + 7],
    });
    const day = kit.clock.day();
    expect((await kit.leaves()).slice(size)).toMatchObject([
      { type: "delivery", day, delivered: day, how: "hand", size },
      { type: "response", kind: "mail", record: hashOf(mail), by: [] },
      { type: "response", kind: "statement", record: hashOf(statement), by: [{}, {}] },
      { type: "judgement", record: hashOf(judgement) },
      { type: "judgement", record: hashOf(other) },
      { type: "judgement", record: hashOf(later) },
      { type: "dealings", record: hashOf(dealings), by: [{ organiser: kit.opener.publicKey }] },
      { type: "dealings", record: hashOf(change) },
    ]);
    for (const record of [mail, statement, judgement, other, later, dealings, change])
      expect(await kit.file(recordPath(hashOf(record)))).toEqual(encodeRecord(record));
    expect(await kit.file(documentPath(encodeBase64url(sha256(PDF))))).toEqual(PDF);
    expect(await kit.file(answerPath(mail.evidence!))).toEqual(evidence);

    expect(await letterAfterClosing(kit.board.internals.database.db, of)).toMatchObject({
      deliveries: [{ index: size, leaf: { how: "hand" } }],
      responses: [
        { record: hashOf(mail), day, kind: "mail", withheld: false },
        { record: hashOf(statement), day, kind: "statement", withheld: false },
      ],
      judged: new Map([
        ["end", hashOf(later)],
        ["say", hashOf(other)],
      ]),
      dealings: hashOf(change),
      rows: 2,
    });
    expect(kit.events().slice(-8)).toMatchObject([
      { event: "delivery-logged", epoch: 1, slot: letter.slot },
      ...["response", "response", "judgement", "judgement", "judgement", "dealings", "dealings"].map(
        (kind) => ({ event: "record-logged", kind }),
      ),
    ]);
    await kit.nextDay();
    expect((await kit.recounted()).letters[0]).toMatchObject({
      deliveries: [{ leaf: size, delivered: day }],
      responses: [
        { response: { text: mail.text }, withheld: null, evidence: true },
        { response: { text: statement.text }, withheld: null },
      ],
      judgements: [{ judgement: { state: "refused" } }, { judgement: { demand: "say" } }, {}],
      dealings: [{ rows: 1 }, { rows: 2 }],
    });
  });

  it("shows day and reason in the place of an answer that is withheld, and the answer cannot come back", async () => {
    const after = await closed();
    const { kit, of } = after;
    await after.deliver();
    const statement = after.statement();
    const other = after.statement();
    const answer = await after.log(statement);
    await after.log(other);
    kit.clock.set(addDays(kit.clock.day(), 3));
    const hash = hashOf(statement);
    expect(await after.withhold(hash)).toEqual(answer);
    expect(await after.withhold(hash, kit.opener, { reason: "unlawful" })).toEqual(answer);
    expect(await after.log(statement)).toEqual(answer);
    expect(await kit.file(recordPath(hash))).toBeNull();
    expect(withheldRecord.check((await kit.json(withheldPath(hash))) as never, "")).toEqual({
      type: "withheld-record",
      v: 1,
      record: hash,
      day: kit.clock.day(),
      reason: "names-people",
    });
    expect(await kit.file(recordPath(hashOf(other)))).not.toBeNull();
    expect(await kit.file(withheldPath(hashOf(other)))).toBeNull();
    const { responses } = await letterAfterClosing(kit.board.internals.database.db, of);
    expect(responses.map(({ withheld }) => withheld)).toEqual([true, false]);
    expect(kit.events().filter(({ event }) => event === "record-withheld")).toHaveLength(1);
    expect((await kit.recounted()).letters[0]!.responses).toMatchObject([
      { response: null, withheld: { day: kit.clock.day(), reason: "names-people" } },
      { response: { text: other.text }, withheld: null },
    ]);
  });
});
