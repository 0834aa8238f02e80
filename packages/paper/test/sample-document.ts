/** Data of a letter's document, made up: roles and example domains, and names that are words for "sample" and the like. */
import { type LetterManifest, quorumBounds } from "@undersigned/core";
import type { LetterDocument, ShownName, Signatories } from "../src/index.ts";

const ID = "A".repeat(43);
const HASH = "B".repeat(43);

/** Names by script, as people write them: logical order. */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  Latin: ["Zoë Beispiel", "Łukasz Przykład", "Nguyễn Thị Mẫu", "Ayşe Örnek-Çelik", "Oʻgʻil Namuna"],
  Greek: ["Ελένη Παράδειγμα"],
  Cyrillic: ["Анна Примерова", "Ђорђе Примерић"],
  Arabic: ["ليلى حسن المثال", "یوسف نمونه‌ای", "عبدالله النموذج", "گلزار پروین مثال"],
  Hebrew: ["דנה לדוגמה", "יוסף בן־דוגמה"],
  Devanagari: ["प्रिया उदाहरण", "कृष्ण श्रेष्ठ", "लक्ष्मी नमूना"],
  Bengali: ["রাহেলা উদাহরণ"],
  Tamil: ["கமலா மாதிரி"],
  Thai: ["สมชาย ตัวอย่าง", "น้ำฝน ปั้นแต่ง"],
  Chinese: ["王小样", "李例文"],
  Japanese: ["見本 花子", "れいぶん タロウ"],
  Korean: ["김보기", "이예시"],
  Georgian: ["ნინო მაგალითი"],
  Armenian: ["Անի Օրինակ"],
  Ethiopic: ["ሰላም ምሳሌ"],
};

export const ALL_NAMES: readonly string[] = Object.values(NAMES).flat();

export function shown(name: string, role: string | null = null, place: string | null = null): ShownName {
  return { name, role, place };
}

export function signatories(change: Partial<Signatories> = {}): Signatories {
  return { confirmed: [], given: [], roles: [], hidden: [], anonymous: 0, ...change };
}

interface Change {
  readonly manifest?: Partial<LetterManifest>;
  readonly mailbox?: Partial<Signatories>;
  readonly vouched?: Partial<Signatories>;
  readonly document?: Partial<LetterDocument>;
}

export function sampleDocument({ manifest, mailbox, vouched, document }: Change = {}): LetterDocument {
  const own: Signatories = signatories({
    confirmed: ALL_NAMES.map((name, i) =>
      shown(name, i % 7 === 0 ? "Engineer" : null, i % 7 === 0 ? "Hamburg" : null),
    ),
    given: [shown("Sample Given"), shown("Second Sample", "Nurse")],
    roles: [
      { role: "Engineer", place: "Hamburg", count: 212 },
      { role: "Nurse", place: null, count: 1 },
    ],
    anonymous: 640,
    ...mailbox,
  });
  const apart = signatories(vouched);
  const sum = (of: Signatories) =>
    of.confirmed.length +
    of.given.length +
    of.roles.reduce((all, { count }) => all + count, 0) +
    of.anonymous;
  const count = { mailbox: sum(own), vouched: sum(apart) };
  return {
    workforce: ID,
    letter: HASH,
    manifest: {
      type: "letter-manifest",
      v: 1,
      workforce: ID,
      salt: HASH,
      language: "en",
      title: "Cancel the contract with the agency",
      addressee: { name: "The chief executive", organisation: "Example Works", mailbox: null },
      body: BODY,
      demands: [
        {
          id: "stop",
          title: "End the contract",
          text: "End it by the end of the year.",
          met: "It has ended.",
        },
        {
          id: "tell",
          title: "Say what was sold",
          text: "Publish a list.\nAll of it.\n\nAnd its dates.",
          met: "The list is public.",
        },
      ],
      supplement: {
        title: "What is known",
        claims: [
          {
            id: "c-1",
            text: "The agency has bought the service since 2024.",
            sources: [
              {
                title: "Contract notice",
                publisher: "Example Gazette",
                day: "2026-01-31",
                url: "https://gazette.example.com/notices/2026/1234567",
                quote: "For services in support of operations.",
                copy: HASH,
              },
              {
                title: "إشعار بالعقد",
                publisher: "صحيفة المثال",
                day: null,
                url: "https://example.org/%D8%B9",
                quote: "",
                copy: null,
              },
            ],
          },
        ],
      },
      appearances: ["anonymous", "named", "role"],
      names: "any",
      opens: "2026-03-02",
      closes: "2026-04-30",
      delivers: "2026-05-02",
      delivery: "By mail and by hand at the front desk.",
      batch: { first: 20, classes: { mailbox: { min: 20, every: 1 }, vouched: { min: 20, every: 1 } } },
      organisers: [ID],
      replaces: null,
      ...manifest,
    },
    terms: {
      bounds: quorumBounds(3, 2),
      evidence: [{ kind: "mailbox-code", class: "mailbox" }],
      existingMail: null,
      mailboxes: { domains: [{ domain: "example.com", aliases: [] }], plus: true, dots: true, groups: [] },
      quorum: 2,
      registrars: [1, 2, 3].map((i) => ({
        identity: ID,
        name: `Registrar ${i}`,
        operator: `Operator ${i}`,
        url: `https://registrar-${i}.example.com`,
      })),
      vouching: count.vouched === 0 ? null : { invitations: 3 },
    },
    tally: {
      counted: count,
      withdrawn: { mailbox: 3, vouched: 0 },
      days: { first: "2026-03-03", last: "2026-04-30" },
      provedFrom: "2026-03-01",
      first: 20,
      domains: ["example.com"],
      employer: "Example Works",
      headcount: { number: 14_000, source: "Annual report 2025", day: "2026-01-31" },
      closing: { day: "2026-05-01", outcome: "closed", counts: count },
      early: null,
    },
    signatories: { mailbox: own, vouched: apart },
    board: "https://letters.example.com",
    checkpoint: {
      origin: `undersigned-log/${"0".repeat(64)}`,
      size: 1234,
      root: `${"A".repeat(43)}=`,
      cosigned: ["witness.example.com"],
    },
    ...document,
  };
}

const BODY = `We work here, and we ask you to **stop**. It is *not* what we came for, and it is ***urgent***.

## Why

1. It harms people.
2. It harms us:
   - at work,
   - and [at home](https://example.com/why).

> We said so before,
> and were not heard.

| Year | Contracts |
| ---- | --------- |
| 2024 | 3 |
| 2025 | 12 |

\`A name of a thing\` and ~~a mistake~~.

---

مرحبا، نحن نعمل هنا ونطلب منكم التوقف.

שלום, אנחנו עובדים כאן.

我们在这里工作。
`;
