/** Carrying a signature over: what is read to know how one appears under the letter before, and what it says. */
import {
  type Appearance,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  type LetterManifest,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { appearanceToCarry, bucketOf, earlierSignature, replacedBy } from "../src/index.ts";
import { LETTER, letterLeaf, letterManifest, makeView, secrets, WORKFORCE } from "./kit.ts";

const NEW = encodeBase64url(new Uint8Array(32).fill(77));
const at = { workforce: WORKFORCE, epoch: 1, slot: 0, letter: LETTER };
const key = secrets.slotSigner(at).publicKey;
const leaf = encodeBase64url(new Uint8Array(32).fill(4));
const role: Appearance = { kind: "role", role: "Engineer", place: "Lisbon" };

function viewWith(old: Partial<LetterManifest> | null = {}, fresh: { epoch?: number } = {}) {
  const logged = (letter: string, slot: number, manifest: LetterManifest | null, epoch = 1) => {
    const of = { ...letterLeaf(letter, slot), epoch };
    return [letter, { leaf: of, closes: of.closes, manifest }] as const;
  };
  const epochs = makeView().epochs;
  return makeView({
    size: 10_000,
    epochs: new Map([...epochs, [2, epochs.get(1)!]]),
    letters: new Map([
      logged(LETTER, 0, old === null ? null : { ...letterManifest, ...old }),
      logged(NEW, 1, { ...letterManifest, replaces: LETTER }, fresh.epoch),
    ]),
  });
}

interface Of {
  readonly bits?: number;
  readonly state?: "counted" | "withdrawn" | null;
  readonly shown?: Appearance | null;
  readonly hidden?: boolean;
}

function files({ bits = 3, state = "counted", shown = role, hidden = false }: Of = {}) {
  const asked: string[] = [];
  const salt = encodeBase64url(secrets.commitmentSalt(at, LETTER, 0));
  const opening = { type: "opening", v: 1, letter: LETTER, key, seq: 0, appearance: shown, salt };
  const entries = [
    ...(hidden ? [{ index: 50, hidden: { day: "2026-05-05", reason: "slur" } }] : []),
    ...(shown === null || hidden ? [] : [{ index: 50, opening }]),
  ];
  const counts = { mailbox: 1, vouched: 0 };
  const row = {
    letter: LETTER,
    leaf: 2,
    closing: null,
    earlyClosing: null,
    deliveries: [],
    responses: [],
    judgements: [],
    dealings: [],
    chronicle: [],
    endorsements: 1,
    counted: counts,
  };
  const more = { withdrawn: { mailbox: 0, vouched: 0 }, days: null, bits, pages: 1 };
  const lists = { workforces: [0], epochs: [1], clients: [], issuance: [], destructions: [] };
  const content = new Map<string, unknown>([
    [
      "index.json",
      { type: "index", v: 1, workforce: WORKFORCE, size: 9000, ...lists, letters: [{ ...row, ...more }] },
    ],
    [`openings/${LETTER}/0.json`, { type: "openings", v: 1, letter: LETTER, page: 0, entries }],
  ]);
  for (let bucket = 0; bucket < 2 ** bits; bucket++) {
    const own = state !== null && bucket === bucketOf(key, bits);
    content.set(`signatories/${LETTER}/${bits}/${bucket}.json`, {
      type: "signatories",
      v: 1,
      letter: LETTER,
      size: 9000,
      bits,
      bucket,
      entries: own ? [{ key, seq: 0, state, leaf, index: 50 }] : [],
    });
  }
  const read = async (path: string) => {
    asked.push(path);
    const value = content.get(path);
    return value === undefined ? null : encodeCanonical(value as JsonValue);
  };
  return { source: { read }, asked };
}

const earlier = (of?: Of, view = viewWith()) =>
  earlierSignature({ view, source: files(of).source, secrets, letter: NEW });

describe("the signature under the letter that was replaced", () => {
  it("is found with how the person appears there now", async () => {
    const found = await earlier();
    expect(found).toEqual({ letter: LETTER, state: "counted", shown: role, sameEpoch: true });
    expect(appearanceToCarry(found)).toEqual(role);
  });

  it("is looked for in every list, whosever it is, so that none tells the board who asks", async () => {
    for (const state of ["counted", null] as const) {
      const { source, asked } = files({ state });
      await earlierSignature({ view: viewWith(), source, secrets, letter: NEW });
      const buckets = asked.filter((path) => path.startsWith("signatories/"));
      expect(buckets).toEqual(
        Array.from({ length: 8 }, (_, bucket) => `signatories/${LETTER}/3/${bucket}.json`),
      );
    }
  });

  it("is not looked for where the lists are too many", async () => {
    const { source, asked } = files({ bits: 7 });
    const view = { ...viewWith(), size: 1_000_000 };
    const found = await earlierSignature({ view, source, secrets, letter: NEW });
    expect(found?.state).toBe("unknown");
    expect(asked).toEqual(["index.json"]);
  });

  it("is anonymous where nothing is shown, and unknown where that was hidden or is not public", async () => {
    expect((await earlier({ shown: null }))?.shown).toEqual({ kind: "anonymous" });
    expect((await earlier({ hidden: true }))?.shown).toBeNull();
    expect((await earlier({ shown: null }, viewWith(null)))?.shown).toBeNull();
  });

  it.each([[{ state: "withdrawn" as const }], [{ state: null }], [{ hidden: true }]])(
    "that does not count or shows nothing is not carried over: %j",
    async (of) => {
      const found = await earlier(of);
      expect(() => appearanceToCarry(found)).toThrow(expect.objectContaining({ code: "nothing-to-carry" }));
    },
  );

  it("of another epoch says that this enrolment does not serve", async () => {
    expect(await earlier({}, viewWith({}, { epoch: 2 }))).toMatchObject({
      state: "counted",
      sameEpoch: false,
    });
  });

  it("leaves the confirmation of a name out, which belongs to the letter before", () => {
    const named = { kind: "named" as const, name: "Ana López", confirmed: null, role: null, place: null };
    const confirmed = { rule: "pattern", signatures: [] } as never;
    const shown = { ...named, confirmed };
    expect(appearanceToCarry({ letter: LETTER, state: "counted", shown, sameEpoch: true })).toEqual(named);
  });

  it("is there for letters that replace one of this log alone", () => {
    expect(replacedBy(viewWith(), NEW)).toBe(LETTER);
    expect(replacedBy(viewWith(), LETTER)).toBeNull();
    const elsewhere = { ...letterManifest, replaces: leaf };
    const of = letterLeaf(NEW, 1);
    const view = makeView({
      letters: new Map([[NEW, { leaf: of, closes: of.closes, manifest: elsewhere }]]),
    });
    expect(replacedBy(view, NEW)).toBeNull();
  });
});
