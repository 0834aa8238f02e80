/** A letter and a workforce as organisers would have written them, field by field. */
import {
  encodeCanonical,
  fieldText,
  type JsonValue,
  type LetterContext,
  signerFromSeed,
  signObject,
  utf8Decode,
  type WorkforceContext,
} from "../../src/index.ts";

export const keyOf = (fill: number) => signerFromSeed(new Uint8Array(32).fill(fill)).publicKey;

export function cardText(fill: number, change: Record<string, string> = {}): string {
  const signer = signerFromSeed(new Uint8Array(32).fill(fill));
  const card = signObject(
    {
      type: "registrar-card",
      v: 1,
      identity: signer.publicKey,
      name: `R${fill}`,
      operator: `Operator ${fill}`,
      url: `https://r${fill}.example.com`,
    },
    signer,
  );
  return utf8Decode(encodeCanonical({ ...card, ...change } as JsonValue));
}

type Values = Readonly<Record<string, unknown>>;

export function fieldsOf(values: Values, change: Values = {}): ReadonlyMap<string, string> {
  return new Map(Object.entries({ ...values, ...change }).map(([name, value]) => [name, fieldText(value)]));
}

export const workforce: Values = {
  employer: "Example Works",
  domains: [
    { domain: "example.org", aliases: [] },
    { domain: "Example.com ", aliases: ["m.example.com", "a.example.com"] },
  ],
  groups: ["team-*", "all"],
  registrars: [11, 12, 13].map((fill) => cardText(fill)),
  quorum: 2,
  roles: [
    { name: "Engineer", people: 400, coarser: "" },
    { name: "Head of tax", people: 1, coarser: "Finance" },
    { name: "Clerk in tax", people: 22, coarser: "Finance" },
    { name: "Pilot", people: 2, coarser: "" },
  ],
  places: [{ name: "North site", people: 90, coarser: "" }],
  headcount: { number: 1400, source: "Annual report", day: "2026-01-31" },
};

export const workforceContext: WorkforceContext = {
  openers: [keyOf(6), keyOf(7)].sort(),
  board: { key: keyOf(5), log: keyOf(4), url: "https://board.example.com" },
  before: null,
  day: "2026-04-01",
};

export const letter: Values = {
  title: "A letter",
  addressee: { name: "The chief executive", organisation: "Example Works", mailbox: "office@example.com" },
  body: "We ask for **one** thing.",
  demands: ["pay", "hours"],
  "demand:hours": { title: "Hours", text: "Fewer hours.", met: "Thirty-five a week." },
  "demand:pay": { title: "Pay", text: "More pay.", met: "Ten per cent." },
  supplementTitle: "What it rests on",
  claims: ["gap"],
  "claim:gap": {
    text: "There is a gap.",
    sources: [
      {
        title: "A report",
        publisher: "An institute",
        day: "2026-02-01",
        url: "https://example.com/report",
        quote: "a gap",
        copy: null,
      },
    ],
  },
  opens: "2026-05-04",
  closes: "2026-05-20",
  delivers: "2026-05-21",
  delivery: "By hand.",
  passOn: "Read this.",
};

export const letterContext: LetterContext = {
  workforce: null,
  organisers: [keyOf(6), keyOf(7)],
  salt: "A".repeat(43),
  replaces: null,
  day: "2026-04-01",
};
