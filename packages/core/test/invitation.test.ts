/** Invitations: what one is good for, and everything that it must not be good for. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeBase64url,
  encodeInvitation,
  type Invitation,
  type InvitationKey,
  InvitationSecrets,
  InvitationVerifier,
  invitationKey,
  parseInvitation,
  requestsHash,
  Secrets,
  TokenVerifier,
  tokenKey,
  type VouchEvidence,
} from "../src/index.ts";
import { testRsa } from "./keys.ts";

const filler = (byte: number) => encodeBase64url(new Uint8Array(32).fill(byte));
const PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const at = { workforce: filler(1), epoch: 1, number: 2 };
const rsa = testRsa();
const key = invitationKey({ ...at, registrar: filler(10) }, rsa.spki);
const invitation = new Secrets(PHRASE).invitation(at);
const signature = invitation.unblind(key, rsa.sign(invitation.request(key)));
const requests = filler(20);
const evidence = invitation.use(key, signature, requests);
const verifier = new InvitationVerifier(key);

describe("an invitation", () => {
  it("is accepted by its registrar for the requests that it was used for", async () => {
    expect(await verifier.accepts(evidence, requests)).toBe(true);
  });

  it("makes the same bytes again from the same phrase, or from its secret alone", () => {
    const again = [new Secrets(PHRASE).invitation(at), new InvitationSecrets(at, invitation.secret)];
    for (const one of again) {
      expect(one.key).toBe(invitation.key);
      expect(one.request(key)).toEqual(invitation.request(key));
      expect(one.use(key, signature, requests)).toEqual(evidence);
    }
  });

  it("cannot be linked to its request by what it shows: each registrar's key gives other prefixes and blinding", () => {
    const other = invitationKey({ ...at, registrar: filler(11) }, testRsa().spki);
    expect(invitation.use(other, signature, requests).prefix).not.toBe(evidence.prefix);
    expect(invitation.request(other)).not.toEqual(invitation.request(key));
  });

  it("has a key and an order of its own for each workforce, epoch and number", () => {
    const secrets = new Secrets(PHRASE);
    const places = [
      at,
      { ...at, workforce: filler(2) },
      { ...at, epoch: 2 },
      ...[0, 1, 3, 4, 5, 6, 7].map((number) => ({ ...at, number })),
    ];
    const once = (of: (place: typeof at) => string) => new Set(places.map(of)).size;
    expect(once((place) => secrets.invitation(place).key)).toBe(places.length);
    expect(once((place) => encodeBase64url(secrets.invitation(place).secret))).toBe(places.length);
    expect(once((place) => encodeBase64url(secrets.invitationChoice(place)))).toBe(places.length);
    // The same secret in another place is another key: a copied secret is no copy of the invitation.
    expect(once((place) => new InvitationSecrets(place, invitation.secret).key)).toBe(places.length);
  });
});

describe("an invitation is refused", () => {
  const refused = async (of: VouchEvidence, by: InvitationKey = key, for_ = requests) =>
    expect(await new InvitationVerifier(by).accepts(of, for_)).toBe(false);
  const elsewhere = (change: Partial<InvitationKey>) => ({ ...key, ...change });

  it("when it is replayed for other requests", async () => {
    await refused(evidence, key, filler(21));
  });

  it("when somebody who saw it puts own requests under it", async () => {
    const thief = new Secrets("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong").invitation(at);
    const own = thief.use(key, signature, filler(21));
    await refused({ ...evidence, sig: own.sig }, key, filler(21));
    await refused({ ...own, key: evidence.key }, key, filler(21));
    await refused(own, key, filler(21));
  });

  it("when it is replayed at another registrar, in another epoch or in another workforce", async () => {
    for (const change of [{ registrar: filler(11) }, { epoch: 2 }, { workforce: filler(2) }]) {
      await refused(evidence, elsewhere(change));
    }
  });

  it("when it is used as one of another number, by its evidence or under that number's key", async () => {
    await refused({ ...evidence, number: 3 });
    await refused({ ...evidence, number: 3 }, elsewhere({ number: 3 }));
    await refused(evidence, elsewhere({ number: 3 }));
    const third = testRsa();
    await refused(evidence, invitationKey({ ...at, registrar: filler(10) }, third.spki));
  });

  it("when the registrar has signed something else with the same key: a token is no invitation, nor the other way round", async () => {
    const secrets = new Secrets(PHRASE);
    const slot = tokenKey(
      { workforce: at.workforce, epoch: 1, slot: 2, class: "vouched", registrar: filler(10) },
      rsa.spki,
    );
    const token = { registrar: filler(10), prefix: evidence.prefix, signature: evidence.signature };
    expect(await new TokenVerifier(slot).verify(token, evidence.key)).toBe(false);
    expect(await verifier.verify(secrets.slotSigner(slot).publicKey, token.prefix, token.signature)).toBe(
      false,
    );
  });

  it("when any bit of its signatures, prefix or key is another", async () => {
    for (const field of ["sig", "signature", "prefix", "key"] as const) {
      const bytes = Buffer.from(evidence[field], "base64url");
      bytes[bytes.length >> 1]! ^= 4;
      await refused({ ...evidence, [field]: bytes.toString("base64url") });
    }
  });

  it("when a registrar's answer is to another request, before it is given to anybody", () => {
    const other = new Secrets(PHRASE).invitation({ ...at, number: 3 });
    const answer = rsa.sign(
      other.request(invitationKey({ ...at, number: 3, registrar: filler(10) }, rsa.spki)),
    );
    expect(() => invitation.unblind(key, answer)).toThrow(
      expect.objectContaining({ code: "signature-invalid" }),
    );
  });
});

describe("the text of an invitation", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const anyInvitation: fc.Arbitrary<Invitation> = fc.record({
    epoch: fc.integer({ min: 1, max: 65_535 }),
    number: fc.integer({ min: 0, max: 7 }),
    secret: bytes(32),
    tokens: fc
      .uniqueArray(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 15 })
      .chain((places) =>
        fc.tuple(
          ...places
            .sort((a, b) => a - b)
            .map((registrar) => fc.record({ registrar: fc.constant(registrar), signature: bytes(256) })),
        ),
      ),
  });
  const refused = (text: string) =>
    expect(() => parseInvitation(text)).toThrow(expect.objectContaining({ code: "bad-invitation" }));

  it("comes back as it was, whatever it holds", () => {
    fc.assert(
      fc.property(anyInvitation, (one) => {
        expect(parseInvitation(encodeInvitation(one))).toEqual(one);
      }),
      { numRuns: 50 },
    );
  });

  it("has one spelling: what is read is what would be written", () => {
    fc.assert(
      fc.property(anyInvitation, fc.nat(), fc.integer({ min: 1, max: 63 }), (one, at_, by) => {
        const text = encodeInvitation(one);
        const place = at_ % text.length;
        const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        const other = letters[(letters.indexOf(text[place]!) + by) % 64]!;
        const changed = text.slice(0, place) + other + text.slice(place + 1);
        try {
          expect(encodeInvitation(parseInvitation(changed))).toBe(changed);
        } catch (error) {
          expect(error).toMatchObject({ code: "bad-invitation" });
        }
      }),
      { numRuns: 100 },
    );
  });

  const whole: Invitation = {
    epoch: 258,
    number: 7,
    secret: new Uint8Array(32).fill(1),
    tokens: [0, 14].map((registrar) => ({ registrar, signature: new Uint8Array(256).fill(registrar) })),
  };

  it("that was cut anywhere, or went on, is refused", () => {
    const text = encodeInvitation(whole);
    // One token less is a whole invitation again; nothing else that is shorter is.
    const shorter = encodeInvitation({ ...whole, tokens: whole.tokens.slice(0, 1) }).length;
    for (let length = 0; length < text.length; length++) {
      if (length !== shorter) refused(text.slice(0, length));
    }
    for (const more of ["A", "AA", "AAAA", "=", " ", ".", "\n", text]) refused(text + more);
    refused(` ${text}`);
    refused("A".repeat(10_000_000));
  });

  it.each<[string, (head: Uint8Array) => void]>([
    ["another version", (head) => (head[0] = 2)],
    ["the epoch 0", (head) => head.fill(0, 1, 3)],
    ["a number that nobody has", (head) => (head[3] = 8)],
    ["a registrar that no list has", (head) => (head[36 + 257] = 15)],
    ["one registrar twice", (head) => (head[36 + 257] = 0)],
    ["registrars out of order", (head) => (head[36] = 14)],
  ])("with %s is refused", (_, edit) => {
    const raw = Buffer.from(encodeInvitation(whole), "base64url");
    edit(raw);
    refused(raw.toString("base64url"));
  });

  it("is repeated in no message", () => {
    const text = encodeInvitation(whole);
    try {
      parseInvitation(`${text}!`);
    } catch (error) {
      expect(String(error)).not.toContain(text.slice(0, 8));
    }
    expect.assertions(1);
  });
});

it("the invitation of interop/, which another program has made again from the protocol, is ours byte for byte", () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../../interop/${name}`, import.meta.url), "utf8"));
  const expected = read("invitation.json");
  const { workforce, epoch, number } = expected;
  const { phrase } = read("keys.json").people[expected.inviter];
  const made = new Secrets(phrase).invitation({ workforce, epoch, number });
  expect(encodeBase64url(made.secret)).toBe(expected.secret);
  expect(made.key).toBe(expected.key);
  const tokens = parseInvitation(expected.text).tokens;
  expect(tokens.map(({ signature: one }) => encodeBase64url(one))).toEqual(
    expected.registrars.map((row: { evidence: VouchEvidence }) => row.evidence.signature),
  );
  for (const [i, row] of expected.registrars.entries()) {
    // Neither key nor prefix is in what the invitation's key signs.
    expect(made.use({ ...key, number }, tokens[i]!.signature, row.requests).sig).toBe(row.evidence.sig);
  }
});

it("the hash of requests binds all of them, so that no invitation or code serves others", () => {
  const slots = Array.from({ length: 16 }, (_, slot) => ({
    slot,
    blinded: encodeBase64url(new Uint8Array(256).fill(slot)),
  }));
  const base = {
    workforce: filler(1),
    epoch: 1,
    class: "mailbox" as const,
    registrar: filler(10),
    slots,
    invitations: [{ number: 0, blinded: slots[0]!.blinded }],
  };
  const others = [
    base,
    { ...base, workforce: filler(2) },
    { ...base, epoch: 2 },
    { ...base, class: "vouched" as const },
    { ...base, registrar: filler(11) },
    { ...base, slots: slots.with(5, { slot: 5, blinded: slots[6]!.blinded }) },
    { ...base, invitations: [] },
    { ...base, invitations: [{ number: 1, blinded: slots[0]!.blinded }] },
    { ...base, invitations: [{ number: 0, blinded: slots[1]!.blinded }] },
  ];
  expect(new Set(others.map(requestsHash)).size).toBe(others.length);
});
