/** The way of a signature through core alone: phrase, blind request, token, endorsement, and what must not pass. */
import { describe, expect, it } from "vitest";
import {
  appearanceAllowed,
  blindRequest,
  commitmentOf,
  decodeBase64url,
  type EndorsementLeaf,
  encodeBase64url,
  encodeLeaf,
  endorsementRequest,
  generatePhrase,
  type LetterRef,
  makeEndorsement,
  makeRevision,
  makeWithdrawal,
  nameOf,
  openEnrolment,
  parseLeaf,
  remainderMessage,
  revisionRequest,
  Secrets,
  sealEnrolment,
  TokenVerifier,
  tokenKey,
  unblind,
  verifyDetached,
  verifyObject,
  withdrawalRequest,
} from "../src/index.ts";
import { testRsa } from "./keys.ts";

const filler = (byte: number) => encodeBase64url(new Uint8Array(32).fill(byte));
const workforce = filler(1);
const letter = filler(2);
const at: LetterRef = { workforce, epoch: 1, slot: 3, letter };
const rsa = [testRsa(), testRsa(), testRsa()];
const keys = rsa.map((one, i) =>
  tokenKey({ workforce, epoch: 1, slot: 3, class: "mailbox", registrar: filler(10 + i) }, one.spki),
);
const phrase = generatePhrase();
const secrets = new Secrets(phrase);
const tokens = keys.map((key, i) => unblind(secrets, key, rsa[i]!.sign(blindRequest(secrets, key))));
const endorse = (quorum: number) =>
  makeEndorsement(secrets, at, {
    class: "mailbox",
    tokens,
    quorum,
    appearance: { kind: "named", name: "Zoë Example", confirmed: null, role: null, place: null },
    remainder: "release",
  });

describe("the way of a signature", () => {
  it("makes the same bytes again from the same phrase, however it is typed", () => {
    const again = new Secrets(`  ${phrase.toUpperCase().split(" ").join("   ")}\n`);
    for (const key of keys) expect(blindRequest(again, key)).toEqual(blindRequest(secrets, key));
    expect(endorse(2)).toEqual(endorse(2));
  });

  it("makes a token that its key alone accepts, for its slot's key alone", async () => {
    const slotKey = secrets.slotSigner(at).publicKey;
    expect(await new TokenVerifier(keys[0]!).verify(tokens[0]!, slotKey)).toBe(true);
    expect(await new TokenVerifier(keys[1]!).verify(tokens[0]!, slotKey)).toBe(false);
    expect(
      await new TokenVerifier(keys[0]!).verify(tokens[0]!, secrets.slotSigner({ ...at, slot: 4 }).publicKey),
    ).toBe(false);
  });

  it.each([
    ["workforce", { workforce: filler(9) }],
    ["epoch", { epoch: 2 }],
    ["slot", { slot: 4 }],
    ["class", { class: "vouched" as const }],
    ["registrar", { registrar: filler(11) }],
  ])("refuses a token of another %s even under the same RSA key", async (_name, change) => {
    const other = tokenKey(
      { workforce, epoch: 1, slot: 3, class: "mailbox", registrar: filler(10), ...change },
      rsa[0]!.spki,
    );
    const token = { ...tokens[0]!, registrar: other.registrar };
    expect(await new TokenVerifier(other).verify(token, secrets.slotSigner(at).publicKey)).toBe(false);
  });

  it("refuses an answer that is not the registrar's signature on what was asked", () => {
    // Below the modulus, as a right one is, and another one.
    const wrong = rsa[0]!.sign(blindRequest(secrets, keys[0]!));
    wrong[wrong.length - 1]! ^= 1;
    wrong[0] = 0;
    expect(() => unblind(secrets, keys[0]!, wrong)).toThrow(
      expect.objectContaining({ code: "signature-invalid" }),
    );
  });

  it("never blinds alike under two keys", () => {
    const twin = tokenKey(
      { workforce, epoch: 1, slot: 3, class: "mailbox", registrar: filler(10) },
      rsa[1]!.spki,
    );
    expect(secrets.blinding(at, keys[0]!.spki, 0)).not.toEqual(secrets.blinding(at, twin.spki, 0));
    expect(secrets.tokenPrefix(at, keys[0]!.spki)).not.toEqual(secrets.tokenPrefix(at, twin.spki));
    expect(secrets.tokenSalt(at, keys[0]!.spki)).not.toEqual(secrets.tokenSalt(at, twin.spki));
  });

  it("holds exactly the quorum's number of tokens, sorted, and says when there are too few", () => {
    for (const quorum of [1, 2, 3]) {
      const request = endorse(quorum);
      expect(request.leaf.tokens).toHaveLength(quorum);
      expect(endorsementRequest.check(JSON.parse(JSON.stringify(request)), "")).toEqual(request);
    }
    expect(() => endorse(4)).toThrow(expect.objectContaining({ code: "too-few-tokens" }));
  });

  it("signs every field of a leaf", async () => {
    const { leaf } = endorse(2);
    expect(await verifyObject(leaf, leaf.key)).toBe(true);
    for (const field of ["letter", "key", "commitment"] as const) {
      expect(await verifyObject({ ...leaf, [field]: filler(77) }, leaf.key)).toBe(false);
    }
    const otherClass: EndorsementLeaf = { ...leaf, class: "vouched" };
    const fewerTokens: EndorsementLeaf = { ...leaf, tokens: leaf.tokens.slice(0, 1) };
    expect(await verifyObject(otherClass, leaf.key)).toBe(false);
    expect(await verifyObject(fewerTokens, leaf.key)).toBe(false);
  });

  it("signs what shall become of a remainder", async () => {
    const request = endorse(1);
    const message = (remainder: "release" | "destroy") => remainderMessage(nameOf(request.leaf), remainder);
    expect(
      await verifyDetached("endorsement-request", message("release"), request.leaf.key, request.sig),
    ).toBe(true);
    expect(
      await verifyDetached("endorsement-request", message("destroy"), request.leaf.key, request.sig),
    ).toBe(false);
  });

  it("commits to the appearance and hides it", () => {
    const { leaf, opening } = endorse(1);
    expect(commitmentOf(opening!)).toBe(leaf.commitment);
    expect(commitmentOf({ ...opening!, salt: filler(0) })).not.toBe(leaf.commitment);
    expect(new TextDecoder().decode(encodeLeaf(leaf))).not.toContain("Example");
  });

  it("sends no opening for an anonymous signatory", () => {
    const anonymous = makeEndorsement(secrets, at, {
      class: "mailbox",
      tokens,
      quorum: 1,
      appearance: { kind: "anonymous" },
      remainder: "destroy",
    });
    expect(anonymous.opening).toBeNull();
  });

  it("chains revisions and withdrawals to what they follow", async () => {
    const { leaf } = endorse(1);
    const revision = makeRevision(secrets, at, { seq: 0, leaf: nameOf(leaf) }, { kind: "anonymous" });
    const withdrawal = makeWithdrawal(secrets, at, { seq: 1, leaf: nameOf(revision.leaf) });
    expect(revision.leaf.previous).toBe(nameOf(leaf));
    expect(withdrawal.leaf.seq).toBe(2);
    expect(await verifyObject(revision.leaf, leaf.key)).toBe(true);
    expect(await verifyObject(withdrawal.leaf, leaf.key)).toBe(true);
    expect(revisionRequest.check(JSON.parse(JSON.stringify(revision)), "")).toEqual(revision);
    expect(withdrawalRequest.check(JSON.parse(JSON.stringify(withdrawal)), "")).toEqual(withdrawal);
    expect(parseLeaf(encodeLeaf(withdrawal.leaf))).toEqual(withdrawal.leaf);
  });

  it("shows only what lists and letter offer", () => {
    const lists = { roles: ["engineer"], places: ["Berlin"] };
    expect(
      appearanceAllowed({ kind: "role", role: "engineer", place: "Berlin" }, lists, {
        appearances: ["role"],
        names: "any",
      }),
    ).toBe(true);
    expect(
      appearanceAllowed({ kind: "role", role: "chief", place: null }, lists, {
        appearances: ["role"],
        names: "any",
      }),
    ).toBe(false);
    expect(appearanceAllowed({ kind: "anonymous" }, lists, { appearances: ["role"], names: "any" })).toBe(
      false,
    );
  });
});

describe("the recovery phrase", () => {
  it.each([
    "",
    "abandon",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
    "zzz abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
  ])("%j is refused", (words) => {
    expect(() => new Secrets(words)).toThrow(expect.objectContaining({ code: "bad-phrase" }));
  });

  it("derives what a separate program (Python's hmac, openssl) derives", () => {
    const known = new Secrets(
      "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    );
    expect(known.slotSigner({ workforce: filler(1), epoch: 1, slot: 0 }).publicKey).toBe(
      "U1sEBX78wGDrYmPH7mejgHulKw8cBnr5J4f9TFS7Oz0",
    );
    expect(encodeBase64url(known.tokenPrefix({ workforce: filler(1), epoch: 1, slot: 0 }, filler(2)))).toBe(
      "GsKKQazubPgscz4a7YiJiHUywxzGd4184He50M8LYTQ",
    );
  });
});

describe("the enrolment file", () => {
  const held = {
    type: "tokens" as const,
    v: 1 as const,
    workforce,
    epoch: 1,
    class: "mailbox" as const,
    tokens: tokens.map((token) => ({ slot: 3, ...token })),
    invitations: [],
    names: [],
  };

  it("opens with the phrase and with no other", async () => {
    const file = await sealEnrolment(secrets, held);
    expect(await openEnrolment(secrets, workforce, file)).toEqual(held);
    await expect(openEnrolment(new Secrets(generatePhrase()), workforce, file)).rejects.toMatchObject({
      code: "wrong-phrase",
    });
    await expect(openEnrolment(secrets, filler(8), file)).rejects.toMatchObject({ code: "wrong-phrase" });
  });

  it("says nothing outside: neither workforce nor number of tokens", async () => {
    const one = await sealEnrolment(secrets, { ...held, tokens: held.tokens.slice(0, 1) });
    const three = await sealEnrolment(secrets, held);
    expect(one.length).toBe(three.length);
    expect(new TextDecoder().decode(three)).not.toContain(workforce);
  });

  it("is refused when a byte of it is changed", async () => {
    const file = JSON.parse(new TextDecoder().decode(await sealEnrolment(secrets, held)));
    const sealed = decodeBase64url(file.sealed);
    sealed[100]! ^= 1;
    const changed = new TextEncoder().encode(JSON.stringify({ ...file, sealed: encodeBase64url(sealed) }));
    await expect(openEnrolment(secrets, workforce, changed)).rejects.toMatchObject({ code: "wrong-phrase" });
  });
});
