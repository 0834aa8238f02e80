/**
 * What becomes of a letter, a step a day: its organisers tell of its public life from the first days on; once it is closed two organisers hand it over by mail, the addressee answers and three
 * forged answers come with theirs, the demands are judged, and what the company supplies is entered. Each step goes the way that
 * it would go at work: the desk's requests, SMTP, DKIM with keys from DNS.
 */
import {
  addDays,
  type ChronicleKind,
  type DealingsRecord,
  type Delivery,
  encodeBase64url,
  encodeRecord,
  type JudgementRecord,
  type PreparedDelivery,
  randomBytes,
  recordHash,
  type Signer,
  sha256,
  signDelivery,
  signRecord,
  utf8Encode,
} from "@undersigned/core";
import { planImport, readAwardExport, readOcds } from "@undersigned/dealings";
import { DemoError } from "../demo-error.ts";
import { enterChronicle } from "../followed/enter-chronicle.ts";
import {
  COPY,
  COPY_SOURCE,
  JUDGEMENTS,
  PROMISED_AFTER,
  type SampleJudgement,
} from "../sample/sample-answers.ts";
import type { SampleEntry } from "../sample/sample-chronicle.ts";
import { awardExport, contractReleases, SUPPLIER } from "../sample/sample-dealings.ts";
import type { Addressee } from "./addressee.ts";
import type { Organiser, Organisers } from "./organisers.ts";

export type FurtherLife = {
  /** The last day is over: what is due on this day is done. Nothing on a day that has no step. */
  readonly onDay: (day: string) => Promise<void>;
  /** The day of the last step. */
  readonly lastDay: string;
  /** What only organisers know; null until all steps are done. */
  readonly outcome: () => Outcome | null;
};

export type Outcome = {
  readonly prepared: PreparedDelivery;
  /** What the addressee's mail server said. */
  readonly reply: string;
  /** Why mails to the answer address do not count, sorted. */
  readonly refusals: readonly string[];
  /** Kinds of the chronicle's entries, in their order. */
  readonly told: readonly ChronicleKind[];
};

type Place = { readonly workforce: string; readonly letter: string };

/** Days after the letter's last one. */
const STEPS = { deliver: 1, answer: 3, judge: 4, register: 5 } as const;
/** From the letter's last day to the last step. */
export const FURTHER_DAYS = STEPS.register;

export function furtherLife(of: {
  readonly at: Place;
  /** The letter's last day. */
  readonly closes: string;
  readonly chronicle: readonly SampleEntry[];
  readonly organisers: Organisers;
  readonly addressee: Addressee;
  /** The port at which the board takes answers. */
  readonly receiver: number;
}): FurtherLife {
  const { at, closes, chronicle, organisers, addressee, receiver } = of;
  const { first, second } = organisers;
  let handedOver: Pick<Outcome, "prepared" | "reply"> | null = null;
  let outcome: Outcome | null = null;
  const steps = new Map<string, (day: string) => Promise<void>>([
    [
      addDays(closes, STEPS.deliver),
      async (day) => {
        handedOver = await handOver(at, first, day);
        requireArrived(addressee, handedOver.prepared);
      },
    ],
    [addDays(closes, STEPS.answer), (day) => addressee.answer(receiver, day)],
    [
      addDays(closes, STEPS.judge),
      async (day) => {
        const copy = await keepCopy(first);
        for (const judgement of JUDGEMENTS) await judge(at, [first, second], judgement, day, copy);
      },
    ],
    [
      addDays(closes, STEPS.register),
      async () => {
        await enterDealings(at, first);
        const { unverified } = await first.act("answers", at);
        if (handedOver !== null)
          outcome = {
            ...handedOver,
            refusals: unverified.map(({ reason }) => reason).sort(),
            told: chronicle.map(({ entry }) => entry.kind),
          };
      },
    ],
  ]);
  return {
    async onDay(day) {
      const step = steps.get(day);
      const told = chronicle.filter((one) => one.day === day);
      if (step === undefined && told.length === 0) return;
      await organisers.signIn();
      for (const { entry } of told) await enterChronicle(at, organisers, entry, day);
      await step?.(day);
    },
    lastDay: addDays(closes, FURTHER_DAYS),
    outcome: () => outcome,
  };
}

async function handOver(at: Place, by: Organiser, delivered: string) {
  const prepared = await by.act("delivery-prepare", at);
  const { document, bundle, size, nonce } = prepared;
  const delivery: Delivery = { ...at, delivered, how: "mail", document, bundle, size, nonce };
  const { sig } = signDelivery(delivery, by.signer);
  const { mail, reply } = await by.act("delivery-make", { ...delivery, sig, again: false });
  if (mail !== "logged" || reply === null)
    throw new DemoError("not-as-planned", `The letter was not handed over: the mail is ${mail}.`);
  return { prepared, reply };
}

/** The addressee has the files whose hashes the log states. */
function requireArrived(addressee: Addressee, { document, bundle }: PreparedDelivery): void {
  const { files } = addressee.handed();
  const hashOf = (name: string): string | null => {
    const file = files.get(name);
    return file === undefined ? null : encodeBase64url(sha256(file));
  };
  if (hashOf("letter.pdf") !== document || hashOf("bundle.zip") !== bundle)
    throw new DemoError("not-as-planned", "What the addressee got is not what the log says.");
}

async function keepCopy(by: Organiser): Promise<string> {
  const { sha256: hash } = await by.act("copy-add", { bytes: encodeBase64url(utf8Encode(COPY)) });
  return hash;
}

async function judge(
  at: Place,
  [first, second]: readonly [Organiser, Organiser],
  { demand, state, reason, hasCopy }: SampleJudgement,
  day: string,
  copy: string,
): Promise<void> {
  const record: JudgementRecord = {
    type: "judgement-record",
    v: 1,
    salt: newSalt(),
    ...at,
    demand,
    state,
    until: state === "promised" ? addDays(day, PROMISED_AFTER) : null,
    reason,
    source: hasCopy ? { ...COPY_SOURCE, day, copy } : null,
    previous: null,
  };
  const hash = recordHash(record.type, encodeRecord(record));
  await first.act("judgement-propose", { record, sig: signatureOf("judgement", at, hash, first.signer) });
  await second.act("judgement-agree", {
    ...at,
    record: hash,
    sig: signatureOf("judgement", at, hash, second.signer),
  });
}

/** Both files as an organiser's device reads them; only the rows are sent. */
async function enterDealings(at: Place, by: Organiser): Promise<void> {
  const options = { suppliers: [SUPPLIER] };
  const awards = await readAwardExport(stream(awardExport()), options);
  const contracts = await readOcds(stream(contractReleases()), options);
  const { added } = planImport(new Map(), [...awards.rows, ...contracts.rows]);
  const changes = added.map(({ id, entry }) => ({ row: id, entry })).sort((a, b) => (a.row < b.row ? -1 : 1));
  const record: DealingsRecord = {
    type: "dealings-record",
    v: 1,
    salt: newSalt(),
    ...at,
    previous: null,
    changes,
  };
  const hash = recordHash(record.type, encodeRecord(record));
  await by.act("dealings-change", { record, sig: signatureOf("dealings", at, hash, by.signer) });
}

function signatureOf(type: "judgement" | "dealings", at: Place, record: string, by: Signer): string {
  return signRecord({ type, ...at, record }, by).sig;
}

function newSalt(): string {
  return encodeBase64url(randomBytes(32));
}

async function* stream(file: Uint8Array): AsyncGenerator<Uint8Array> {
  yield file;
}
