/** A letter that is closed, and what its organisers send of what becomes of it. */
import {
  answerNonceHash,
  type ChronicleEntry,
  type ChronicleRecord,
  type Dealing,
  type DealingsRecord,
  type Delivery,
  encodeBase64url,
  encodeRecord,
  type JsonValue,
  type JudgementRecord,
  type MailResponse,
  type OrganiserRecord,
  type RecordLeaf,
  randomBytes,
  recordHash,
  type Signer,
  type StatementResponse,
  sha256,
  signDelivery,
  signerFromSeed,
  signObject,
  signRecord,
} from "@undersigned/core";
import { Kit, type KitOptions, type LetterOptions, seedOf, type TestLetter } from "./kit.ts";

export const second = signerFromSeed(seedOf("second organiser"));
export const stranger = signerFromSeed(seedOf("stranger"));
export const MAILBOX = "board@example.com";
export const PDF = new TextEncoder().encode("%PDF-1.7\nA letter, as it was handed over.\n");

const LEAF_TYPES: Record<OrganiserRecord["type"], RecordLeaf["type"]> = {
  "response-record": "response",
  "judgement-record": "judgement",
  "dealings-record": "dealings",
  "chronicle-record": "chronicle",
};

export function hashOf(record: OrganiserRecord): string {
  return recordHash(record.type, encodeRecord(record));
}

export function hash(): string {
  return encodeBase64url(randomBytes(32));
}

const demand = (id: string, title: string) => ({ id, title, text: title, met: "It is said in public." });

/** Of `kit.opener` and `second`, with two demands; two have signed. */
export class Afterwards {
  readonly kit: Kit;
  readonly letter: TestLetter;

  constructor(kit: Kit, letter: TestLetter) {
    this.kit = kit;
    this.letter = letter;
  }

  static async published(options: LetterOptions = {}, kitOptions: KitOptions = {}): Promise<Afterwards> {
    const kit = await Kit.start(kitOptions);
    const letter = await kit.publish({
      days: 1,
      organisers: [kit.opener, second],
      demands: [demand("end", "End it."), demand("say", "Say why.")],
      mailbox: MAILBOX,
      ...options,
    });
    return new Afterwards(kit, letter);
  }

  static async closed(options: LetterOptions = {}, kitOptions: KitOptions = {}): Promise<Afterwards> {
    const after = await Afterwards.published(options, kitOptions);
    await after.kit.endorsed(after.letter, 2);
    await after.close();
    return after;
  }

  /** The closing leaf is logged on 2026-03-03, the day after the last. */
  async close(): Promise<void> {
    await this.kit.nextDay();
    await this.kit.nextDay();
  }

  get of() {
    return { workforce: this.kit.workforce, letter: this.letter.id };
  }

  async deliveryRequest(
    change: Partial<Delivery> = {},
    by: readonly Signer[] = [this.kit.opener],
    pdf: Uint8Array = PDF,
  ) {
    const { size } = await this.kit.index();
    const delivery: Delivery = {
      ...this.of,
      delivered: this.kit.clock.day(),
      how: "hand",
      document: encodeBase64url(sha256(pdf)),
      bundle: null,
      size,
      nonce: answerNonceHash(this.letter.id, "ABCD-EFGH-JKMN-PQRS"),
      ...change,
    };
    return {
      type: "delivery-request" as const,
      v: 1 as const,
      ...delivery,
      acceptance: null as string | null,
      by: sorted(by.map((signer) => signDelivery(delivery, signer))),
      pdf: encodeBase64url(pdf),
    };
  }

  async deliver(change: Partial<Delivery> = {}, by?: readonly Signer[]) {
    return await this.kit.board.logDelivery(this.kit.workforce, await this.deliveryRequest(change, by));
  }

  statement(change: Partial<StatementResponse> = {}): StatementResponse {
    return {
      type: "response-record",
      kind: "statement",
      v: 1,
      salt: hash(),
      ...this.of,
      text: "We take note of the letter.",
      source: source(),
      ...change,
    };
  }

  mail(change: Partial<MailResponse> = {}): MailResponse {
    return {
      type: "response-record",
      kind: "mail",
      v: 1,
      salt: hash(),
      ...this.of,
      text: "We have read the letter.",
      subject: "Re: A letter [ABCD-EFGH-JKMN-PQRS]",
      dated: this.kit.clock.day(),
      mailbox: MAILBOX,
      dkim: { name: "mail._domainkey.example.com", record: "v=DKIM1; p=" },
      evidence: null,
      ...change,
    };
  }

  judgement(change: Partial<JudgementRecord> = {}): JudgementRecord {
    return {
      type: "judgement-record",
      v: 1,
      salt: hash(),
      ...this.of,
      demand: "end",
      state: "refused",
      until: null,
      reason: "The answer says so.",
      source: null,
      previous: null,
      ...change,
    };
  }

  dealings(change: Partial<DealingsRecord> = {}): DealingsRecord {
    return {
      type: "dealings-record",
      v: 1,
      salt: hash(),
      ...this.of,
      previous: null,
      changes: [{ row: "own:1", entry: dealing() }],
      ...change,
    };
  }

  /** An entry of the chronicle, of today. */
  entry(entry: ChronicleEntry, change: Partial<ChronicleRecord> = {}): ChronicleRecord {
    return {
      type: "chronicle-record",
      v: 1,
      salt: hash(),
      ...this.of,
      on: this.kit.clock.day(),
      replaces: null,
      entry,
      ...change,
    };
  }

  /** Into a language, of the letter's two demands. */
  translation(language: string, replaces: string | null = null): ChronicleRecord {
    const { title, demands } = this.letter.manifest;
    const translated = demands.map(({ id }) => ({ id, title: id, text: id, met: id }));
    const entry = { kind: "translation" as const, language, title, body: "Text.", supplement: null };
    return this.entry({ ...entry, demands: translated }, { replaces });
  }

  /** With signatures over the record's hash, or `signed` in its place. */
  recordRequest(
    record: OrganiserRecord,
    by: readonly Signer[] = [this.kit.opener, second],
    signed: Partial<Pick<RecordLeaf, "type" | "workforce" | "letter" | "record">> = {},
  ): JsonValue {
    const of = { type: LEAF_TYPES[record.type], ...this.of, record: hashOf(record), ...signed };
    const signatures = sorted(by.map((signer) => signRecord(of, signer)));
    return { type: "record-request", v: 1, record, by: signatures } as unknown as JsonValue;
  }

  async log(record: OrganiserRecord, by?: readonly Signer[]) {
    return await this.kit.board.logRecord(this.kit.workforce, this.recordRequest(record, by));
  }

  async logMail(record: MailResponse, evidence: Uint8Array | null = null) {
    return await this.kit.board.logMailResponse({ workforce: this.kit.workforce, record, evidence });
  }

  withholdRequest(record: string, by: Signer = this.kit.opener, change: Record<string, JsonValue> = {}) {
    const request = {
      type: "withhold-request" as const,
      v: 1 as const,
      ...this.of,
      record,
      reason: "names-people" as const,
      organiser: by.publicKey,
      ...change,
    };
    return signObject(request, by) as unknown as JsonValue;
  }

  async withhold(record: string, by?: Signer, change?: Record<string, JsonValue>) {
    return await this.kit.board.withholdRecord(this.kit.workforce, this.withholdRequest(record, by, change));
  }
}

export function source(copy: string | null = null) {
  return {
    title: "A statement",
    publisher: "Example Ltd",
    day: null,
    url: "https://example.com/statement",
    quote: "",
    copy,
  };
}

export function dealing(change: Partial<Dealing> = {}): Dealing {
  return {
    what: "A thing",
    supplier: "Example Ltd",
    recipient: "An agency",
    office: null,
    agreed: null,
    from: null,
    until: null,
    value: { amount: "1000.00", currency: "USD", kind: "obligated" },
    status: "reported",
    since: null,
    sources: [source()],
    ...change,
  };
}

function sorted<T extends { readonly organiser: string }>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => (a.organiser < b.organiser ? -1 : 1));
}
