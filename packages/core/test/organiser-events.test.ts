/** What organisers sign of a letter's further life, and its records: one form, and nothing else is taken for it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  acceptanceHash,
  answerLocalPart,
  answerNonceHash,
  createAnswerNonce,
  type Delivery,
  dealingsRecord,
  decimalAmount,
  deliveryRequest,
  encodeBase64url,
  encodeLeaf,
  encodeRecord,
  isAnswerNonce,
  type JsonValue,
  type JudgementRecord,
  type Leaf,
  parseLeaf,
  parseRecord,
  recordHash,
  responseRecord,
  signDelivery,
  signerFromSeed,
  signRecord,
  verifyDelivery,
  verifyRecord,
  whatIsWrongWithMail,
} from "../src/index.ts";

const b32 = (fill: number) => encodeBase64url(new Uint8Array(32).fill(fill));
const [one, two] = [1, 2]
  .map((fill) => signerFromSeed(new Uint8Array(32).fill(fill)))
  .sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1)) as [
  ReturnType<typeof signerFromSeed>,
  ReturnType<typeof signerFromSeed>,
];

const delivery: Delivery = {
  workforce: b32(1),
  letter: b32(2),
  delivered: "2026-05-04",
  how: "mail",
  document: b32(3),
  bundle: null,
  size: 104,
  nonce: answerNonceHash(b32(2), "ABCD-EFGH-JKMN-PQRS"),
};
const leaf = (of: object = {}) => ({
  type: "delivery",
  v: 1,
  ...delivery,
  day: "2026-05-05",
  acceptance: acceptanceHash("250 OK", b32(4)),
  by: [signDelivery(delivery, one)],
  ...of,
});
const judgement: JudgementRecord = {
  type: "judgement-record",
  v: 1,
  salt: b32(5),
  workforce: b32(1),
  letter: b32(2),
  demand: "stop",
  state: "promised",
  until: "2026-06-01",
  reason: "They say so.",
  source: null,
  previous: null,
};

describe("fixed vectors, for who writes it anew", () => {
  it("hashes, addresses and signatures", () => {
    expect({
      nonce: delivery.nonce,
      acceptance: acceptanceHash("250 OK", b32(4)),
      address: answerLocalPart(b32(2)),
      record: recordHash("judgement-record", encodeRecord(judgement)),
      delivery: signDelivery(delivery, one).sig,
      judgement: signRecord({ type: "judgement", workforce: b32(1), letter: b32(2), record: b32(3) }, one)
        .sig,
    }).toEqual({
      nonce: "gXcYEo4dDr9nDmF2NZn3HjvXgCNIay6eSPpwcf2WHOw",
      acceptance: "-RRqvpbyfcKQBw5eq2uTbajyRUWKq-nPUPWPC2nt_Lg",
      address: "answer-aibaeaqcaibaeaqcaiba",
      record: "-CjZRP86QT9pUTyONqYmxmhxUyxUg-Fr63RtTLHcGQM",
      delivery: "1ITjh5GIWyhBxkRHxj0MyJ0z-uKfu1NKxOKJAWWYKCkcyS_yoa7yXZqb6btJgce_lNZExBbLWFF6ZAD37UNSBw",
      judgement: "msrH9JO5CGe5JyBDK5xABch_mMFTz24l9SeAegaP65RKET1NmM6ybwpHJiYpBtF-SV5tzhsWiLanyaFoZO2WAQ",
    });
  });
});

describe("a delivery", () => {
  it("is signed in every field but the board's day and the acceptance", async () => {
    const by = [signDelivery(delivery, one), signDelivery(delivery, two)];
    expect(await verifyDelivery(delivery, by)).toBe(true);
    const others: Partial<Delivery>[] = [
      { workforce: b32(9) },
      { letter: b32(9) },
      { delivered: "2026-05-05" },
      { how: "post" },
      { document: b32(9) },
      { bundle: b32(9) },
      { size: 105 },
      { nonce: b32(9) },
    ];
    expect(others.map((other) => Object.keys(other)[0]).sort()).toEqual(Object.keys(delivery).sort());
    for (const other of others)
      expect(await verifyDelivery({ ...delivery, ...other }, by), JSON.stringify(other)).toBe(false);
  });

  it("is refused as a leaf with an acceptance that is no mail's, without signatures, or with one organiser twice", () => {
    expect(parseLeaf(encodeLeaf(leaf() as Leaf))).toEqual(leaf());
    const wrong = [
      { how: "hand" },
      { how: "fax" },
      { by: [] },
      { by: [signDelivery(delivery, one), signDelivery(delivery, one)] },
      { by: [signDelivery(delivery, two), signDelivery(delivery, one)] },
      { size: 0 },
      { day: "2026-02-30" },
      { note: "more" },
    ];
    for (const of of wrong)
      expect(() => parseLeaf(encodeLeaf(leaf(of) as Leaf)), JSON.stringify(of)).toThrow();
    const request = { ...leaf(), type: "delivery-request", pdf: "AAAA" } as Record<string, unknown>;
    delete request.day;
    expect(deliveryRequest.check(request as JsonValue, "")).toEqual(request);
    expect(() => deliveryRequest.check({ ...request, how: "post" } as JsonValue, "")).toThrow("/acceptance");
  });
});

describe("a record's signature", () => {
  it("is for one kind of leaf, one letter, one workforce and one record", async () => {
    const of = { type: "response", workforce: b32(1), letter: b32(2), record: b32(3) } as const;
    const by = [signRecord(of, one)];
    expect(await verifyRecord(of, by)).toBe(true);
    for (const other of [
      { type: "dealings" },
      { type: "judgement" },
      { workforce: b32(9) },
      { letter: b32(9) },
      { record: b32(9) },
    ] as const)
      expect(await verifyRecord({ ...of, ...other }, by), JSON.stringify(other)).toBe(false);
    expect(await verifyRecord(of, [{ ...by[0]!, organiser: two.publicKey }])).toBe(false);
    expect(await verifyRecord(of, [...by, { organiser: two.publicKey, sig: by[0]!.sig }])).toBe(false);
  });

  it("of a response is none of the leaf with the other kind: a mail is signed by nobody, a statement by somebody", () => {
    const response = {
      type: "response",
      v: 1,
      workforce: b32(1),
      letter: b32(2),
      day: "2026-05-05",
      record: b32(3),
    };
    const by = [signRecord({ type: "response", workforce: b32(1), letter: b32(2), record: b32(3) }, one)];
    const taken = (of: object) => () => parseLeaf(encodeLeaf({ ...response, ...of } as unknown as Leaf));
    expect(taken({ kind: "mail", by: [] })).not.toThrow();
    expect(taken({ kind: "statement", by })).not.toThrow();
    expect(taken({ kind: "mail", by })).toThrow();
    expect(taken({ kind: "statement", by: [] })).toThrow();
  });
});

describe("records", () => {
  it("round trip, and no byte of them can change without another hash or a refusal", () => {
    const file = encodeRecord(judgement);
    const hash = recordHash("judgement-record", file);
    expect(parseRecord("judgement-record", file)).toEqual(judgement);
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = file.slice();
        other[at]! ^= change;
        expect(recordHash("judgement-record", other)).not.toBe(hash);
      }),
      { numRuns: 100 },
    );
  });

  it("have hashes of their own kind, and are read as no other", () => {
    const file = encodeRecord(judgement);
    expect(recordHash("dealings-record", file)).not.toBe(recordHash("judgement-record", file));
    expect(() => parseRecord("dealings-record", file)).toThrow();
    expect(() => parseRecord("response-record", file)).toThrow();
  });

  it("tell nothing by their hash once they are gone: another salt, another hash", () => {
    const hashes = [1, 2, 3].map((fill) =>
      recordHash("judgement-record", encodeRecord({ ...judgement, salt: b32(fill) })),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it("hold the day of a promise and of nothing else", () => {
    const taken = (of: object) => () =>
      parseRecord("judgement-record", encodeRecord({ ...judgement, ...of }));
    expect(taken({ state: "met", until: null })).not.toThrow();
    expect(taken({ state: "met" })).toThrow("/until");
    expect(taken({ until: null })).toThrow("/until");
  });

  it("hold no link that runs, no unknown kind of answer, no row without source or out of order", () => {
    const source = {
      title: "t",
      publisher: "p",
      day: null,
      url: "https://example.com/",
      quote: "",
      copy: null,
    };
    const statement = {
      type: "response-record",
      v: 1,
      kind: "statement",
      salt: b32(1),
      workforce: b32(1),
      letter: b32(2),
      text: "t",
      source,
    };
    expect(responseRecord.check(statement, "")).toEqual(statement);
    for (const url of ["javascript:alert(1)", "data:text/html,x", "//example.com", "https://example.com/\n"])
      expect(() => responseRecord.check({ ...statement, source: { ...source, url } }, ""), url).toThrow();
    expect(() => responseRecord.check({ ...statement, kind: "fax" }, "")).toThrow();
    const entry = {
      what: "w",
      supplier: "s",
      recipient: "r",
      office: null,
      agreed: null,
      from: null,
      until: null,
      value: null,
      status: "reported",
      since: null,
      sources: [source],
    };
    const changes = (rows: unknown[]) => ({
      type: "dealings-record",
      v: 1,
      salt: b32(1),
      workforce: b32(1),
      letter: b32(2),
      previous: null,
      changes: rows,
    });
    const taken = (rows: unknown[]) => () => dealingsRecord.check(changes(rows) as JsonValue, "");
    expect(
      taken([
        { row: "own:a", entry },
        { row: "own:b", entry: null },
      ]),
    ).not.toThrow();
    expect(
      taken([
        { row: "own:b", entry },
        { row: "own:a", entry },
      ]),
    ).toThrow();
    expect(
      taken([
        { row: "own:a", entry },
        { row: "own:a", entry: null },
      ]),
    ).toThrow();
    expect(taken([{ row: "own:a", entry: { ...entry, sources: [] } }])).toThrow();
    expect(taken([{ row: "mine:a", entry }])).toThrow();
    expect(taken([])).toThrow();
  });

  it("hold amounts exactly, in one spelling of zero", () => {
    const taken = (amount: string) => () => decimalAmount.check(amount, "");
    for (const amount of ["0", "0.00", "-1", "1200000.50", "999999999999999999.9999"])
      expect(taken(amount), amount).not.toThrow();
    for (const amount of ["-0", "-0.0", "01", "1.", ".5", "1e6", "1,5", "+1", "1.23456", "=1", "NaN", ""])
      expect(taken(amount), amount).toThrow();
  });
});

describe("an answer by mail", () => {
  const record = {
    mailbox: "Answers@Example.com",
    dated: "2026-05-05",
    dkim: { name: "s1._domainkey.example.com", record: "p=" },
  };
  const of = {
    mailbox: "Answers@Example.com",
    deliveries: ["2026-05-07", "2026-05-04"],
    logged: "2026-05-06",
  };

  it("is what it says only from the mailbox, under its domain's key, in its days", () => {
    expect(whatIsWrongWithMail(record, of)).toBeNull();
    expect(whatIsWrongWithMail(record, { ...of, mailbox: undefined })).toBeNull();
    expect(whatIsWrongWithMail(record, { ...of, mailbox: null })).toContain("another mailbox");
    for (const name of [
      "s1._domainkey.badexample.com",
      "s1._domainkey.example.com.evil.example",
      "s1._domainkey.mail.example.com",
      "example.com",
    ])
      expect(whatIsWrongWithMail({ ...record, dkim: { name, record: "p=" } }, of), name).toContain(
        "another domain",
      );
    for (const [dated, right] of [
      ["2026-05-02", false],
      ["2026-05-03", true],
      ["2026-05-07", true],
      ["2026-05-08", false],
    ] as const)
      expect(whatIsWrongWithMail({ ...record, dated }, of) === null, dated).toBe(right);
  });

  it("has a mark of 80 random bits in one spelling", () => {
    const nonces = Array.from({ length: 200 }, createAnswerNonce);
    expect(new Set(nonces).size).toBe(200);
    expect(nonces.every(isAnswerNonce)).toBe(true);
    expect(new Set(nonces.join("").replaceAll("-", "")).size).toBe(32);
    for (const other of [
      "abcd-efgh-jkmn-pqrs",
      "ABCDEFGHJKMNPQRS",
      "ABCD-EFGH-JKMN-PQRU",
      "ABCD-EFGH-JKMN-PQRS\n",
    ])
      expect(isAnswerNonce(other), other).toBe(false);
  });

  it("goes to an address of the letter's own", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const local = answerLocalPart(encodeBase64url(bytes));
        expect(local).toMatch(/^answer-[a-z2-7]{20}$/);
        bytes[12]! ^= 0x10;
        expect(answerLocalPart(encodeBase64url(bytes))).not.toBe(local);
      }),
      { numRuns: 50 },
    );
  });
});
