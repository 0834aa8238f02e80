/** What the sample letter's addressee answers, how its four demands are judged, and the page of which a copy is kept. Made up. */
import type { DemandState } from "@undersigned/core";

const PROMISE = "will end on 31 March";

export const ANSWER = {
  subject: "Your letter",
  /** Short lines of plain ASCII, with single spaces: so the mail, and what DKIM signs of it, hold it as it is. */
  text: `To those who signed

We have read your letter, and how many you are.

1. The contract with the agency ${PROMISE}. We will not renew it.
2. We have published how many records were handed over. We will not
say of how many people: the contract does not let us.
3. We do not want a panel that can hold up contracts.
4. Nobody is punished for the letter. All employees have this in
writing since yesterday.

The chief executive, Example Corp
`,
  promise: PROMISE,
  /** What a forger makes of it. */
  opposite: "will go on for years",
};

export const FORGED_ANSWER = "We have nothing to say to you, and know who you are.\n";

/** The page that one judgement rests on, as an organiser saved it. */
export const COPY = `Records handed over to public bodies

In the last year we handed 48,211 records to the Example Agency for
Enforcement, on the ground of contract 0042.

Example Corp, transparency page
`;

export const COPY_SOURCE = {
  title: "Records handed over to public bodies",
  publisher: "Example Corp",
  url: "https://www.example.com/transparency",
  quote: "In the last year we handed 48,211 records to the Example Agency for Enforcement",
};

export type SampleJudgement = {
  readonly demand: string;
  readonly state: DemandState;
  readonly reason: string;
  /** Whether it rests on the kept copy. */
  readonly hasCopy: boolean;
};

/** Of the four demands of the sample letter. */
export const JUDGEMENTS: readonly SampleJudgement[] = [
  {
    demand: "cancel",
    state: "promised",
    reason: "The answer names the contract's last day. Until then the product stays on the price list.",
    hasCopy: false,
  },
  {
    demand: "disclose",
    state: "partly",
    reason:
      "The number of records and the legal ground are published; of how many people they are, and who checked it, is not.",
    hasCopy: true,
  },
  { demand: "review", state: "refused", reason: "The answer says so in its third point.", hasCopy: false },
  {
    demand: "no-retaliation",
    state: "met",
    reason: "All employees have the promise in writing.",
    hasCopy: false,
  },
];
/** Days from the judgement to the day that was promised. */
export const PROMISED_AFTER = 90;
