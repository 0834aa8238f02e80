/** Texts of letters that the pages are tried with: an ordinary one, one from right to left, and one that wants to do harm. */
import { readFileSync } from "node:fs";
import { checkShownText, checkText, type LetterManifest } from "@undersigned/core";

const NAUGHTY = new URL("../../../packages/web/test/vectors/naughty-strings/blns.json", import.meta.url);

export const ORDINARY: Partial<LetterManifest> = {
  title: "Cancel the survey contract",
  addressee: { name: "The chief executive", organisation: "Example Works", mailbox: null },
  body: `We work at Example Works, in every department. We write because of **one contract**.

We joined a company that made maps so that people find their way. The contract turns the same data into a way to find
people. We ask you to end it, and to make sure that the next one like it is seen before it is signed.

- It was not announced.
- It was not reviewed.

> Nobody asked us.`,
  demands: [
    { id: "cancel", title: "Cancel it", text: "End the contract.", met: "Its last day has been announced." },
    {
      id: "review",
      title: "Look before signing",
      text: "Review the next one.",
      met: "A panel has been elected.",
    },
  ],
  supplement: {
    title: "What we say and where it comes from",
    claims: [
      {
        id: "contract",
        text: "The contract names movement records.",
        sources: [
          {
            title: "Award notice 42",
            publisher: "Example Gazette",
            day: "2030-04-14",
            url: "https://gazette.example.com/awards/42",
            quote: "Supply of movement records, refreshed daily.",
            copy: null,
          },
        ],
      },
    ],
  },
  delivery: "Two signatories hand it over at the front desk.",
};

export const FROM_RIGHT_TO_LEFT: Partial<LetterManifest> = {
  language: "ar",
  title: "ألغوا عقد المسح",
  addressee: { name: "الرئيس التنفيذي", organisation: "Example Works", mailbox: null },
  body: "نعمل في Example Works، في كل قسم. نكتب إليكم بسبب عقد واحد رقمه 42.\n\nنطلب منكم إنهاءه.",
  demands: [{ id: "cancel", title: "إنهاء العقد", text: "أنهوا العقد.", met: "أُعلن عن يومه الأخير." }],
  delivery: "يُسلَّم باليد.",
};

/** Ways of smuggling in a script, and a published list of strings that break programs. */
export const HARMFUL: readonly string[] = [
  `<script>harmed("script")</script>`,
  `<img src=x onerror=harmed("img")>`,
  `<svg onload=harmed("svg")>`,
  `"><iframe srcdoc="<script>parent.harmed('frame')</script>"></iframe>`,
  `[link](javascript:harmed("link"))`,
  `![image](javascript:harmed("image"))`,
  `[link](data:text/html,<script>harmed("data")</script>)`,
  `<a href="javascript:harmed('a')">a</a>`,
  `<style>body{display:none}</style>`,
  `<meta http-equiv=refresh content="0;url=https://example.net/">`,
  `<base href="https://example.net/">`,
  `<form action="https://example.net/"><button>x</button></form>`,
  `</title><script>harmed("title")</script>`,
  `</div></article></main><h1>Not ours</h1>`,
  `<!--`,
  `{{constructor.constructor('harmed("template")')()}}`,
  `javascript:harmed("address")`,
  ...(JSON.parse(readFileSync(NAUGHTY, "utf8")) as string[]),
];

const inManifest = (max: number) => HARMFUL.filter((text) => checkText(text, 1, max, false) === null);

/** As much harm as the format of a letter lets through. */
export function harmful(): Partial<LetterManifest> {
  const texts = inManifest(200);
  const long = HARMFUL.filter((text) => checkText(text, 1, 5_000, true) === null);
  const body = [
    ...long,
    "𝒲".repeat(5_000),
    `${"a".repeat(10_000)}`,
    "\u200b".repeat(200),
    "e\u0301\u0301\u0301".normalize("NFC"),
  ];
  const scripts = texts.filter((text) => /harmed|script/i.test(text));
  return {
    title: `</title><script>harmed("title")</script>`,
    addressee: {
      name: `<img src=x onerror=harmed("to")>`,
      organisation: `"><svg onload=harmed("at")>`,
      mailbox: null,
    },
    body: body.join("\n\n").slice(0, 90_000),
    demands: scripts.slice(0, 50).map((title, i) => ({
      id: `d${i}`,
      title,
      text: long[i % long.length] ?? title,
      met: title,
    })),
    supplement: {
      title: `<script>harmed("supplement")</script>`,
      claims: texts.slice(0, 200).map((text, i) => ({
        id: `c${i}`,
        text,
        sources: [
          {
            title: text,
            publisher: text,
            day: null,
            url: `https://example.net/"onmouseover=harmed("url")>${i}`,
            quote: text,
            copy: null,
          },
        ],
      })),
    },
    delivery: `<script>harmed("delivery")</script>`,
  };
}

/** Names that a signatory may choose, and that would do harm if they were not shown as text. */
export function harmfulNames(): string[] {
  return HARMFUL.filter((text) => checkShownText(text, 100) === null);
}
