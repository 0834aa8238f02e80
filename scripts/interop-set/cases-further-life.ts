/** Broken copies: what becomes of a letter (PROTOCOL §4 rules 13 and 14). As far as the closing of the first letter, which nobody needs to have signed. */
import type { Signer } from "@undersigned/core";
import {
  answerByMail,
  changeDealings,
  deliver,
  enterStatement,
  judge,
  type Logged,
  withhold,
} from "../../test/kit/further-leaves.ts";
import { type BrokenCase, editFile, type World } from "./broken-case.ts";
import { type Change, type SmallSet, STEPS } from "./small-set.ts";

const DAY = "2027-01-26";
const LATER = "2027-02-02";
const INDEX: Pick<BrokenCase, "follows"> = { follows: ["index-wrong"] };

interface Set {
  readonly log: SmallSet["builder"];
  readonly letter: string;
  readonly closing: number;
}

export function furtherCases({ keys }: World): BrokenCase[] {
  const { organiser, opener } = keys.small;
  const one = [organiser];
  const two = [organiser, opener];
  const strangers: Signer[] = [organiser, keys.stranger];

  const afterClosing = (run: (set: Set) => unknown, files?: Change["files"]): Change => ({
    epochRegistrars: [0, 1],
    skip: STEPS.filter((step) => !["workforce", "epoch", "letterA", "closing"].includes(step)),
    letterManifest: (manifest) => {
      manifest.organisers = [organiser.publicKey, opener.publicKey].sort();
      manifest.addressee.mailbox = "answers@example.com";
    },
    after: {
      closing: ({ builder, letters }) =>
        run({ log: builder, letter: letters.A.letter, closing: builder.entries.length - 1 }),
    },
    ...(files !== undefined && { files }),
  });
  const handOver = ({ log, letter }: Set) => deliver(log, letter, { day: DAY, by: one });
  const end = { edit: (record: object) => Object.assign(record, { demand: "end" }) };
  const after = (previous: string | null) => ({
    edit: (record: object) => Object.assign(record, { demand: "end", previous }),
  });
  let last: Logged = { index: 0, record: "" };

  return [
    {
      name: "further-life-withheld",
      why: "Valid: the text of an answer was withheld, a statement's is not among the files, and the register has no row any more.",
      change: afterClosing((set) => {
        const { log, letter } = set;
        handOver(set);
        withhold(log, answerByMail(log, letter, { day: LATER }).record, LATER);
        const { record } = enterStatement(log, letter, { day: LATER, by: one });
        log.documents.delete(`records/${record}.json`);
        const added = changeDealings(log, letter, { day: LATER, by: one });
        const removed = { previous: added.record, changes: [{ row: "own:engines", entry: null }] };
        changeDealings(log, letter, {
          day: LATER,
          by: one,
          edit: (change) => Object.assign(change, removed),
        });
      }),
      expect: [],
    },
    {
      name: "delivery-before-closing",
      why: "The letter was handed over while it was open.",
      change: {
        ...afterClosing(() => undefined),
        before: {
          closing: ({ builder, letters }) => deliver(builder, letters.A.letter, { day: DAY, by: one }),
        },
      },
      expect: ["delivery-out-of-place"],
      ...INDEX,
    },
    {
      name: "delivery-of-too-few-leaves",
      why: "What was handed over was made from a tree without the letter's closing leaf.",
      change: afterClosing(({ log, letter, closing }) =>
        deliver(log, letter, {
          day: DAY,
          by: one,
          edit: (delivery) => Object.assign(delivery, { size: closing }),
        }),
      ),
      expect: ["delivery-out-of-place"],
      ...INDEX,
    },
    {
      name: "delivery-on-the-last-day",
      why: "The letter was handed over on its last day, before it can have been closed.",
      change: afterClosing(({ log, letter }) =>
        deliver(log, letter, {
          day: DAY,
          by: one,
          edit: (delivery) => Object.assign(delivery, { delivered: "2027-01-24" }),
        }),
      ),
      expect: ["delivery-days"],
      ...INDEX,
    },
    {
      name: "delivery-dated-before-the-closing-batch",
      why: "The delivery leaf is dated before another leaf about what became of the letter.",
      change: afterClosing(({ log, letter }) => {
        enterStatement(log, letter, { day: LATER, by: one });
        deliver(log, letter, { day: DAY, by: one });
      }),
      expect: ["delivery-days"],
      ...INDEX,
    },
    {
      name: "delivery-twice",
      why: "One delivery stands in the log twice, on another day of the board's.",
      change: afterClosing((set) => {
        const { log, letter } = set;
        const size = log.entries.length;
        handOver(set);
        const same = { delivered: DAY, size };
        deliver(log, letter, { day: LATER, by: one, edit: (delivery) => Object.assign(delivery, same) });
      }),
      expect: ["delivery-repeated"],
      ...INDEX,
    },
    {
      name: "delivery-by-a-stranger",
      why: "One of the two who say that the letter was handed over is no organiser of it.",
      change: afterClosing(({ log, letter }) => deliver(log, letter, { day: DAY, by: strangers })),
      expect: ["organiser-signatures"],
      ...INDEX,
    },
    {
      name: "delivery-of-another-document",
      why: "The organisers have signed the hash of another document.",
      change: afterClosing(({ log, letter }) =>
        deliver(log, letter, {
          day: DAY,
          by: one,
          leaf: (leaf) => Object.assign(leaf, { document: letter }),
        }),
      ),
      expect: ["organiser-signatures"],
      ...INDEX,
    },
    {
      name: "delivery-by-hand-with-acceptance",
      why: "A letter that was handed over by hand has no server's acceptance.",
      change: afterClosing(({ log, letter }) =>
        deliver(log, letter, {
          day: DAY,
          by: one,
          edit: (delivery) => Object.assign(delivery, { how: "hand" }),
          leaf: (leaf) => Object.assign(leaf, { acceptance: letter }),
        }),
      ),
      expect: ["leaf-malformed"],
      ...INDEX,
    },
    {
      name: "answer-before-delivery",
      why: "The letter was answered by mail before it was handed over.",
      change: afterClosing(({ log, letter }) => answerByMail(log, letter, { day: DAY })),
      expect: ["leaf-out-of-place"],
      ...INDEX,
    },
    ...(
      [
        [
          "answer-from-another-mailbox",
          "The answer is from another mailbox than the addressee's.",
          { mailbox: "ceo@example.com" },
        ],
        [
          "answer-of-another-domain",
          "The key under which the answer holds is another domain's.",
          { dkim: { name: "s._domainkey.anexample.com", record: "p=" } },
        ],
        ["answer-too-early", "The answer is dated two days before the delivery.", { dated: "2027-01-24" }],
        ["answer-of-the-future", "The answer is dated two days after its leaf.", { dated: "2027-02-04" }],
      ] as const
    ).map(([name, why, change]) => ({
      name,
      why,
      change: afterClosing((set) => {
        handOver(set);
        answerByMail(set.log, set.letter, { day: LATER, edit: (record) => Object.assign(record, change) });
      }),
      expect: ["record-wrong"] as const,
      ...INDEX,
    })),
    {
      name: "answer-with-another-mail",
      why: "The mail with which the answer's signature is checked is not the one that its record names.",
      change: afterClosing(
        (set) => {
          handOver(set);
          answerByMail(set.log, set.letter, { day: LATER });
        },
        (files) => {
          const path = [...files.keys()].find((name) => name.startsWith("answers/"))!;
          files.set(path, new TextEncoder().encode("Subject: another answer\r\n\r\nYes.\r\n"));
        },
      ),
      expect: ["record-wrong"],
      ...INDEX,
    },
    {
      name: "statement-as-a-mail",
      why: "A statement that organisers have entered is logged as an answer by mail.",
      change: afterClosing((set) => {
        handOver(set);
        enterStatement(set.log, set.letter, {
          day: LATER,
          by: one,
          leaf: (leaf) => Object.assign(leaf, { kind: "mail", by: [] }),
        });
      }),
      expect: ["record-wrong"],
      ...INDEX,
    },
    {
      name: "statement-backdated",
      why: "A statement is dated before the one that stands before it.",
      change: afterClosing(({ log, letter }) => {
        enterStatement(log, letter, { day: LATER, by: one });
        enterStatement(log, letter, { day: DAY, by: one });
      }),
      expect: ["record-days"],
      ...INDEX,
    },
    {
      name: "statement-twice",
      why: "One statement stands in the log twice.",
      change: afterClosing(({ log, letter }) => {
        const { index } = enterStatement(log, letter, { day: DAY, by: one });
        log.appendRaw(log.entries[index]!);
      }),
      expect: ["record-repeated"],
    },
    {
      name: "statement-signed-as-dealings",
      why: "The organiser has signed the statement's hash as a change of the register.",
      change: afterClosing(({ log, letter }) => {
        const { index } = enterStatement(log, letter, { day: DAY, by: one });
        const { index: other } = changeDealings(log, letter, { day: DAY, by: one });
        const [statement, change] = [index, other].map((at) =>
          JSON.parse(new TextDecoder().decode(log.entries[at])),
        );
        log.entries[index] = new TextEncoder().encode(JSON.stringify({ ...statement, by: change.by }));
      }),
      expect: ["organiser-signatures"],
      ...INDEX,
    },
    {
      name: "withheld-for-another",
      why: "The notice in the place of an answer is another answer's.",
      change: afterClosing(
        (set) => {
          handOver(set);
          last = answerByMail(set.log, set.letter, { day: LATER });
          withhold(set.log, last.record, LATER);
        },
        (files, { letters }) =>
          editFile(files, `withheld/${last.record}.json`, (notice) =>
            Object.assign(notice, { record: letters.A.letter }),
          ),
      ),
      expect: ["file-malformed"],
      ...INDEX,
    },
    {
      name: "judgement-by-one",
      why: "One organiser alone has judged a demand.",
      change: afterClosing(({ log, letter }) => judge(log, letter, { day: DAY, by: one, ...end })),
      expect: ["leaf-malformed"],
      ...INDEX,
    },
    {
      name: "judgement-by-a-stranger",
      why: "One of the two who have judged a demand is no organiser of the letter.",
      change: afterClosing(({ log, letter }) => judge(log, letter, { day: DAY, by: strangers, ...end })),
      expect: ["organiser-signatures"],
      ...INDEX,
    },
    {
      name: "judgement-of-no-demand",
      why: "A demand is judged that the letter has not.",
      change: afterClosing(({ log, letter }) => judge(log, letter, { day: DAY, by: two })),
      expect: ["record-wrong"],
      ...INDEX,
    },
    {
      name: "judgement-forgets",
      why: "The second judgement of a demand does not name the first.",
      change: afterClosing(({ log, letter }) => {
        judge(log, letter, { day: DAY, by: two, ...end });
        judge(log, letter, { day: DAY, by: two, ...after(null) });
      }),
      expect: ["record-wrong"],
      ...INDEX,
    },
    {
      name: "judgement-without-reason",
      why: "The record of a judgement is not among the files.",
      change: afterClosing(({ log, letter }) => {
        const { record } = judge(log, letter, { day: DAY, by: two, ...end });
        log.documents.delete(`records/${record}.json`);
      }),
      expect: ["file-missing"],
      ...INDEX,
    },
    {
      name: "dealings-changed-behind-the-log",
      why: "A row of the register says something else than its record's hash.",
      change: afterClosing(
        ({ log, letter }) => {
          last = changeDealings(log, letter, { day: DAY, by: one });
        },
        (files) =>
          editFile(files, `records/${last.record}.json`, (record) =>
            Object.assign(record.changes[0].entry, { status: "ended" }),
          ),
      ),
      expect: ["record-wrong"],
      ...INDEX,
    },
    {
      name: "dealings-skip",
      why: "The second change of the register does not name the first.",
      change: afterClosing(({ log, letter }) => {
        changeDealings(log, letter, { day: DAY, by: one });
        changeDealings(log, letter, { day: DAY, by: one });
      }),
      expect: ["record-wrong"],
      ...INDEX,
    },
  ];
}
