/** What is refused of what is brought about a closed letter, and that nothing of it comes into the log. */
import {
  addDays,
  createLinkKey,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  MAX_DEALINGS,
  MAX_EVIDENCE_BYTES,
  sealLetter,
  sha256,
  signerFromSeed,
  utf8Encode,
} from "@undersigned/core";
import { copyPath, documentPath } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { Afterwards, dealing, hash, hashOf, MAILBOX, PDF, second, source, stranger } from "./afterwards.ts";
import { seedOf } from "./kit.ts";

const refused = (code: string) => expect.objectContaining({ code });
type Step = readonly [code: string, act: () => Promise<unknown>];

/** Each is refused with its code, and the log stays as it was. */
async function allRefused({ kit }: Afterwards, steps: readonly Step[]): Promise<void> {
  const { size } = await kit.index();
  for (const [code, act] of steps) await expect(act()).rejects.toEqual(refused(code));
  expect((await kit.index()).size).toBe(size);
}

describe("a delivery", () => {
  it("is refused of a letter that is open, and before its days", async () => {
    const after = await Afterwards.published();
    await after.kit.endorsed(after.letter, 1);
    await allRefused(after, [["letter-not-closed", () => after.deliver()]]);
    await after.close();
    await after.deliver();
    await after.kit.recounted();
  });

  it("is refused of a letter that too few have signed", async () => {
    const after = await Afterwards.published({ first: 3 });
    await after.kit.endorsed(after.letter, 2);
    await after.close();
    await allRefused(after, [["letter-not-closed", () => after.deliver()]]);
  });

  it("is refused by strangers, removed organisers, for other days, sizes and files than those of the closed letter", async () => {
    const after = await Afterwards.closed();
    const { kit, letter } = after;
    const { size, letters } = await kit.index();
    const today = kit.clock.day();
    const log = (body: unknown) => kit.board.logDelivery(kit.workforce, body as JsonValue);
    const request = await after.deliveryRequest();
    await allRefused(after, [
      ["not-an-organiser", () => after.deliver({}, [stranger])],
      ["not-an-organiser", () => after.deliver({}, [kit.opener, stranger])],
      ["letter-unknown", async () => log({ ...request, letter: hash() })],
      ["delivery-days", () => after.deliver({ delivered: letter.leaf.closes })],
      ["delivery-days", () => after.deliver({ delivered: addDays(today, 1) })],
      ["delivery-size", () => after.deliver({ size: size + 1 })],
      ["delivery-size", () => after.deliver({ size: letters[0]!.closing! })],
      ["document-mismatch", () => after.deliver({ document: hash() })],
      ["bad-field", async () => log({ ...request, acceptance: hash() })],
      [
        "document-mismatch",
        async () => log(await after.deliveryRequest({}, undefined, utf8Encode("<script>alert(1)</script>"))),
      ],
      // The signatures are over every field but those that are the board's.
      ...(
        [
          { delivered: addDays(today, -1) },
          { how: "post" },
          { size: size - 1 },
          { bundle: hash() },
          { nonce: hash() },
          { workforce: hash() },
        ] as const
      ).map((change): Step => ["signature-invalid", async () => log({ ...request, ...change })]),
    ]);
    const removed = kit.opener.publicKey;
    Object.assign(kit.board.internals, { refusesKey: async (key: string) => key === removed });
    await allRefused(after, [["key-refused", () => after.deliver({}, [kit.opener, second])]]);
    expect(await kit.file(documentPath(request.document))).toBeNull();
    await after.deliver({ size: letters[0]!.closing! + 1 }, [second]);
    // Another organiser who signs the same delivery logs no second one.
    Object.assign(kit.board.internals, { refusesKey: async () => false });
    await after.deliver({ size: letters[0]!.closing! + 1 });
    expect((await kit.index()).letters[0]!.deliveries).toHaveLength(1);
    await kit.recounted();
  });

  it("is refused for the hundred and first time", async () => {
    const after = await Afterwards.closed();
    const { kit } = after;
    const request = (await after.deliveryRequest()) as unknown as JsonValue;
    const answer = await kit.board.logDelivery(kit.workforce, request);
    const { db } = kit.board.internals.database;
    const { leaf, letter } = await db.selectFrom("delivery").selectAll().executeTakeFirstOrThrow();
    for (let i = 1; i < 100; i++)
      await db
        .insertInto("delivery")
        .values({ letter, leaf, leaf_index: 10_000 + i })
        .execute();
    await allRefused(after, [["too-many-records", () => after.deliver({ how: "post" })]]);
    expect(await kit.board.logDelivery(kit.workforce, request)).toEqual(answer);
  });
});

it("nothing is logged of an unlisted letter's further life, until it is public", async () => {
  const after = await Afterwards.published();
  const { kit } = after;
  const { leaf, manifest } = kit.letterRequest({ days: 1, organisers: [kit.opener, second] });
  const of = { workforce: kit.workforce, letter: leaf.letter };
  const unlisted = await sealLetter(encodeCanonical(manifest as never), createLinkKey(), of);
  const request = { type: "letter-request", v: 1, leaf, manifest, unlisted };
  await kit.board.publishLetter(kit.workforce, request as never);
  const sealed = new Afterwards(kit, {
    id: leaf.letter,
    epoch: leaf.epoch,
    slot: leaf.slot,
    leaf,
    manifest,
  });
  await kit.endorsed(sealed.letter, 1);
  await sealed.close();
  const acts = [
    () => sealed.deliver(),
    () => sealed.log(sealed.statement()),
    () => sealed.log(sealed.dealings()),
    () => sealed.log(sealed.entry({ kind: "remark", text: "We go on.", source: null })),
    () => sealed.logMail(sealed.mail()),
  ];
  await allRefused(
    sealed,
    acts.map((act): Step => ["letter-unlisted", act]),
  );
});

describe("a judgement", () => {
  it("is refused by one organiser, by one twice, with a stranger, and with signatures over something else", async () => {
    const after = await Afterwards.closed();
    const { kit } = after;
    const log = (body: unknown) => kit.board.logRecord(kit.workforce, body as JsonValue);
    const judgement = after.judgement();
    const request = after.recordRequest(judgement) as { by: JsonValue[] };
    const { opener } = kit;
    await allRefused(after, [
      ["too-few-organisers", () => after.log(judgement, [opener])],
      ["bad-field", () => after.log(judgement, [opener, opener])],
      ["bad-field", async () => log({ ...request, by: [] })],
      ["not-an-organiser", () => after.log(judgement, [opener, stranger])],
      ["demand-unknown", () => after.log(after.judgement({ demand: "other" }))],
      ["letter-unknown", () => after.log(after.judgement({ letter: hash() }))],
      ["signature-invalid", () => after.log(after.judgement({ workforce: hash() }))],
      ["signature-invalid", async () => log(after.recordRequest(judgement, undefined, { record: hash() }))],
      ["signature-invalid", async () => log(after.recordRequest(judgement, undefined, { letter: hash() }))],
      ["signature-invalid", async () => log(after.recordRequest(judgement, undefined, { type: "dealings" }))],
      ["signature-invalid", async () => log({ ...request, record: { ...judgement, state: "met" } })],
    ]);
    Object.assign(kit.board.internals, { refusesKey: async (key: string) => key === second.publicKey });
    await allRefused(after, [["key-refused", () => after.log(judgement)]]);
  });

  it("is refused where it follows an old one, or one of another demand", async () => {
    const after = await Afterwards.closed();
    const first = after.judgement();
    await after.log(first);
    const next = after.judgement({ previous: hashOf(first), state: "partly" });
    await after.log(next);
    await allRefused(after, [
      ["record-behind", () => after.log(after.judgement())],
      ["record-behind", () => after.log(after.judgement({ previous: hashOf(first) }))],
      ["record-behind", () => after.log(after.judgement({ demand: "say", previous: hashOf(next) }))],
      ["record-behind", () => after.log(after.dealings({ previous: hashOf(next) }))],
    ]);
    await after.log(after.judgement({ demand: "say" }));
    await after.kit.recounted();
  });
});

describe("a change of the register", () => {
  it("is refused where it follows an old one, or fills the register, and nothing of it stays", async () => {
    const after = await Afterwards.closed();
    const rows = (from: number, count: number, entry: ReturnType<typeof dealing> | null = dealing()) =>
      Array.from({ length: count }, (_, i) => ({
        row: `own:${String(from + i).padStart(5, "0")}`,
        entry,
      }));
    const first = after.dealings({ changes: rows(0, MAX_DEALINGS) });
    await after.log(first);
    const previous = hashOf(first);
    await allRefused(after, [
      ["record-behind", () => after.log(after.dealings())],
      ["register-full", () => after.log(after.dealings({ previous, changes: rows(MAX_DEALINGS, 1) }))],
    ]);
    // As many go as come: a row that is changed, one removed, one added.
    const changes = [...rows(0, 1), ...rows(1, 1, null), ...rows(MAX_DEALINGS, 1)];
    const second = after.dealings({ previous, changes });
    await after.log(second);
    const full = after.dealings({ previous: hashOf(second), changes: rows(1, 1) });
    await allRefused(after, [["register-full", () => after.log(full)]]);
    await after.kit.recounted();
  });

  it("is refused over 4 MB, though each of its fields is short enough", async () => {
    const after = await Afterwards.closed();
    const entry = dealing({ sources: Array(10).fill({ ...source(), quote: "q".repeat(2000) }) });
    const changes = Array.from({ length: 250 }, (_, i) => ({ row: `own:${100 + i}`, entry }));
    await allRefused(after, [["too-large", () => after.log(after.dealings({ changes }))]]);
  });
});

describe("an answer by mail", () => {
  it("is refused as a record by anybody, of another mailbox or key, with other evidence, and before a delivery", async () => {
    const after = await Afterwards.closed();
    const { kit } = after;
    const day = kit.clock.day();
    const evidence = utf8Encode("a mail");
    const of = encodeBase64url(sha256(evidence));
    const large = new Uint8Array(MAX_EVIDENCE_BYTES + 1);
    const key = { name: "mail._domainkey.example.org", record: "v=DKIM1; p=" };
    await allRefused(after, [["letter-not-delivered", () => after.logMail(after.mail())]]);
    await after.deliver();
    await allRefused(after, [
      ["mail-not-checked", () => after.log(after.mail())],
      ["answer-mismatch", () => after.logMail(after.mail({ mailbox: `other.${MAILBOX}` }))],
      ["answer-mismatch", () => after.logMail(after.mail({ dkim: key }))],
      ["answer-mismatch", () => after.logMail(after.mail({ workforce: hash() }))],
      ["answer-mismatch", () => after.logMail(after.mail({ dated: addDays(day, -2) }))],
      ["answer-mismatch", () => after.logMail(after.mail({ dated: addDays(day, 2) }))],
      ["answer-mismatch", () => after.logMail(after.mail({ evidence: of }))],
      ["answer-mismatch", () => after.logMail(after.mail(), evidence)],
      ["answer-mismatch", () => after.logMail(after.mail({ evidence: of }), utf8Encode("another"))],
      [
        "answer-mismatch",
        () => after.logMail(after.mail({ evidence: encodeBase64url(sha256(large)) }), large),
      ],
    ]);
    await after.logMail(after.mail({ dated: addDays(day, -1), evidence: of }), evidence);
    await kit.recounted();
  });

  it("that comes again is the same answer, also once it is withheld", async () => {
    const after = await Afterwards.closed();
    const { kit } = after;
    await after.deliver();
    const evidence = utf8Encode("a mail");
    const of = { evidence: encodeBase64url(sha256(evidence)) };
    const mail = after.mail(of);
    const answer = await after.logMail(mail, evidence);
    expect(await after.logMail(after.mail(of), evidence)).toEqual(answer);
    await after.withhold(hashOf(mail));
    expect(await after.logMail(mail, evidence)).toEqual(answer);
    expect(await after.logMail(after.mail(of), evidence)).toEqual(answer);
    const { rows } = await kit.board.internals.database.db
      .selectFrom("public_file")
      .select((row) => row.fn.countAll().as("rows"))
      .where("kind", "in", [4, 6])
      .executeTakeFirstOrThrow();
    expect(Number(rows)).toBe(0);
    expect((await kit.index()).letters[0]!.responses).toEqual([answer.index]);
    await kit.recounted();
  });
});

describe("withholding", () => {
  it("is refused by strangers and removed organisers, of anything but this letter's answers, and with another's signature", async () => {
    const after = await Afterwards.closed();
    const { kit } = after;
    const [statement, other] = [after.statement(), after.statement()];
    for (const record of [statement, other]) await after.log(record);
    const [judgement, dealings] = [after.judgement(), after.dealings()];
    for (const record of [judgement, dealings]) await after.log(record);
    const answer = hashOf(statement);
    const withhold = (body: unknown) => kit.board.withholdRecord(kit.workforce, body as JsonValue);
    const request = after.withholdRequest(answer) as Record<string, JsonValue>;
    const another = await kit.publish({ organisers: [kit.opener, second] });
    const removed = signerFromSeed(seedOf("opener"));
    await allRefused(after, [
      ["not-an-organiser", () => after.withhold(answer, stranger)],
      ["record-unknown", () => after.withhold(hashOf(judgement))],
      ["record-unknown", () => after.withhold(hashOf(dealings))],
      ["record-unknown", () => after.withhold(hash())],
      ["record-unknown", () => after.withhold(answer, undefined, { letter: another.id })],
      ["signature-invalid", () => after.withhold(answer, undefined, { workforce: hash() })],
      ["signature-invalid", () => withhold({ ...request, record: hashOf(other) })],
      ["signature-invalid", () => withhold({ ...request, reason: "unlawful" })],
      ["signature-invalid", () => withhold({ ...request, organiser: second.publicKey })],
      ["bad-field", () => after.withhold(answer, undefined, { reason: "inconvenient" })],
    ]);
    Object.assign(kit.board.internals, { refusesKey: async (key: string) => key === removed.publicKey });
    await allRefused(after, [["key-refused", () => after.withhold(answer)]]);
    expect(await kit.file(`records/${answer}.json`)).not.toBeNull();
  });

  it("takes the captured copy along, unless a letter or another record names it", async () => {
    const copy = utf8Encode("%PDF-1.7 a copy of the statement");
    const shared = utf8Encode("%PDF-1.7 a copy that the letter names too");
    const [named, both] = [copy, shared].map((bytes) => encodeBase64url(sha256(bytes)));
    const claims = [{ id: "a", text: "So it is.", sources: [source(both)] }];
    const after = await Afterwards.closed({ supplement: { title: "Sources", claims } });
    const { kit, of } = after;
    const publish = () => kit.board.publishCopies({ ...of, copies: [copy, shared] });
    const served = async () => [await kit.file(copyPath(named!)), await kit.file(copyPath(both!))];
    await publish();
    expect(await served()).toEqual([null, shared]);
    const first = after.statement({ source: source(named) });
    const second = after.statement({ source: source(named) });
    const third = after.statement({ source: source(both) });
    for (const record of [first, second, third]) await after.log(record);
    await publish();
    expect(await served()).toEqual([copy, shared]);
    await after.withhold(hashOf(first));
    await after.withhold(hashOf(third));
    expect(await served()).toEqual([copy, shared]);
    await after.withhold(hashOf(second));
    expect(await served()).toEqual([null, shared]);
    // What only a text speaks of is not named.
    await after.log(after.statement({ text: `"copy":"${named}"` }));
    await publish();
    expect(await served()).toEqual([null, shared]);
  });
});

it("a clock that is set back makes no leaf that is older than one before it", async () => {
  const after = await Afterwards.closed();
  const { kit } = after;
  const today = kit.clock.day();
  await after.log(after.statement());
  kit.clock.set(addDays(today, 5));
  await after.log(after.statement());
  kit.clock.set(addDays(today, -3));
  await after.log(after.statement());
  await after.log(after.dealings());
  const days = (await kit.leaves()).slice(-4).map((leaf) => "day" in leaf && leaf.day);
  expect(days).toEqual([today, addDays(today, 5), addDays(today, 5), addDays(today, 5)]);
  await kit.recounted();
});

it("documents stand below the hash that was signed, and nowhere else", async () => {
  const after = await Afterwards.closed();
  await after.deliver();
  const name = encodeBase64url(sha256(PDF));
  const { kit } = after;
  expect(await kit.file(`documents/${name}.pdf`)).toEqual(PDF);
  for (const path of [`documents/${name}`, `documents/${name}.json`, `answers/${name}.eml`, `copies/${name}`])
    expect(await kit.file(path)).toBeNull();
});
