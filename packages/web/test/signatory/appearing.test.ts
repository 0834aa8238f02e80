/** How somebody appears, and how many others look the same. */

import { ownOpening } from "@undersigned/client";
import { type Appearance, encodeBase64url, type Opening, Secrets } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lookOf, othersAlike, readAppearance } from "../../src/islands/signatory/machine/appearance.ts";
import { tidyName } from "../../src/islands/signatory/machine/tidy-name.ts";
import { alikeWords } from "../../src/islands/signatory/words/appearing.ts";
import { looksOf } from "../../src/islands/signatory/work/openings.ts";
import { fresh, LETTER, PHRASE, WORKFORCE } from "./kit.ts";

const engineer: Appearance = { kind: "role", role: "Engineer", place: null };
const inLisbon: Appearance = { kind: "role", role: "Engineer", place: "Lisbon" };
const named: Appearance = { kind: "named", name: "Engineer", confirmed: null, role: null, place: null };
const anonymous: Appearance = { kind: "anonymous" };
const offered = {
  kinds: ["anonymous", "named", "role"] as const,
  roles: ["Engineer"],
  places: ["Lisbon"],
  confirmed: null,
  anyName: true,
};

function opening(appearance: Appearance, more: Partial<Opening> = {}): Opening {
  const b32 = "A".repeat(43);
  return { type: "opening", v: 1, letter: LETTER, key: b32, seq: 0, salt: b32, appearance, ...more };
}

const looks = looksOf({
  counted: 20,
  openings: [engineer, engineer, engineer, inLisbon, named].map((appearance) => opening(appearance)),
});

describe("How many look the same", () => {
  it("counts those with the same role and place, and nobody else", () => {
    expect(othersAlike(looks, engineer, null)).toBe(3);
    expect(othersAlike(looks, inLisbon, null)).toBe(1);
    expect(othersAlike(looks, { kind: "role", role: "Cook", place: null }, null)).toBe(0);
  });

  it("does not take a name for a role that is written the same", () => {
    expect(lookOf(named)).not.toBe(lookOf(engineer));
    expect(othersAlike(looks, named, null)).toBe(1);
  });

  it("counts as anonymous who is counted and not shown", () => {
    expect(othersAlike(looks, anonymous, null)).toBe(15);
  });

  it("does not count the person among the others", () => {
    expect(othersAlike(looks, engineer, engineer)).toBe(2);
    expect(othersAlike(looks, anonymous, anonymous)).toBe(14);
    expect(othersAlike(looks, engineer, anonymous)).toBe(3);
  });

  it("is never below nobody, whatever the lists say", () => {
    expect(othersAlike({ counted: 1, shown: 5, same: new Map() }, anonymous, null)).toBe(0);
  });

  it("agrees with counting by hand", () => {
    const kinds = fc.constantFrom(engineer, inLisbon, named);
    fc.assert(
      fc.property(fc.array(kinds), kinds, (all, one) => {
        const of = looksOf({ counted: all.length, openings: all.map((appearance) => opening(appearance)) });
        const same = all.filter((other) => JSON.stringify(other) === JSON.stringify(one)).length;
        expect(othersAlike(of, one, null)).toBe(same);
      }),
    );
  });

  it("warns below five, and always at a name", () => {
    expect(alikeWords(looks, engineer, null)).toEqual({
      text: "3 other signatories look the same so far. With so few, you can be guessed more easily.",
      warning: true,
    });
    expect(alikeWords(looks, anonymous, null)).toEqual({
      text: "15 other signatories look the same so far.",
      warning: false,
    });
    expect(alikeWords(looks, named, null).warning).toBe(true);
    expect(alikeWords(looks, inLisbon, null).text).toMatch(/^1 other signatory looks/);
    expect(alikeWords({ counted: 0, shown: 0, same: new Map() }, anonymous, null).text).toContain("compare");
  });
});

describe("The chosen appearance", () => {
  const typed = (changes: object) => ({ ...fresh().typed, ...changes });

  it("holds what was chosen, and only what is on the lists", () => {
    expect(readAppearance(typed({ kind: "role", role: "Engineer", place: "Lisbon" }), offered)).toEqual({
      appearance: inLisbon,
    });
    expect(readAppearance(typed({ kind: "role", role: "Engineer", place: "Moon" }), offered)).toEqual({
      appearance: engineer,
    });
  });

  it("shows nothing of what was typed before for another kind", () => {
    expect(readAppearance(typed({ kind: "anonymous", name: "Visitor", role: "Engineer" }), offered)).toEqual({
      appearance: anonymous,
    });
    expect(readAppearance(typed({ kind: "role", name: "Visitor", role: "Engineer" }), offered)).toEqual({
      appearance: engineer,
    });
  });

  it("is refused where the letter does not offer it", () => {
    const read = readAppearance(typed({ kind: "named", name: "Visitor" }), {
      ...offered,
      kinds: ["anonymous"],
    });
    expect(read).toMatchObject({ problem: { code: "kind-missing" } });
  });

  it("has a name without the spaces that typing leaves, in the one spelling of its letters", () => {
    expect(tidyName("  Jose\u0301   Example ")).toBe("José Example");
  });
});

describe("One's own opening", () => {
  const at = { workforce: WORKFORCE, epoch: 1, slot: 0, letter: LETTER };
  const secrets = new Secrets(PHRASE);
  const key = secrets.slotSigner(at).publicKey;
  const salt = (seq: number) => encodeBase64url(secrets.commitmentSalt(at, LETTER, seq));

  it("is the one of the key's head; a copy with another salt is not", () => {
    const mine = opening(engineer, { key, seq: 2, salt: salt(2) });
    const others = [opening(named, { key, seq: 2 }), opening(named, { key, seq: 1, salt: salt(1) })];
    expect(ownOpening([...others, mine], { secrets, at }, { seq: 2, leaf: "" })).toBe(mine);
    expect(ownOpening(others, { secrets, at }, { seq: 2, leaf: "" })).toBeNull();
  });
});
