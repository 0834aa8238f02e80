/** The sample letter. Company, agency, programme, figures and sources are made up. */
import { addDays, type BatchRule, type LetterManifest } from "@undersigned/core";

/** The mailbox that the letters name. */
export const ADDRESSEE = "chief.executive@example.com";

const BODY = `To the chief executive of Example Corp

We work at Example Corp, in every department and at every site. We write because of *Perimeter*, the line of business that
sells location and movement records to the Example Agency for Enforcement.

We joined a company that made maps so that people find their way. Perimeter turns the same data into a way to find people.
Our customers gave us their journeys to get home faster; none of them agreed that an agency may replay those journeys
without a judge having looked at the case. Some of us built the parts that Perimeter is made of, and were told they
were for traffic lights.

We have asked through every channel that the company offers: in team meetings, at the staff assembly, in two questions to the
ethics board, which has not answered. So we ask together, and in public.

We do not ask you to give up the company's work for public bodies. Ambulance routing, road repair and the flood warnings
are work that we are proud of. We ask you to end one contract and to make sure that the next one like it is seen
before it is signed.

**Cancel Perimeter.** Below are four demands, each with what would meet it, and a supplementary document that says where
each claim comes from. We would rather have this conversation inside the company. We are ready to begin it on the day on
which you receive this letter.

*This letter is a sample. Example Corp, its agency, its products and everyone who signs are made up.*
`;

const DEMANDS: LetterManifest["demands"] = [
  {
    id: "cancel",
    title: "Cancel Perimeter",
    text: "End the contract with the Example Agency for Enforcement at the next date on which its terms allow it, and take up no work of the same kind under another name.",
    met: "The company announces the end of the contract and its last day, and the product is taken off the price list.",
  },
  {
    id: "disclose",
    title: "Say what was handed over",
    text: "Publish how many records the agency has received, of how many people, over what time, and on what legal ground; and tell those people where the law allows it.",
    met: "A report with these four figures is on the company's public site, and names who checked it.",
  },
  {
    id: "review",
    title: "Look before signing",
    text: "Let no contract that gives a public body data on the movements of people be signed before a review by a panel on which elected employees hold half of the seats.",
    met: "The panel has been elected, its rules are published, and the first contract has come before it.",
  },
  {
    id: "no-retaliation",
    title: "Punish nobody",
    text: "Take no measure against anyone for signing this letter, for declining to work on Perimeter, or for speaking about either, and make no attempt to find out who has signed.",
    met: "The chief executive has said so in writing to all employees.",
  },
];

const CLAIMS: NonNullable<LetterManifest["supplement"]>["claims"] = [
  {
    id: "contract",
    text: "The agency has paid for Perimeter since the spring of last year, under a framework contract that names movement records.",
    sources: [
      {
        title: "Award notice 0042: Movement records and analysis",
        publisher: "Example Gazette of Public Contracts",
        day: "2025-04-14",
        url: "https://gazette.example.com/awards/0042",
        quote:
          "Supply of movement records, refreshed daily, with tools to search them by person, place and hour.",
        copy: null,
      },
    ],
  },
  {
    id: "purpose",
    text: "The agency uses the records to find persons, not to plan traffic.",
    sources: [
      {
        title: "Minutes of the oversight committee, 11th meeting",
        publisher: "Example Parliament",
        day: "2025-11-20",
        url: "https://parliament.example.com/oversight/minutes-11",
        quote:
          "The director stated that the records had assisted in locating 312 persons in the year under report.",
        copy: null,
      },
      {
        title: "They bought the map of where you have been",
        publisher: "The Example Courier",
        day: "2026-01-09",
        url: "https://courier.example.com/2026/01/map",
        quote: "No warrant is needed, a spokesperson said, because the records are bought and not seized.",
        copy: null,
      },
    ],
  },
  {
    id: "consent",
    text: "People whose journeys are in the records were told of traffic forecasts and of nothing else.",
    sources: [
      {
        title: "Privacy notice of the Example app, version 7",
        publisher: "Example Corp",
        day: null,
        url: "https://www.example.com/privacy/v7",
        quote: "We use your journeys to forecast traffic and to improve our maps.",
        copy: null,
      },
    ],
  },
  {
    id: "principles",
    text: "The company's own published principles rule the contract out.",
    sources: [
      {
        title: "What we build and what we do not",
        publisher: "Example Corp",
        day: "2023-09-01",
        url: "https://www.example.com/principles",
        quote: "We do not build tools whose purpose is to follow individual people without their knowledge.",
        copy: null,
      },
    ],
  },
];

const EARLIER_BODY = `To the chief executive of Example Corp

The contract for *Perimeter* comes up for renewal. We learned of it from a gazette, and not from the company that we work for.

Before anything is signed we ask for four things. Each is named below, with what would meet it. We ask inside the company and in
public at once, because our questions to the ethics board have not been answered.

*This letter is a sample. Example Corp, its agency, its products and everyone who signs are made up.*
`;

/** The letter's days, counted from the day on which it opens. */
export type LetterDays = { readonly opens: string; readonly closes: string; readonly delivers: string };

/** Open for `openFor` days and delivered a week after it closes, or so many days as are said. */
export function letterDays(opens: string, openFor: number, deliversAfter = 7): LetterDays {
  const closes = addDays(opens, openFor);
  return { opens, closes, delivers: addDays(closes, deliversAfter) };
}

export function sampleLetter(of: {
  readonly workforce: string;
  readonly salt: string;
  readonly days: LetterDays;
  readonly batch: BatchRule;
  /** Sorted. */
  readonly organisers: readonly string[];
  /** The one that is answered while the other is still open. */
  readonly isEarlier?: boolean;
  /** It is sent by the board, and not carried. */
  readonly byMail: boolean;
}): LetterManifest {
  const { isEarlier = false } = of;
  return {
    type: "letter-manifest",
    v: 1,
    workforce: of.workforce,
    salt: of.salt,
    language: "en",
    title: isEarlier ? "Before Perimeter is renewed" : "Cancel Perimeter",
    addressee: {
      name: "The chief executive",
      organisation: "Example Corp",
      mailbox: ADDRESSEE,
    },
    body: isEarlier ? EARLIER_BODY : BODY,
    demands: DEMANDS,
    supplement: { title: "What we say and where it comes from", claims: CLAIMS },
    appearances: ["anonymous", "named", "role"],
    names: "any",
    opens: of.days.opens,
    closes: of.days.closes,
    delivers: of.days.delivers,
    delivery: of.byMail
      ? `On ${inWords(of.days.delivers)} the letter goes to the chief executive's mailbox, with the bundle that proves the count.`
      : `On ${inWords(of.days.delivers)} two signatories hand the letter, with the bundle that proves the count, to the front desk of the head office in Exampleton, and send it by registered post.`,
    batch: of.batch,
    organisers: [...of.organisers],
    replaces: null,
  };
}

/** Such as "1 April 2027". */
function inWords(day: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}
