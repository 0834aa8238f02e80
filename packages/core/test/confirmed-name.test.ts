/** Confirmed names: a confirmation is for one name, rule, key, slot and registrar, and it takes a quorum of them. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeBase64url,
  isNameConfirmed,
  type NameStatement,
  type NameTerms,
  nameKey,
  type Opening,
  openingShape,
  Secrets,
  signerFromSeed,
  signName,
  verifyName,
} from "../src/index.ts";

const filler = (byte: number) => encodeBase64url(new Uint8Array(32).fill(byte));
const signers = [1, 2, 3, 4, 5]
  .map((byte) => signerFromSeed(new Uint8Array(32).fill(byte)))
  .sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
const stranger = signerFromSeed(new Uint8Array(32).fill(9));
const at = { workforce: filler(1), epoch: 1, slot: 3 };
const [key, salt] = [filler(20), filler(21)];
const statement: NameStatement = { ...at, name: "Zoë Example", rule: "pattern", key: nameKey(key, salt) };
const terms: NameTerms = {
  class: "mailbox",
  pattern: true,
  quorum: 3,
  registrars: new Set(signers.map(({ publicKey }) => publicKey)),
};

function opening(by = signers.slice(0, 3), of: Partial<NameStatement> = {}): Opening {
  return {
    type: "opening",
    v: 1,
    letter: filler(30),
    key,
    seq: 0,
    salt: filler(31),
    appearance: {
      kind: "named",
      name: statement.name,
      confirmed: {
        rule: "pattern",
        salt,
        by: by.map((signer) => ({
          registrar: signer.publicKey,
          sig: signName({ ...statement, ...of }, signer),
        })),
      },
      role: null,
      place: null,
    },
  };
}

describe("a confirmed name", () => {
  it("holds with exactly the quorum's confirmations, whoever of the registrars they are", async () => {
    const anyThree = fc.subarray(signers, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(anyThree, async (three) => {
        expect(await isNameConfirmed(opening(three), at, terms)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("holds with no other number of them", async () => {
    for (const count of [1, 2, 4, 5]) {
      expect(await isNameConfirmed(opening(signers.slice(0, count)), at, terms)).toBe(false);
    }
  });

  it("is nothing to check where nothing stands as confirmed", async () => {
    const { appearance, ...rest } = opening([]);
    const looks = [
      { ...appearance, confirmed: null },
      { kind: "anonymous" },
      { kind: "role", role: "Nurse", place: null },
    ] as const;
    for (const look of looks) {
      const vouched = { ...terms, class: "vouched", pattern: false } as const;
      expect(await isNameConfirmed({ ...rest, appearance: look } as Opening, at, vouched)).toBe(true);
    }
  });

  it("is confirmed by a pattern only where there is one, by a note anywhere, and never for the vouched", async () => {
    const noted = structuredClone(opening(undefined, { rule: "note" })) as never as {
      appearance: { confirmed: { rule: string } };
    };
    noted.appearance.confirmed.rule = "note";
    const noPattern = { ...terms, pattern: false };
    expect(await isNameConfirmed(opening(), at, noPattern)).toBe(false);
    expect(await isNameConfirmed(noted as never, at, noPattern)).toBe(true);
    expect(await isNameConfirmed(noted as never, at, { ...terms, class: "vouched" })).toBe(false);
    expect(await isNameConfirmed(opening(), at, { ...terms, class: "vouched" })).toBe(false);
  });

  it.each<[string, Partial<NameStatement>]>([
    ["name", { name: "Zoe Example" }],
    ["rule", { rule: "note" }],
    ["key", { key: nameKey(filler(22), salt) }],
    ["salt", { key: nameKey(key, filler(22)) }],
    ["slot", { slot: 4 }],
    ["epoch", { epoch: 2 }],
    ["workforce", { workforce: filler(2) }],
  ])("that was confirmed for another %s is refused", async (_, change) => {
    expect(await isNameConfirmed(opening(undefined, change), at, terms)).toBe(false);
    // One false confirmation is enough.
    const [mixed, false_] = [opening(), opening(undefined, change)];
    if (mixed.appearance.kind !== "named" || false_.appearance.kind !== "named") throw new Error("not named");
    const by = mixed.appearance.confirmed!.by.with(1, false_.appearance.confirmed!.by[1]!);
    const confirmed = { ...mixed.appearance.confirmed!, by };
    const one = { ...mixed, appearance: { ...mixed.appearance, confirmed } };
    expect(await isNameConfirmed(one, at, terms)).toBe(false);
  });

  it("is refused at another slot, epoch or workforce than it was confirmed for", async () => {
    for (const place of [
      { ...at, slot: 4 },
      { ...at, epoch: 2 },
      { ...at, workforce: filler(2) },
    ]) {
      expect(await isNameConfirmed(opening(), place, terms)).toBe(false);
    }
  });

  it("is refused under another key: a copied confirmation is worth nothing", async () => {
    expect(await isNameConfirmed({ ...opening(), key: filler(22) }, at, terms)).toBe(false);
  });

  it("is refused where a stranger, or a registrar without keys in the epoch, confirmed it", async () => {
    const by = [signers[0]!, signers[1]!, stranger].sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
    expect(await isNameConfirmed(opening(by), at, terms)).toBe(false);
    const fewer = new Set([...terms.registrars].slice(1));
    expect(await isNameConfirmed(opening(), at, { ...terms, registrars: fewer })).toBe(false);
  });

  it("cannot name one registrar twice: its format refuses that", () => {
    for (const by of [
      [signers[0]!, signers[0]!, signers[1]!],
      [signers[1]!, signers[0]!, signers[2]!],
    ]) {
      expect(() => openingShape.check(opening(by) as never, "")).toThrow(
        expect.objectContaining({ code: "bad-field" }),
      );
    }
    expect(openingShape.check(opening() as never, "")).toEqual(opening());
  });
});

describe("a confirmation", () => {
  it("is one registrar's and no other's", async () => {
    const sig = signName(statement, signers[0]!);
    expect(await verifyName(statement, signers[0]!.publicKey, sig)).toBe(true);
    expect(await verifyName(statement, signers[1]!.publicKey, sig)).toBe(false);
  });

  it("names the key by a hash that hides it as long as the salt is secret, and binds both", () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(encodeBase64url);
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        fc.pre(one !== other);
        expect(new Set([nameKey(one, other), nameKey(other, one), nameKey(one, one)]).size).toBe(3);
      }),
    );
  });

  it("has a salt of its own for each slot, epoch and workforce, which no other secret of the phrase is", () => {
    const secrets = new Secrets(
      "legal winner thank year wave sausage worth useful legal winner thank yellow",
    );
    const places = [at, { ...at, slot: 4 }, { ...at, epoch: 2 }, { ...at, workforce: filler(2) }];
    const salts = places.map((place) => encodeBase64url(secrets.nameSalt(place)));
    const others = [
      encodeBase64url(secrets.commitmentSalt(at, filler(30), 0)),
      secrets.slotSigner(at).publicKey,
    ];
    expect(new Set([...salts, ...others]).size).toBe(places.length + 2);
  });
});

it("confirmations of interop/, which another program has checked from the protocol, are ours byte for byte", () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../../interop/${name}`, import.meta.url), "utf8"));
  const row = read("cases.json")[0];
  const { ed25519, people } = read("keys.json");
  const letter = row.letters.find((one: { state: string }) => one.state === "open").letter;
  const { opening: shown } = read(`valid/openings/${letter}/0.json`).entries.find(
    ({ opening: one }: { opening: Opening }) =>
      one.appearance.kind === "named" && one.appearance.name === "Amara Example",
  ) as { opening: Opening };
  if (shown.appearance.kind !== "named" || shown.appearance.confirmed === null) throw new Error("no name");
  const { name, confirmed } = shown.appearance;
  const place = { workforce: row.workforce, epoch: 1, slot: 2 };
  const secrets = new Secrets(people[0].phrase);
  expect(secrets.slotSigner(place).publicKey).toBe(shown.key);
  expect(encodeBase64url(secrets.nameSalt(place))).toBe(confirmed.salt);
  for (const { registrar, sig } of confirmed.by) {
    const { seed } = ed25519.registrars.find((one: { public: string }) => one.public === registrar);
    const signer = signerFromSeed(new Uint8Array(Buffer.from(seed, "base64url")));
    const of = { ...place, name, rule: confirmed.rule, key: nameKey(shown.key, confirmed.salt) };
    expect(signName(of, signer)).toBe(sig);
  }
});
