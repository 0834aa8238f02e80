/**
 * Leaves about what becomes of a letter, with their records, for the builders of whole logs. No rule is checked: every step
 * takes an edit of the record or of what is signed, and one of the leaf after signing.
 */
import {
  acceptanceHash,
  answerNonceHash,
  type ChronicleLeaf,
  type ChronicleRecord,
  type Dealing,
  type DealingsRecord,
  type Delivery,
  type DeliveryLeaf,
  encodeBase64url,
  encodeCanonical,
  encodeRecord,
  type JudgementLeaf,
  type JudgementRecord,
  type Leaf,
  type MailResponse,
  type OrganiserRecord,
  RECORD_OF_LEAF,
  type RecordLeaf,
  type ResponseLeaf,
  recordHash,
  type Signer,
  type Source,
  type StatementResponse,
  sha256,
  signDelivery,
  signRecord,
  type WithheldRecord,
} from "@undersigned/core";

type Kind = "deliveries" | "responses" | "judgements" | "dealings" | "chronicle";
const KIND_OF = {
  delivery: "deliveries",
  response: "responses",
  judgement: "judgements",
  dealings: "dealings",
  chronicle: "chronicle",
} as const satisfies Record<string, Kind>;

/** Where the leaves of each letter stand, as index.json lists them. */
export class FurtherIndexes {
  readonly #of = new Map<string, Record<Kind, number[]>>();

  add(letter: string, kind: Kind, index: number): void {
    const lists = this.of(letter);
    lists[kind].push(index);
    this.#of.set(letter, lists);
  }

  of(letter: string): Record<Kind, number[]> {
    const none = { deliveries: [], responses: [], judgements: [], dealings: [], chronicle: [] };
    return this.#of.get(letter) ?? none;
  }
}

/** What a builder of logs must have. */
export interface FurtherLog {
  readonly workforce: string;
  readonly entries: readonly Uint8Array[];
  readonly documents: Map<string, Uint8Array>;
  readonly further: FurtherIndexes;
  append(leaf: Leaf): number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Logged {
  readonly index: number;
  /** Hash of the record. */
  readonly record: string;
}

export const NONCE = "ABCD-EFGH-JKMN-PQRS";
export const PDF = new TextEncoder().encode("%PDF-1.7 stands in for what was handed over\n");
export const ANSWER = new TextEncoder().encode("Subject: an answer\r\n\r\nWe have read it.\r\n");
export const SOURCE: Source = {
  title: "Statement on the trial",
  publisher: "Example Works",
  day: null,
  url: "https://example.com/statement",
  quote: "We will look at it.",
  copy: null,
};

const sha256Of = (bytes: Uint8Array) => encodeBase64url(sha256(bytes));
/** Any 32 bytes that follow from a name. */
const saltOf = (name: string) => sha256Of(new TextEncoder().encode(`further ${name}`));

export function deliver(
  log: FurtherLog,
  letter: string,
  of: {
    readonly day: string;
    readonly by: readonly Signer[];
    readonly edit?: (delivery: Mutable<Delivery>) => unknown;
    readonly leaf?: (leaf: Mutable<DeliveryLeaf>) => unknown;
  },
): number {
  const delivery: Mutable<Delivery> = {
    workforce: log.workforce,
    letter,
    delivered: of.day,
    how: "mail",
    document: sha256Of(PDF),
    bundle: null,
    size: log.entries.length,
    nonce: answerNonceHash(letter, NONCE),
  };
  of.edit?.(delivery);
  log.documents.set(`documents/${sha256Of(PDF)}.pdf`, PDF);
  const acceptance = delivery.how === "mail" ? acceptanceHash("250 OK", saltOf("acceptance")) : null;
  const by = signatures(of.by, (signer) => signDelivery(delivery, signer));
  const leaf: Mutable<DeliveryLeaf> = { type: "delivery", v: 1, ...delivery, day: of.day, acceptance, by };
  of.leaf?.(leaf);
  return logged(log, leaf);
}

interface RecordOptions<R, L> {
  readonly day: string;
  readonly edit?: (record: Mutable<R>) => unknown;
  readonly leaf?: (leaf: Mutable<L>) => unknown;
}

/** An answer by mail from `answers@example.com`, with its evidence among the files. */
export function answerByMail(
  log: FurtherLog,
  letter: string,
  of: RecordOptions<MailResponse, ResponseLeaf>,
): Logged {
  const record: Mutable<MailResponse> = {
    type: "response-record",
    v: 1,
    kind: "mail",
    ...commonOf(log, letter),
    text: "We have read it.\nIt stays as it is.",
    subject: `Re: your letter ${NONCE}`,
    dated: of.day,
    mailbox: "answers@example.com",
    dkim: { name: "s1._domainkey.example.com", record: "v=DKIM1; k=rsa; p=AAAA" },
    evidence: sha256Of(ANSWER),
  };
  of.edit?.(record);
  log.documents.set(`answers/${sha256Of(ANSWER)}.eml`, ANSWER);
  return logRecord(log, { type: "response", kind: "mail" }, record, of.day, [], of.leaf);
}

type Signed<R, L> = RecordOptions<R, L> & { readonly by: readonly Signer[] };

export function enterStatement(
  log: FurtherLog,
  letter: string,
  of: Signed<StatementResponse, ResponseLeaf>,
): Logged {
  const record: Mutable<StatementResponse> = {
    type: "response-record",
    v: 1,
    kind: "statement",
    ...commonOf(log, letter),
    text: "We take this seriously.",
    source: SOURCE,
  };
  of.edit?.(record);
  return logRecord(log, { type: "response", kind: "statement" }, record, of.day, of.by, of.leaf);
}

/** A judgement of the demand `stop`. */
export function judge(log: FurtherLog, letter: string, of: Signed<JudgementRecord, JudgementLeaf>): Logged {
  const record: Mutable<JudgementRecord> = {
    type: "judgement-record",
    v: 1,
    ...commonOf(log, letter),
    demand: "stop",
    state: "unanswered",
    until: null,
    reason: "Nothing has been said of it.",
    source: null,
    previous: null,
  };
  of.edit?.(record);
  return logRecord(log, { type: "judgement" }, record, of.day, of.by, of.leaf);
}

export const DEALING: Dealing = {
  what: "Engines for the trial",
  supplier: "Example Works",
  recipient: "Department of Examples",
  office: null,
  agreed: "2025-04-01",
  from: null,
  until: null,
  value: { amount: "1200000.50", currency: "USD", kind: "obligated" },
  status: "reported",
  since: null,
  sources: [SOURCE],
};

/** A change of the register that adds one row. */
export function changeDealings(
  log: FurtherLog,
  letter: string,
  of: Signed<DealingsRecord, Extract<RecordLeaf, { type: "dealings" }>>,
): Logged {
  const record: Mutable<DealingsRecord> = {
    type: "dealings-record",
    v: 1,
    ...commonOf(log, letter),
    previous: null,
    changes: [{ row: "own:engines", entry: DEALING }],
  };
  of.edit?.(record);
  return logRecord(log, { type: "dealings" }, record, of.day, of.by, of.leaf);
}

/** An entry of the chronicle: a remark, signed by everybody in `by`. */
export function enterChronicle(
  log: FurtherLog,
  letter: string,
  of: Signed<ChronicleRecord, ChronicleLeaf>,
): Logged {
  const record: Mutable<ChronicleRecord> = {
    type: "chronicle-record",
    v: 1,
    ...commonOf(log, letter),
    on: of.day,
    replaces: null,
    entry: { kind: "remark", text: "The trial goes on.", source: null },
  };
  of.edit?.(record);
  const { replaces, entry } = record;
  return logRecord(log, { type: "chronicle", kind: entry.kind, replaces }, record, of.day, of.by, of.leaf);
}

/** Puts the notice in the place of a response's record and its evidence. */
export function withhold(log: FurtherLog, record: string, day: string, { evidence = true } = {}): void {
  log.documents.delete(`records/${record}.json`);
  if (evidence) log.documents.delete(`answers/${sha256Of(ANSWER)}.eml`);
  const notice: WithheldRecord = { type: "withheld-record", v: 1, record, day, reason: "names-people" };
  log.documents.set(`withheld/${record}.json`, encodeCanonical({ ...notice }));
}

function commonOf(log: FurtherLog, letter: string) {
  return { salt: saltOf(`record ${log.entries.length}`), workforce: log.workforce, letter };
}

function logRecord<L extends RecordLeaf>(
  log: FurtherLog,
  of: Pick<L, "type"> & { readonly kind?: string; readonly replaces?: string | null },
  content: OrganiserRecord,
  day: string,
  by: readonly Signer[],
  edit?: (leaf: Mutable<L>) => unknown,
): Logged {
  const file = encodeRecord(content);
  const record = recordHash(RECORD_OF_LEAF[of.type], file);
  log.documents.set(`records/${record}.json`, file);
  const letter = content.letter;
  const toSign = { type: of.type, workforce: log.workforce, letter, record };
  const leaf = {
    v: 1,
    ...of,
    workforce: log.workforce,
    letter,
    day,
    record,
    by: signatures(by, (signer) => signRecord(toSign, signer)),
  } as unknown as Mutable<L>;
  edit?.(leaf);
  return { index: logged(log, leaf as RecordLeaf), record };
}

function signatures<T extends { organiser: string }>(
  by: readonly Signer[],
  sign: (signer: Signer) => T,
): T[] {
  return by.map(sign).sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
}

function logged(log: FurtherLog, leaf: DeliveryLeaf | RecordLeaf): number {
  const index = log.append(leaf);
  log.further.add(leaf.letter, KIND_OF[leaf.type], index);
  return index;
}
