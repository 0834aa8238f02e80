import {
  appearanceAllowed,
  appearanceShape,
  canonicalMailbox,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  MAX_REGISTRARS,
  parseLetterManifest,
  parseWorkforceManifest,
  signerFromSeed,
} from "@undersigned/core";
import { readAwardExport, readOcds } from "@undersigned/dealings";
import { describe, expect, it } from "vitest";
import { batchRuleFor } from "../../src/demo/plan.ts";
import { JUDGEMENTS } from "../../src/demo/sample/sample-answers.ts";
import {
  awardExport,
  contractReleases,
  SAMPLE_ROWS,
  SUPPLIER,
} from "../../src/demo/sample/sample-dealings.ts";
import { letterDays, sampleLetter } from "../../src/demo/sample/sample-letter.ts";
import { samplePerson } from "../../src/demo/sample/sample-people.ts";
import { sampleRegistrars } from "../../src/demo/sample/sample-registrars.ts";
import { accompliceMailbox, headcount, sampleManifest } from "../../src/demo/sample/sample-workforce.ts";

const key = (byte: number): string => signerFromSeed(new Uint8Array(32).fill(byte)).publicKey;

const manifest = sampleManifest({
  registrars: sampleRegistrars(15).map(({ name, operator }, index) => ({
    identity: key(10 + index),
    name,
    operator,
    url: `http://127.0.0.1:${1234 + index}`,
  })),
  quorum: 10,
  logKey: key(2),
  board: { key: key(3), url: "http://127.0.0.1:2345" },
  opener: key(4),
  employees: headcount(1400),
  day: "2026-01-01",
  invitations: 1,
});

const PEOPLE = Array.from({ length: 4800 }, (_, i) => samplePerson(i + 1));

describe("the sample workforce", () => {
  it("is a manifest that every party accepts, with 4,800 people and as many registrars as there may be", () => {
    const parsed = parseWorkforceManifest(encodeCanonical(manifest as unknown as JsonValue));
    expect(parsed.headcount?.number).toBe(4800);
    expect(parsed.registrars).toHaveLength(MAX_REGISTRARS);
    expect(parsed.bounds).toEqual({ forge: 9, double: 4, outage: 5 });
  });

  it("grows with the number of signatories, so that there are never more than people", () => {
    for (const signatories of [1, 1400, 4000, 4001, 10_000]) {
      expect(headcount(signatories)).toBeGreaterThanOrEqual(Math.max(4800, signatories));
    }
  });

  it("has registrars of which each has a name, an operator and a sender of its own", () => {
    const all = sampleRegistrars(MAX_REGISTRARS);
    for (const of of ["name", "operator", "sender"] as const) {
      expect(new Set(all.map((one) => one[of])).size).toBe(MAX_REGISTRARS);
    }
  });

  it("has helpers of dishonest registrars who are none of the signatories", () => {
    for (const signatories of [1, 1400, 4000, 10_000]) {
      const signatorys = new Set(Array.from({ length: signatories }, (_, i) => samplePerson(i + 1).inbox));
      for (let i = 0; i < 50; i++) {
        expect(signatorys.has(accompliceMailbox(headcount(signatories), i))).toBe(false);
      }
    }
  });

  it("refuses its groups' mailboxes", () => {
    expect(() => canonicalMailbox("team-maps@example.com", manifest.mailboxes)).toThrow(
      expect.objectContaining({ code: "group-mailbox" }),
    );
  });
});

describe("the sample people", () => {
  it("type their mailboxes in many ways, of which each means one mailbox of their own", () => {
    for (const { inbox, typed, typedOtherwise } of PEOPLE) {
      expect(canonicalMailbox(typed, manifest.mailboxes)).toBe(inbox);
      expect(canonicalMailbox(typedOtherwise, manifest.mailboxes)).toBe(inbox);
      expect(typedOtherwise).not.toBe(typed);
    }
    expect(new Set(PEOPLE.map(({ inbox }) => inbox)).size).toBe(PEOPLE.length);
    const plain = PEOPLE.filter(({ inbox, typed }) => inbox === typed).length / PEOPLE.length;
    expect(plain).toBeGreaterThan(0.5);
    expect(plain).toBeLessThan(0.7);
  });

  it("appear as the manifest's lists allow, most anonymously and few by name", () => {
    for (const { appearance, secondThought } of PEOPLE) {
      for (const shown of [appearance, secondThought]) {
        appearanceShape.check(shown as unknown as JsonValue, "");
        expect(
          appearanceAllowed(shown, manifest, { appearances: ["anonymous", "named", "role"], names: "any" }),
        ).toBe(true);
      }
      expect(secondThought.kind).not.toBe(appearance.kind);
    }
    const share = (kind: string) =>
      PEOPLE.filter(({ appearance }) => appearance.kind === kind).length / PEOPLE.length;
    expect(share("anonymous")).toBeCloseTo(0.55, 1);
    expect(share("role")).toBeCloseTo(0.3, 1);
    expect(share("named")).toBeCloseTo(0.15, 1);
  });

  it("are the same at every run", () => {
    expect(samplePerson(42)).toEqual(samplePerson(42));
  });
});

describe("the sample letter", () => {
  it("is a manifest with four demands, sources for every claim, a closing day and a later day of delivery", () => {
    const letter = sampleLetter({
      workforce: encodeBase64url(new Uint8Array(32)),
      salt: encodeBase64url(new Uint8Array(32)),
      organisers: [key(4)],
      byMail: false,
      days: letterDays("2026-01-01", 60),
      batch: batchRuleFor(1400),
    });
    const parsed = parseLetterManifest(encodeCanonical(letter as unknown as JsonValue));
    expect(parsed.demands).toHaveLength(4);
    expect(parsed.supplement?.claims.length).toBeGreaterThan(0);
    expect(parsed.closes).toBe("2026-03-02");
    expect(parsed.delivers).toBe("2026-03-09");
    expect(parsed.delivery).toContain("9 March 2026");
  });
});

describe("the sample exports", () => {
  async function* stream(file: Uint8Array) {
    yield file;
  }
  const rows = async (suppliers: readonly string[]) => [
    ...(await readAwardExport(stream(awardExport()), { suppliers })).rows,
    ...(await readOcds(stream(contractReleases()), { suppliers })).rows,
  ];

  it("are read as twelve rows of the company, of two currencies, and others' rows that are not taken", async () => {
    const own = await rows([SUPPLIER]);
    expect(own).toHaveLength(SAMPLE_ROWS);
    expect(new Set(own.map(({ id }) => id)).size).toBe(SAMPLE_ROWS);
    expect(new Set(own.map(({ entry }) => entry.value?.currency))).toEqual(new Set(["USD", "EUR"]));
    expect((await rows([])).length).toBeGreaterThan(SAMPLE_ROWS);
  });

  it("name people, as exports do, of whom no row says anything", async () => {
    const files = [awardExport(), contractReleases()].map((file) => Buffer.from(file).toString());
    for (const file of files) expect(file).toMatch(/officer (?:one|two) of the sample/i);
    expect(JSON.stringify(await rows([]))).not.toMatch(/of the sample|55501/i);
  });
});

describe("the sample judgements", () => {
  it("are one of each demand of the sample letter", () => {
    const { demands } = sampleLetter({
      workforce: encodeBase64url(new Uint8Array(32)),
      salt: encodeBase64url(new Uint8Array(32)),
      organisers: [key(4)],
      days: letterDays("2026-01-01", 3, 1),
      batch: batchRuleFor(20),
      isEarlier: true,
      byMail: true,
    });
    expect(JUDGEMENTS.map(({ demand }) => demand)).toEqual(demands.map(({ id }) => id));
    expect(new Set(JUDGEMENTS.map(({ state }) => state)).size).toBe(4);
  });
});
