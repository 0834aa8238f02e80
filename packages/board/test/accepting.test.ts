/** What the board takes from strangers, and what it refuses. */
import {
  type Appearance,
  commitmentOf,
  decodeBase64url,
  type EndorsementRequest,
  encodeBase64url,
  type JsonValue,
  nameOf,
  randomBytes,
  signerFromSeed,
  verifyObject,
} from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { expect, it } from "vitest";
import { MAX_PENDING } from "../src/storage/pool-writer.ts";
import { Kit, makeRegistrars } from "./kit.ts";

const json = (value: unknown) => value as JsonValue;

eachDatabase("accepting", (database) => {
  const start = async (options = {}) =>
    await Kit.start({ databaseUrl: await database.freshUrl(), ...options });

  it("answers an endorsement with a signed receipt that names its leaf and the day after closing", async () => {
    const kit = await start();
    const letter = await kit.publish({ days: 10 });
    const person = kit.person(letter);
    const request = person.endorsement();
    const receipt = await kit.board.acceptEndorsement(kit.workforce, json(request));
    expect(receipt).toEqual({
      type: "receipt",
      v: 1,
      workforce: kit.workforce,
      letter: letter.id,
      leaf: nameOf(request.leaf),
      due: "2026-03-12",
      sig: receipt.sig,
    });
    expect(await verifyObject(receipt, kit.keys.boardKey)).toBe(true);
  });

  it("answers a hundred identical posts at once with one row and one receipt", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const request = json(kit.person(letter).endorsement());
    const receipts = await Promise.all(
      Array.from({ length: 100 }, () => kit.board.acceptEndorsement(kit.workforce, request)),
    );
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(await kit.rows("pool")).toBe(1);
    expect(await kit.rows("signatory")).toBe(1);
  });

  it("gives the same receipt again the next day, after release and after closing", async () => {
    const kit = await start();
    const letter = await kit.publish({ days: 2 });
    const request = json(kit.person(letter).endorsement());
    const first = await kit.board.acceptEndorsement(kit.workforce, request);
    await kit.nextDay();
    expect(await kit.board.acceptEndorsement(kit.workforce, request)).toEqual(first);
    await kit.toDay("2026-03-10");
    expect(await kit.board.acceptEndorsement(kit.workforce, request)).toEqual(first);
    await kit.nextDay();
    expect((await kit.recounted()).letters[0]).toMatchObject({ counted: { mailbox: 1 }, state: "closed" });
  });

  it("refuses a second, different endorsement by the same key, pending or released", async () => {
    const kit = await start({ registrars: 3, quorum: 2 });
    const letter = await kit.publish();
    const person = kit.person(letter);
    await kit.board.acceptEndorsement(kit.workforce, json(person.endorsement({ registrars: [0, 1] })));
    const other = json(person.endorsement({ registrars: [0, 2] }));
    const refusal = { code: "already-endorsed" };
    await expect(kit.board.acceptEndorsement(kit.workforce, other)).rejects.toMatchObject(refusal);
    await kit.nextDay();
    await expect(kit.board.acceptEndorsement(kit.workforce, other)).rejects.toMatchObject(refusal);
  });

  it("lets exactly one of two different endorsements by one key through when they race", async () => {
    const kit = await start({ registrars: 3, quorum: 2 });
    const letter = await kit.publish();
    const person = kit.person(letter);
    const requests = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map((registrars) => json(person.endorsement({ registrars })));
    const settled = await Promise.allSettled(
      [...requests, ...requests].map((request) => kit.board.acceptEndorsement(kit.workforce, request)),
    );
    const leaves = settled.filter((one) => one.status === "fulfilled").map((one) => one.value.leaf);
    expect(new Set(leaves).size).toBe(1);
    expect(leaves).toHaveLength(2);
    expect(await kit.rows("pool")).toBe(1);
  });

  it("takes endorsements from the first to the last day of a letter, and on no other", async () => {
    const kit = await start();
    const letter = await kit.publish({ opens: "2026-03-03", days: 2 });
    const attempt = () => kit.endorse(kit.person(letter));
    const refusal = { code: "letter-not-open" };
    await expect(attempt()).rejects.toMatchObject(refusal);
    kit.clock.set("2026-03-03");
    await attempt();
    kit.clock.set("2026-03-05");
    await attempt();
    kit.clock.set("2026-03-06");
    await expect(attempt()).rejects.toMatchObject(refusal);
  });

  it("does not add to the pool of a letter that was closed while the post was on its way", async () => {
    const kit = await start();
    const letter = await kit.publish({ days: 1 });
    const [person] = await kit.endorsed(letter, 1);
    await kit.toDay("2026-03-03");
    // The process of another board has an earlier day still.
    kit.clock.set("2026-03-02");
    await expect(kit.endorse(kit.person(letter))).rejects.toMatchObject({ code: "letter-not-open" });
    await expect(kit.endorse(person!)).resolves.toMatchObject({ leaf: person!.chain[0] });
    expect(await kit.rows("pool")).toBe(0);
  });

  it("refuses another number of tokens than the quorum", async () => {
    const kit = await start({ registrars: 3, quorum: 2 });
    const letter = await kit.publish();
    for (const registrars of [[0], [0, 1, 2]]) {
      const request = json(kit.person(letter).endorsement({ registrars }));
      await expect(kit.board.acceptEndorsement(kit.workforce, request)).rejects.toMatchObject({
        code: "wrong-quorum",
      });
    }
  });

  it("refuses two tokens of one registrar, and tokens that are not sorted", async () => {
    const kit = await start({ registrars: 3, quorum: 2 });
    const letter = await kit.publish();
    for (const registrars of [
      [0, 0],
      [1, 0],
    ]) {
      const request = json(kit.person(letter).endorsement({ registrars }));
      await expect(kit.board.acceptEndorsement(kit.workforce, request)).rejects.toMatchObject({
        code: "bad-field",
      });
    }
  });

  it("refuses tokens of another slot, class, epoch, workforce or key", async () => {
    const kit = await start({ epochs: 2 });
    await kit.openEpoch(2);
    const letter = await kit.publish();
    const other = encodeBase64url(randomBytes(32));
    for (const token of [
      { slot: 1 },
      { class: "vouched" as const },
      { epoch: 2 },
      { workforce: other },
      { key: other },
    ]) {
      const request = json(kit.person(letter).endorsement({ token }));
      await expect(kit.board.acceptEndorsement(kit.workforce, request)).rejects.toMatchObject({
        code: "token-invalid",
      });
    }
    expect(await kit.rows("pool")).toBe(0);
  });

  it("refuses a class without keys, a registrar without statement and a foreign registrar's key", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const person = kit.person(letter);
    const refusal = { code: "token-invalid" };
    await expect(
      kit.board.acceptEndorsement(kit.workforce, json(person.endorsement({ class: "vouched" }))),
    ).rejects.toMatchObject(refusal);
    const [foreign] = makeRegistrars(1, 1, "foreign");
    const { leaf } = person.endorsement();
    const named = person.sign({ ...leaf, tokens: [person.token({ ...foreign!, rsa: 0 })] });
    await expect(
      kit.board.acceptEndorsement(kit.workforce, json(person.request(named, null))),
    ).rejects.toMatchObject(refusal);
    const token = person.token({ ...kit.registrars[0]!, rsa: 40 });
    const forged = person.sign({ ...leaf, tokens: [token] });
    await expect(
      kit.board.acceptEndorsement(kit.workforce, json(person.request(forged, null))),
    ).rejects.toMatchObject(refusal);
  });

  it("refuses a leaf or a consent that another key has signed, or that was changed", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const person = kit.person(letter);
    const stranger = kit.person(letter);
    const good = person.endorsement({ remainder: "destroy" });
    const bad: EndorsementRequest[] = [
      { ...good, remainder: "release" },
      { ...good, sig: stranger.endorsement().sig },
      person.request({ ...good.leaf, sig: stranger.sign(good.leaf).sig }, null),
      person.request({ ...good.leaf, commitment: encodeBase64url(randomBytes(32)) }, null),
    ];
    for (const request of bad) {
      await expect(kit.board.acceptEndorsement(kit.workforce, json(request))).rejects.toMatchObject({
        code: "signature-invalid",
      });
    }
    await kit.board.acceptEndorsement(kit.workforce, json(good));
  });

  it("refuses keys and signatures that strict Ed25519 refuses", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const person = kit.person(letter);
    const { leaf } = person.endorsement();
    // S + L is the same number modulo L: a second spelling of a valid signature.
    const sig = decodeBase64url(leaf.sig, 64);
    let carry = 0n;
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    for (let i = 0; i < 32; i++) {
      const sum = BigInt(sig[32 + i]!) + ((order >> BigInt(8 * i)) & 0xffn) + carry;
      sig[32 + i] = Number(sum & 0xffn);
      carry = sum >> 8n;
    }
    const malleable = person.request({ ...leaf, sig: encodeBase64url(sig) }, null);
    await expect(kit.board.acceptEndorsement(kit.workforce, json(malleable))).rejects.toMatchObject({
      code: "signature-invalid",
    });
  });

  it("refuses an opening that is not the one committed to", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const person = kit.person(letter);
    const named: Appearance = {
      kind: "named",
      name: "Ann Example",
      confirmed: null,
      role: null,
      place: null,
    };
    const good = person.endorsement({ appearance: named });
    const opening = good.opening!;
    const bad = [
      { ...opening, appearance: { ...named, name: "Ann Exampel" } },
      { ...opening, salt: encodeBase64url(randomBytes(32)) },
      { ...opening, seq: 1 },
      { ...opening, letter: encodeBase64url(randomBytes(32)) },
      { ...opening, key: kit.person(letter).key },
    ];
    for (const one of bad) {
      await expect(
        kit.board.acceptEndorsement(kit.workforce, json({ ...good, opening: one })),
      ).rejects.toMatchObject({ code: "opening-mismatch" });
    }
    // A leaf may commit to anything: what it commits to must still be of this letter, key and number.
    for (const one of bad.slice(2)) {
      const leaf = person.sign({ ...good.leaf, commitment: commitmentOf(one) });
      await expect(
        kit.board.acceptEndorsement(kit.workforce, json(person.request(leaf, one))),
      ).rejects.toMatchObject({ code: "opening-mismatch" });
    }
    const anonymous = person.endorsement();
    const sent = { ...anonymous, opening: person.opening(0, { kind: "anonymous" }) };
    await expect(kit.board.acceptEndorsement(kit.workforce, json(sent))).rejects.toMatchObject({
      code: "opening-mismatch",
    });
  });

  it("refuses appearances that the letter does not offer, and roles and places that are not on the lists", async () => {
    const kit = await start();
    const all = await kit.publish();
    const namedOnly = await kit.publish({ appearances: ["named"] });
    const anonymousOnly = await kit.publish({ appearances: ["anonymous"] });
    const attempts: [typeof all, Appearance][] = [
      [all, { kind: "role", role: "Astronaut", place: null }],
      [all, { kind: "role", role: "Nurse", place: "The Moon" }],
      [all, { kind: "named", name: "Ann Example", confirmed: null, role: "Astronaut", place: null }],
      [namedOnly, { kind: "anonymous" }],
      [namedOnly, { kind: "role", role: "Nurse", place: null }],
      [anonymousOnly, { kind: "named", name: "Ann Example", confirmed: null, role: null, place: null }],
    ];
    for (const [letter, appearance] of attempts) {
      await expect(
        kit.board.acceptEndorsement(kit.workforce, json(kit.person(letter).endorsement({ appearance }))),
      ).rejects.toMatchObject({ code: "appearance-not-offered" });
    }
    const person = kit.person(all);
    await kit.endorse(person);
    await expect(kit.revise(person, { kind: "role", role: "Astronaut", place: null })).rejects.toMatchObject({
      code: "appearance-not-offered",
    });
  });

  it("does not know letters of other workforces, nor workforces that it does not serve", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const other = encodeBase64url(randomBytes(32));
    const request = json(kit.person(letter).endorsement());
    await expect(kit.board.acceptEndorsement(other, request)).rejects.toMatchObject({
      code: "workforce-unknown",
    });
    await expect(kit.board.acceptEndorsement("../..", request)).rejects.toMatchObject({
      code: "workforce-unknown",
    });
    const unknown = kit.person({ ...letter, id: other });
    await expect(
      kit.board.acceptEndorsement(kit.workforce, json(unknown.endorsement())),
    ).rejects.toMatchObject({ code: "letter-unknown" });
  });

  it("refuses requests with fields missing, added or of another type", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const good = kit.person(letter).endorsement();
    const { opening: _, ...missing } = good;
    await expect(kit.board.acceptEndorsement(kit.workforce, json(missing))).rejects.toMatchObject({
      code: "bad-field",
    });
    await expect(
      kit.board.acceptEndorsement(kit.workforce, json({ ...good, note: "" })),
    ).rejects.toMatchObject({ code: "unknown-field" });
    await expect(
      kit.board.acceptEndorsement(kit.workforce, json({ ...good, remainder: "keep" })),
    ).rejects.toMatchObject({ code: "bad-field" });
    await expect(kit.board.acceptRevision(kit.workforce, json(good))).rejects.toMatchObject({
      code: "unknown-field",
    });
  });

  it("takes what follows a key's newest leaf, and says of everything else what is wrong", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const person = kit.person(letter);
    const revise = (request: unknown) => kit.board.acceptRevision(kit.workforce, json(request));

    person.chain[0] = encodeBase64url(randomBytes(32));
    await expect(revise(person.revision())).rejects.toMatchObject({ code: "predecessor-unknown" });

    person.chain = [];
    await kit.endorse(person);
    const first = person.revision();
    const again = person.revision();
    await expect(revise(again)).rejects.toMatchObject({ code: "predecessor-unknown" });
    const receipt = await revise(first);
    expect(await revise(first)).toEqual(receipt);
    await revise(again);

    person.chain.length = 1;
    const rival = person.revision({ kind: "role", role: "Nurse", place: null });
    await expect(revise(rival)).rejects.toMatchObject({ code: "sequence-taken" });
    person.chain = [person.chain[0]!, encodeBase64url(randomBytes(32)), encodeBase64url(randomBytes(32))];
    await expect(revise(person.revision())).rejects.toMatchObject({ code: "predecessor-unknown" });

    person.chain = [person.chain[0]!, nameOf(first.leaf), nameOf(again.leaf)];
    await kit.nextDay();
    await expect(revise(rival)).rejects.toMatchObject({ code: "sequence-taken" });
    const later = await kit.withdraw(person);
    expect(later.due).toBe("2026-03-03");
    await kit.nextDay();
    expect((await kit.recounted()).letters[0]).toMatchObject({
      counted: { mailbox: 0 },
      withdrawn: { mailbox: 1 },
    });
  });

  it("lets exactly one of two changes of one key through when they race", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const [person] = await kit.endorsed(letter, 1);
    const revision = person!.revision();
    person!.chain.length = 1;
    const withdrawal = person!.withdrawal();
    const settled = await Promise.allSettled([
      kit.board.acceptRevision(kit.workforce, json(revision)),
      kit.board.acceptWithdrawal(kit.workforce, json(withdrawal)),
    ]);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(settled.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "sequence-taken" },
    });
    expect(await kit.rows("pool")).toBe(2);
  });

  it("takes a change of mind that arrives together with its endorsement", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const person = kit.person(letter);
    const named: Appearance = {
      kind: "named",
      name: "Ann Example",
      confirmed: null,
      role: null,
      place: null,
    };
    const endorsement = json(person.endorsement({ appearance: named }));
    const withdrawal = json(person.withdrawal());
    // The endorsement takes longer to check, so it may come second; then the withdrawal has nothing to follow.
    await Promise.allSettled([
      kit.board.acceptEndorsement(kit.workforce, endorsement),
      kit.board.acceptWithdrawal(kit.workforce, withdrawal),
    ]);
    await kit.board.acceptWithdrawal(kit.workforce, withdrawal);
    const { db } = kit.board.internals.database;
    expect(await db.selectFrom("pool").select("opening").execute()).toEqual([
      { opening: null },
      { opening: null },
    ]);
    await kit.nextDay();
    expect(await kit.rows("opening")).toBe(0);
    await kit.recounted();
  });

  it("bounds how many changes of one key can wait, and goes on after the tick", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const [person] = await kit.endorsed(letter, 1);
    for (let i = 1; i < MAX_PENDING; i++) await kit.revise(person!);
    await expect(kit.revise(person!)).rejects.toMatchObject({ code: "too-many-pending" });
    person!.chain.length = MAX_PENDING;
    await kit.nextDay();
    await kit.revise(person!);
    await kit.nextDay();
    await kit.recounted();
  });

  it("refuses a change signed by another key", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const [person] = await kit.endorsed(letter, 1);
    const thief = signerFromSeed(randomBytes(32));
    const { leaf } = person!.withdrawal();
    const forged = { ...leaf, sig: encodeBase64url(thief.sign(new Uint8Array(8))) };
    await expect(
      kit.board.acceptWithdrawal(kit.workforce, json({ type: "withdrawal-request", v: 1, leaf: forged })),
    ).rejects.toMatchObject({ code: "signature-invalid" });
  });

  it("logs nothing of a person: no line is written for an act", async () => {
    const kit = await start();
    const letter = await kit.publish();
    kit.log.length = 0;
    const [person] = await kit.endorsed(letter, 3);
    await kit.revise(person!);
    await expect(kit.revise({ ...person!, chain: [] } as never)).rejects.toThrow();
    expect(kit.log).toEqual([]);
  });
});
