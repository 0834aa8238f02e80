/** Broken copies: the chronicle of a letter (PROTOCOL §4 rule 14, decision 32), which is open and which nobody needs to have signed. */
import type {
  ChronicleEntry,
  ChronicleRecord,
  MirrorEntry,
  Signer,
  TopicsEntry,
  TranslationEntry,
} from "@undersigned/core";
import type { FailureCode } from "@undersigned/verify";
import { enterChronicle, type Logged, SOURCE, withhold } from "../../test/kit/further-leaves.ts";
import { type BrokenCase, editFile, type World } from "./broken-case.ts";
import { type Change, type SmallSet, STEPS } from "./small-set.ts";

const DAY = "2027-01-12";
const LATER = "2027-01-13";

const REMARK: ChronicleEntry = { kind: "remark", text: "The trial goes on.", source: null };
const REPORT: ChronicleEntry = { kind: "report", text: "The trial is in the news.", source: SOURCE };
const MIRROR: MirrorEntry = { kind: "mirror", url: "https://mirror.example.com/board" };
const TOPICS: TopicsEntry = { kind: "topics", topics: ["trials", "work"] };
const REMOVAL: ChronicleEntry = { kind: "removal", reason: "It was another trial." };
const NO_ENTRY = "A".repeat(43);

/** Into a language, of a letter whose only demand is `end`. */
export function translationEntry(language: string): TranslationEntry {
  return {
    kind: "translation",
    language,
    title: `The letter in ${language}`,
    body: "We ask.\n\nYou answer.",
    demands: [{ id: "end", title: "End it", text: "End the trial.", met: "The trial has ended." }],
    supplement: null,
  };
}

type Enter = (
  entry: ChronicleEntry,
  of?: Partial<ChronicleRecord> & {
    readonly by?: readonly Signer[];
    readonly day?: string;
    readonly leaf?: object;
  },
) => Logged;
interface Set {
  readonly enter: Enter;
  readonly log: SmallSet["builder"];
}

export function chronicleCases({ keys }: World): BrokenCase[] {
  const { organiser, opener } = keys.small;
  const two = [organiser, opener];

  const entered = (run: (set: Set) => unknown, files?: Change["files"]): Change => ({
    epochRegistrars: [0, 1],
    skip: STEPS.filter((step) => !["workforce", "epoch", "letterA"].includes(step)),
    letterManifest: (manifest) => {
      manifest.organisers = [organiser.publicKey, opener.publicKey].sort();
    },
    after: {
      letterA: ({ builder, letters }) => {
        const enter: Enter = (entry, { by = two, day = DAY, leaf = {}, ...record } = {}) =>
          enterChronicle(builder, letters.A.letter, {
            day,
            by,
            edit: (of) => Object.assign(of, { entry, ...record }),
            leaf: (of) => Object.assign(of, leaf),
          });
        return run({ enter, log: builder });
      },
    },
    ...(files !== undefined && { files }),
  });
  const broken = (
    name: string,
    why: string,
    run: (set: Set) => unknown,
    code: FailureCode = "record-wrong",
  ): BrokenCase => ({ name, why, change: entered(run), expect: [code], follows: ["index-wrong"] });
  let last: Logged = { index: 0, record: "" };

  return [
    {
      name: "chronicle-withheld",
      why: "Valid: a translation and what replaced it were withheld, an entry is not among the files, and what they stand in the place of is not in force.",
      change: entered(({ enter, log }) => {
        const first = enter(translationEntry("fr"));
        const second = enter(translationEntry("FR"), { replaces: first.record });
        for (const { record } of [first, second]) withhold(log, record, DAY);
        enter(translationEntry("de"));
        enter(translationEntry("fr"), { replaces: second.record });
        const remark = enter(REMARK, { on: LATER });
        const removed = enter(REMOVAL, { replaces: remark.record, day: LATER });
        const topics = enter(TOPICS, { day: LATER });
        for (const { record } of [removed, topics]) log.documents.delete(`records/${record}.json`);
        enter({ ...TOPICS, topics: ["work"] }, { replaces: topics.record, day: LATER });
      }),
      expect: [],
    },
    broken(
      "chronicle-by-a-stranger",
      "One of the two who have signed an entry is no organiser.",
      ({ enter }) => enter(REMARK, { by: [organiser, keys.stranger] }),
      "organiser-signatures",
    ),
    broken(
      "chronicle-of-another-record",
      "The organisers have signed another entry.",
      ({ enter, log }) => {
        const { index } = enter(REMARK);
        const [first, other] = [index, enter(REPORT).index].map((at) =>
          JSON.parse(new TextDecoder().decode(log.entries[at])),
        );
        log.entries[index] = new TextEncoder().encode(JSON.stringify({ ...first, by: other.by }));
      },
      "organiser-signatures",
    ),
    broken(
      "chronicle-backdated",
      "An entry is dated before the one that stands before it.",
      ({ enter }) => {
        enter(REMARK, { day: LATER });
        enter(REPORT);
      },
      "record-days",
    ),
    {
      name: "chronicle-twice",
      why: "One entry stands in the log twice.",
      change: entered(({ enter, log }) => log.appendRaw(log.entries[enter(REMARK).index]!)),
      expect: ["record-repeated"],
    },
    broken("chronicle-of-the-future", "An entry tells of the day after tomorrow.", ({ enter }) =>
      enter(REMARK, { on: "2027-01-14" }),
    ),
    broken("chronicle-of-another-kind", "The leaf calls a report a statement.", ({ enter }) =>
      enter(REPORT, { leaf: { kind: "statement" } }),
    ),
    broken(
      "chronicle-replaces-something-else",
      "The record replaces an entry, and its leaf says that it replaces none.",
      ({ enter }) => enter(REMARK, { replaces: enter(REMARK).record, leaf: { replaces: null } }),
    ),
    broken("chronicle-replaces-nothing", "What an entry replaces has never been an entry.", ({ enter }) =>
      enter(REMARK, { replaces: NO_ENTRY }),
    ),
    broken("chronicle-replaced-twice", "An entry replaces one that was replaced before.", ({ enter }) => {
      const { record } = enter(REMARK);
      enter(REMARK, { replaces: record });
      enter(REMARK, { replaces: record });
    }),
    broken("chronicle-in-the-place-of-another-kind", "A report replaces a remark.", ({ enter }) =>
      enter(REPORT, { replaces: enter(REMARK).record }),
    ),
    broken(
      "chronicle-removal-of-a-removal",
      "What was taken back is brought back by taking back the taking back.",
      ({ enter }) => {
        const removed = enter(REMOVAL, { replaces: enter(REMARK).record });
        enter(REMOVAL, { replaces: removed.record });
      },
    ),
    broken(
      "chronicle-removal-of-nothing",
      "A removal does not say what it takes back.",
      ({ enter }) => enter(REMARK, { leaf: { kind: "removal" } }),
      "leaf-malformed",
    ),
    broken(
      "chronicle-topics-twice",
      "The letter has topics, and others that do not replace them.",
      ({ enter }) => {
        enter(TOPICS);
        enter({ ...TOPICS, topics: ["works"] });
      },
    ),
    broken("chronicle-topics-unsorted", "Topics are not in order.", ({ enter }) =>
      enter({ ...TOPICS, topics: ["work", "trials"] }),
    ),
    broken("chronicle-report-without-source", "A report names no source.", ({ enter }) =>
      enter({ ...REPORT, source: null } as unknown as ChronicleEntry),
    ),
    broken(
      "mirror-by-one",
      "One organiser alone vouches for a mirror.",
      ({ enter }) => enter(MIRROR, { by: [organiser] }),
      "leaf-malformed",
    ),
    broken(
      "mirror-by-one-as-a-remark",
      "One organiser alone vouches for a mirror, and the leaf calls it a remark.",
      ({ enter }) => enter(MIRROR, { by: [organiser], leaf: { kind: "remark" } }),
    ),
    broken("mirror-that-runs", "A mirror's address is a script.", ({ enter }) =>
      enter({ ...MIRROR, url: "javascript:alert(1)" }),
    ),
    broken(
      "translation-by-one",
      "One organiser alone has signed a translation.",
      ({ enter }) => enter(translationEntry("fr"), { by: [organiser] }),
      "leaf-malformed",
    ),
    broken(
      "translation-twice",
      "There are two translations into one language, which is written in two ways.",
      ({ enter }) => {
        enter(translationEntry("pt-BR"));
        enter(translationEntry("pt-br"));
      },
    ),
    broken(
      "translation-in-the-place-of-another-language",
      "A translation into German replaces the French one.",
      ({ enter }) => enter(translationEntry("de"), { replaces: enter(translationEntry("fr")).record }),
    ),
    broken(
      "translation-into-its-own-language",
      "A second text in the letter's own language calls itself a translation.",
      ({ enter }) => enter(translationEntry("EN")),
    ),
    broken(
      "translation-with-a-demand-more",
      "A translation demands what the letter does not.",
      ({ enter }) => {
        const entry = translationEntry("fr");
        enter({ ...entry, demands: [...entry.demands, { ...entry.demands[0]!, id: "pay" }] });
      },
    ),
    broken("translation-without-demands", "A translation leaves the letter's demand out.", ({ enter }) =>
      enter({ ...translationEntry("fr"), demands: [] }),
    ),
    broken(
      "translation-with-a-supplement",
      "A translation has a supplement, and the letter has none.",
      ({ enter }) =>
        enter({
          ...translationEntry("fr"),
          supplement: { title: "Sources", claims: [{ id: "one", text: "So it is." }] },
        }),
    ),
    {
      name: "translation-changed-behind-the-log",
      why: "A translation says something else than its record's hash.",
      change: entered(
        ({ enter }) => {
          last = enter(translationEntry("fr"));
        },
        (files) =>
          editFile(files, `records/${last.record}.json`, (record) =>
            Object.assign(record.entry, { body: "We are content." }),
          ),
      ),
      expect: ["record-wrong"],
      follows: ["index-wrong"],
    },
  ];
}
