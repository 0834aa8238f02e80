/** Formats of evidence: which kinds a manifest accepts and what it must say of them, statements, requests and answers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeBase64url,
  enrolment,
  enrolmentRequest,
  existingMailRules,
  type JsonValue,
  keyStatement,
  logOrigin,
  mailReservationHash,
  quorumBounds,
  reservationRequest,
  SLOTS,
  SUITE,
  workforceManifest,
} from "../src/index.ts";

const bytes = (length: number, fill = 1) => encodeBase64url(new Uint8Array(length).fill(fill));
const b32 = (fill: number) => bytes(32, fill);
const refused = (of: { check(value: JsonValue, path: string): unknown }, value: unknown, path?: string) =>
  expect(() => of.check(value as JsonValue, "")).toThrow(
    expect.objectContaining({
      code: expect.stringMatching(/^(?:bad-field|unknown-field|bad-encoding|bad-length)$/),
      ...(path !== undefined && { message: expect.stringContaining(path) }),
    }),
  );
const taken = (of: { check(value: JsonValue, path: string): unknown }, value: unknown) =>
  expect(of.check(value as JsonValue, "")).toEqual(value);

const mail = {
  senders: [{ name: "Calendar", domain: "mail.example.com", from: "no-reply@example.com", subject: null }],
  notBefore: "2026-01-01",
  notAfter: "2026-06-30",
  records: [
    {
      name: "s1._domainkey.mail.example.com",
      record: "v=DKIM1; k=rsa; p=AAAA",
      first: "2026-01-01",
      last: "2026-03-31",
    },
  ],
};
const manifest = {
  type: "workforce-manifest",
  v: 1,
  version: 1,
  workforce: null,
  previous: null,
  employer: "Example Ltd",
  mailboxes: { domains: [{ domain: "example.com", aliases: [] }], plus: true, dots: true, groups: [] },
  evidence: [
    { kind: "existing-mail", class: "mailbox" },
    { kind: "mailbox-code", class: "mailbox" },
    { kind: "vouch", class: "vouched" },
  ],
  registrars: [{ identity: b32(3), name: "R", operator: "O", url: "https://r.example.com" }],
  quorum: 1,
  bounds: quorumBounds(1, 1),
  log: { key: b32(4), origin: logOrigin(new Uint8Array(32).fill(4)) },
  board: { key: b32(5), url: "https://b.example.com" },
  witnesses: [],
  witnessQuorum: 0,
  openers: [b32(6)],
  headcount: null,
  roles: [],
  places: [],
  codeMail: { subject: "Code", body: "{code}" },
  existingMail: mail,
  vouching: { invitations: 2 },
  names: { pattern: "{given}{family}{n}", order: "given-family" },
};

describe("a manifest", () => {
  it("may accept every kind of evidence, or one", () => {
    taken(workforceManifest, manifest);
    const evidence = [{ kind: "mailbox-code", class: "mailbox" }];
    taken(workforceManifest, { ...manifest, evidence, existingMail: null, vouching: null, names: null });
  });

  it("says of existing mail and of invitations what there is to say, exactly if it accepts them", () => {
    refused(workforceManifest, { ...manifest, existingMail: null }, "existingMail");
    refused(workforceManifest, { ...manifest, vouching: null }, "vouching");
    const [, code] = manifest.evidence;
    refused(workforceManifest, { ...manifest, evidence: [code], vouching: null }, "existingMail");
    refused(workforceManifest, { ...manifest, evidence: [code], existingMail: null }, "vouching");
  });

  it("cannot let a kind of evidence prove another class, or accept one twice, or one that nobody knows", () => {
    const kinds = ["existing-mail", "mailbox-code", "vouch"];
    const right: Record<string, string> = {
      "existing-mail": "mailbox",
      "mailbox-code": "mailbox",
      vouch: "vouched",
    };
    for (const kind of kinds) {
      for (const cls of ["mailbox", "vouched"]) {
        const evidence = manifest.evidence.map((item) => (item.kind === kind ? { kind, class: cls } : item));
        if (right[kind] === cls) taken(workforceManifest, { ...manifest, evidence });
        else refused(workforceManifest, { ...manifest, evidence }, "evidence");
      }
    }
    refused(workforceManifest, { ...manifest, evidence: [...manifest.evidence, manifest.evidence[2]] });
    refused(workforceManifest, { ...manifest, evidence: [{ kind: "badge", class: "mailbox" }] });
  });

  it("gives each mailbox 1 to 8 invitations", () => {
    for (const invitations of [1, 8]) taken(workforceManifest, { ...manifest, vouching: { invitations } });
    for (const invitations of [0, 9, 1.5])
      refused(workforceManifest, { ...manifest, vouching: { invitations } });
  });
});

describe("rules for existing mail", () => {
  it("are taken as they are", () => taken(existingMailRules, mail));

  const [sender] = mail.senders;
  const [record] = mail.records;
  it.each<[string, unknown]>([
    ["no sender", { ...mail, senders: [] }],
    ["a sender twice", { ...mail, senders: [sender, sender] }],
    ["a sender's domain in capitals", { ...mail, senders: [{ ...sender, domain: "Mail.example.com" }] }],
    ["a wildcard for a domain", { ...mail, senders: [{ ...sender, domain: "*.example.com" }] }],
    ["a wildcard behind the @ of From", { ...mail, senders: [{ ...sender, from: "no-reply@*.com" }] }],
    ["From without an address", { ...mail, senders: [{ ...sender, from: "*" }] }],
    ["a window that ends before it begins", { ...mail, notAfter: "2025-12-31" }],
    ["a record that ends before it begins", { ...mail, records: [{ ...record, last: "2025-12-31" }] }],
    ["a record of no DKIM name", { ...mail, records: [{ ...record, name: "mail.example.com" }] }],
    ["records out of order", { ...mail, records: [record, { ...record, first: "2025-12-01" }] }],
    ["one record twice", { ...mail, records: [record, record] }],
    [
      "51 senders",
      { ...mail, senders: Array.from({ length: 51 }, (_, i) => ({ ...sender, name: String(100 + i) })) },
    ],
  ])("with %s are refused", (_, value) => refused(existingMailRules, value));
});

describe("a key statement", () => {
  const suite = SUITE;
  const keysOf = (cls: string) =>
    Array.from({ length: SLOTS }, (_, slot) => ({ class: cls, slot, suite, spki: bytes(294, slot) }));
  const statement = {
    type: "key-statement",
    v: 1,
    workforce: b32(1),
    manifest: b32(2),
    epoch: 1,
    opens: "2026-01-01",
    closes: "2026-12-31",
    mailboxes: manifest.mailboxes,
    evidence: manifest.evidence,
    registrar: b32(3),
    keys: [...keysOf("mailbox"), ...keysOf("vouched")],
    invitations: [0, 1].map((number) => ({ number, suite, spki: bytes(294, 100 + number) })),
    sig: bytes(64),
  };

  it("has keys for invitations, numbered from 0, exactly if they are accepted", () => {
    taken(keyStatement, statement);
    const [zero, one] = statement.invitations;
    for (const invitations of [[], [one], [one, zero], [zero, zero], [zero, { ...one, number: 2 }]])
      refused(keyStatement, { ...statement, invitations }, "invitations");
    const codeOnly = { ...statement, evidence: [manifest.evidence[1]], keys: keysOf("mailbox") };
    refused(keyStatement, codeOnly, "invitations");
    taken(keyStatement, { ...codeOnly, invitations: [] });
  });
});

describe("requests and answers", () => {
  const slots = (field: string) =>
    Array.from({ length: SLOTS }, (_, slot) => ({ slot, [field]: bytes(256, slot) }));
  const code = { kind: "mailbox-code", mailbox: "a@example.com", code: "12345678" };
  const header = { kind: "existing-mail", header: bytes(500) };
  const vouch = {
    kind: "vouch",
    number: 0,
    key: b32(1),
    prefix: b32(2),
    signature: bytes(256),
    sig: bytes(64),
  };
  const request = {
    type: "enrolment-request",
    v: 1,
    workforce: b32(1),
    epoch: 1,
    class: "mailbox",
    evidence: code,
    slots: slots("blinded"),
    invitations: [0, 1].map((number) => ({ number, blinded: bytes(256, number) })),
    name: { name: "Zoë Example", keys: Array.from({ length: SLOTS }, (_, slot) => b32(slot)) },
    work: null,
  };

  it("take each kind of evidence in its own form, and nothing of another's", () => {
    for (const evidence of [code, header, vouch]) {
      taken(enrolmentRequest, { ...request, evidence });
      for (const other of [code, header, vouch]) {
        if (other !== evidence)
          refused(enrolmentRequest, { ...request, evidence: { ...other, ...evidence } });
      }
      for (const field of Object.keys(evidence)) {
        const { [field]: _, ...less } = evidence as Record<string, unknown>;
        refused(enrolmentRequest, { ...request, evidence: less });
      }
    }
    refused(enrolmentRequest, { ...request, evidence: { kind: "constructor" } });
  });

  it("hold a header of 24,576 bytes at most", () => {
    taken(enrolmentRequest, { ...request, evidence: { ...header, header: bytes(24_576) } });
    refused(enrolmentRequest, { ...request, evidence: { ...header, header: bytes(24_577) } });
  });

  it("ask for a name with sixteen hashes or for none, and for no name that nobody may show", () => {
    taken(enrolmentRequest, { ...request, name: null });
    const { keys, name } = request.name;
    for (const wrong of [
      { name, keys: keys.slice(1) },
      { name: "", keys },
      { name: "Zoë\u202eExample", keys },
      { name: "a".repeat(101), keys },
    ])
      refused(enrolmentRequest, { ...request, name: wrong });
  });

  it("have each number of an invitation once, in order, and none above 7", () => {
    const [zero, one] = request.invitations;
    for (const invitations of [[one, zero], [zero, zero], [{ ...zero, number: 8 }]])
      refused(enrolmentRequest, { ...request, invitations });
  });

  it("are answered for every slot, with a confirmation for each or none", () => {
    const answer = {
      type: "enrolment",
      v: 1,
      registrar: b32(3),
      epoch: 1,
      class: "mailbox",
      slots: slots("signature"),
      invitations: [{ number: 0, signature: bytes(256) }],
      name: { rule: "note", sigs: Array.from({ length: SLOTS }, (_, slot) => bytes(64, slot)) },
    };
    taken(enrolment, answer);
    taken(enrolment, { ...answer, invitations: [], name: null });
    refused(enrolment, { ...answer, name: { ...answer.name, sigs: answer.name.sigs.slice(1) } });
    refused(enrolment, { ...answer, name: { ...answer.name, rule: "guess" } });
  });

  it("reserve by a mailbox or by the hash of a mail, and never by an invitation", () => {
    const reservation = {
      type: "reservation-request",
      v: 1,
      workforce: b32(1),
      epoch: 1,
      class: "mailbox",
      evidence: { kind: "existing-mail", mail: b32(9) },
      requests: b32(2),
      work: null,
    };
    taken(reservationRequest, reservation);
    refused(reservationRequest, { ...reservation, evidence: { kind: "vouch", number: 0 } });
    refused(reservationRequest, {
      ...reservation,
      evidence: { kind: "existing-mail", mail: b32(9), mailbox: "a@example.com" },
    });
  });
});

describe("what reserves a mail", () => {
  it("is another text for each registrar and signature", () => {
    const text = fc.uint8Array({ minLength: 32, maxLength: 64 }).map(encodeBase64url);
    fc.assert(
      fc.property(text, text, (one, other) => {
        fc.pre(one !== other);
        const all = [
          mailReservationHash(one, other),
          mailReservationHash(other, one),
          mailReservationHash(one, one),
        ];
        expect(new Set(all).size).toBe(3);
      }),
    );
  });

  it("is what Python's hashlib makes of the protocol's words", () => {
    // hashlib.sha256(b'undersigned/mail-reservation/v1\n{"registrar":"AAAA","signature":"BBBB"}')
    expect(mailReservationHash("AAAA", "BBBB")).toBe("6ih7QXCPFY7ITb7kUHHOXhCfFlk7IODBEus90y_YuxI");
  });
});
