/** A workforce with one registrar of real keys, people who enrol, and a mail server that keeps their mail. */
import { hash } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BlindedInvitations,
  type BlindedSlots,
  blindRequest,
  decodeBase64url,
  type EndorsementClass,
  type Enrolment,
  encodeBase64url,
  encodeCanonical,
  invitationKey,
  type JsonValue,
  type KeyStatement,
  logOrigin,
  parseKeyStatement,
  quorumBounds,
  requestsHash,
  Secrets,
  signerFromSeed,
  type Token,
  TokenVerifier,
  tokenKey,
  unblind,
  type WorkforceManifest,
} from "@undersigned/core";
import { createLogger, type Database, type LookUpTxt, openDatabase } from "@undersigned/service";
import { startSmtp, type TestSmtp } from "@undersigned/service/testing";
import {
  createEpochKeys,
  createRegistrarKeys,
  type ReadLog,
  type RegistrarLimits,
  type RunningRegistrar,
  registrarEvents,
  startRegistrar,
} from "../src/index.ts";
import { type RegistrarTables, registrarMigrations } from "../src/storage/schema.ts";
import { LOCK } from "./lock.ts";
import { logOf } from "./logged.ts";
import { TestClock } from "./test-clock.ts";

export const OPENS = "2031-03-01";
export const CLOSES = "2031-06-30";

export const PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";
export const OTHER_PHRASE = "letter advice cage absurd amount doctor acoustic avoid letter advice cage above";

export const board = signerFromSeed(new Uint8Array(32).fill(1));
const logKey = signerFromSeed(new Uint8Array(32).fill(2));
const opener = signerFromSeed(new Uint8Array(32).fill(3));

export function manifestFor(identity: string, changes: Partial<WorkforceManifest> = {}): Uint8Array {
  const manifest: WorkforceManifest = {
    type: "workforce-manifest",
    v: 1,
    version: 1,
    workforce: null,
    previous: null,
    employer: "Example Works",
    mailboxes: {
      domains: [{ domain: "example.com", aliases: ["mail.example.com"] }],
      plus: true,
      dots: true,
      groups: ["all", "team-*"],
    },
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    registrars: [{ identity, name: "First", operator: "First Office", url: "https://one.example.com" }],
    quorum: 1,
    bounds: quorumBounds(1, 1),
    log: { key: logKey.publicKey, origin: logOrigin(decodeBase64url(logKey.publicKey)) },
    board: { key: board.publicKey, url: "https://board.example.com" },
    witnesses: [],
    witnessQuorum: 0,
    openers: [opener.publicKey],
    headcount: { number: 1400, source: "Annual report", day: "2031-01-01" },
    roles: [],
    places: [],
    existingMail: null,
    vouching: null,
    names: null,
    codeMail: { subject: "Your code", body: "Your code is $& {code}.\n\nNobody will ask you for it." },
    ...changes,
  };
  return encodeCanonical(manifest as unknown as JsonValue);
}

export type Workforce = {
  dataDir: string;
  databaseUrl: string | undefined;
  identity: string;
  manifestFile: Uint8Array;
  statement: KeyStatement;
  statementFile: Uint8Array;
};

type Template = { dataDir: string; identity: string; manifestFile: Uint8Array };

/** Keys are made once for a test file and copied from then on. */
let template: Promise<Template> | undefined;
const folders: string[] = [];
const forgetting: (() => void)[] = [];

/** For what another kit keeps in such folders: a process may go through several test files, of which each removes its own. */
export function forgetWithFolders(forget: () => void): void {
  forgetting.push(forget);
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-registrar-"));
  folders.push(folder);
  return folder;
}

async function makeTemplate() {
  const dataDir = await newFolder();
  const { identity } = await createRegistrarKeys({ dataDir, lock: LOCK });
  const manifestFile = manifestFor(identity);
  await createEpochKeys({ dataDir, lock: LOCK, manifestFile, epoch: 1, opens: OPENS, closes: CLOSES });
  return { dataDir, identity, manifestFile };
}

/** A registrar of its own, with an empty database, whose epoch 1 is ready. */
export async function newWorkforce(databaseUrl?: string): Promise<Workforce> {
  template ??= makeTemplate();
  return await copyWorkforce(await template, databaseUrl);
}

export async function copyWorkforce(
  { dataDir: from, identity, manifestFile }: Template,
  databaseUrl?: string,
): Promise<Workforce> {
  const dataDir = await newFolder();
  await cp(join(from, "keys"), join(dataDir, "keys"), { recursive: true });
  // Without the record that the epoch has begun, the command goes on with the keys that it finds.
  await rm(join(dataDir, "keys", "tag-1.issued.json"));
  const of = { dataDir, databaseUrl, lock: LOCK, manifestFile, epoch: 1, opens: OPENS, closes: CLOSES };
  const { statement } = await createEpochKeys(of);
  return {
    dataDir,
    databaseUrl,
    identity,
    manifestFile,
    statement: parseKeyStatement(statement),
    statementFile: statement,
  };
}

/** The tables of a registrar that is not running. The caller closes. */
export function openTables(workforce: Workforce): Promise<Database<RegistrarTables>> {
  const url = workforce.databaseUrl ?? `sqlite:${join(workforce.dataDir, "registrar.sqlite")}`;
  return openDatabase<RegistrarTables>({ url, migrations: registrarMigrations });
}

export type Running = RunningRegistrar & { clock: TestClock; smtp: TestSmtp; log: string[] };

const running: { close(): Promise<void> }[] = [];

export async function start(
  workforce: Workforce,
  options: {
    limits?: Partial<RegistrarLimits>;
    clock?: TestClock;
    smtpPort?: number;
    workers?: number;
    readLog?: ReadLog;
    board?: string;
    trustProxy?: readonly string[];
    lookUpTxt?: LookUpTxt | null;
  } = {},
): Promise<Running> {
  const clock = options.clock ?? new TestClock();
  const smtp = await startSmtp();
  running.push({ close: () => smtp.stop() });
  const log: string[] = [];
  const logger = createLogger(registrarEvents, { stream: { write: (line) => log.push(line) }, clock });
  const registrar = await startRegistrar({
    dataDir: workforce.dataDir,
    databaseUrl: workforce.databaseUrl,
    lock: LOCK,
    smtp: {
      host: smtp.host,
      port: options.smtpPort ?? smtp.port,
      from: "Registrar <codes@registrar.example.com>",
    },
    listen: { host: "127.0.0.1", port: 0 },
    clock,
    logger,
    workers: options.workers ?? 1,
    limits: options.limits ?? {},
    board: options.board,
    lookUpTxt: options.lookUpTxt ?? null,
    readLog: options.readLog ?? (async () => logOf([workforce.statementFile])),
    ...(options.trustProxy && { trustProxy: options.trustProxy }),
  });
  running.push(registrar);
  return { ...registrar, clock, smtp, log };
}

/** For afterEach. */
export async function stopAll(): Promise<void> {
  for (const item of running.splice(0).reverse()) await item.close();
}

/** For afterAll. */
export async function removeFolders(): Promise<void> {
  template = undefined;
  for (const forget of forgetting) forget();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

export type Answer = { status: number; body: Record<string, JsonValue>; headers: Headers; text: string };

export async function post(
  url: string,
  path: string,
  body: JsonValue,
  signal?: AbortSignal,
  network?: string,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      // While a test computes, the server may close a connection that is kept; the next request on it would be lost.
      connection: "close",
      ...(network && { "x-forwarded-for": network }),
    },
    body: Buffer.from(encodeCanonical(body)),
    ...(signal && { signal }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

export async function askChallenge({ url }: { url: string }): Promise<string> {
  const response = await fetch(`${url}/v1/challenge`);
  return ((await response.json()) as { challenge: string }).challenge;
}

/** Solves a challenge from the words of PROTOCOL §9 alone. */
export function solve(text: string): string {
  const challenge = JSON.parse(text);
  const { cost, keyPrefix, nonce, salt } = challenge.parameters;
  const bytes = Buffer.concat([Buffer.from(salt + nonce, "hex"), Buffer.alloc(4)]);
  for (let counter = 0; ; counter++) {
    bytes.writeUInt32BE(counter, 32);
    let digest: Buffer = bytes;
    for (let round = 1; round < cost; round++) digest = hash("sha256", digest, "buffer");
    const derivedKey = hash("sha256", digest, "hex");
    if (derivedKey.startsWith(keyPrefix)) {
      return JSON.stringify({ challenge, solution: { counter, derivedKey } });
    }
  }
}

export const solved = async (registrar: { url: string }) => solve(await askChallenge(registrar));

/** One person's requests to the registrar. */
export class Person {
  readonly mailbox: string;
  readonly secrets: Secrets;
  readonly workforce: Workforce;
  readonly class: EndorsementClass;
  readonly slots: BlindedSlots;
  readonly invitations: BlindedInvitations;
  readonly requests: string;

  constructor(workforce: Workforce, mailbox: string, phrase = PHRASE, of: EndorsementClass = "mailbox") {
    this.workforce = workforce;
    this.mailbox = mailbox;
    this.secrets = new Secrets(phrase);
    this.class = of;
    this.slots = this.keys().map((key) => ({
      slot: key.slot,
      blinded: encodeBase64url(blindRequest(this.secrets, key)),
    }));
    this.invitations = this.invitationKeys().map((key) => ({
      number: key.number,
      blinded: encodeBase64url(this.secrets.invitation(key).request(key)),
    }));
    this.requests = this.hashOf(this.slots);
  }

  hashOf(slots: BlindedSlots): string {
    const { workforce, epoch, registrar } = this.workforce.statement;
    const { invitations } = this;
    return requestsHash({ workforce, epoch, class: this.class, registrar, slots, invitations });
  }

  keys() {
    const { workforce, epoch, registrar, keys } = this.workforce.statement;
    return keys
      .filter((key) => key.class === this.class)
      .map((key) => tokenKey({ workforce, epoch, slot: key.slot, class: key.class, registrar }, key.spki));
  }

  /** Of the invitations that the person may give. */
  invitationKeys() {
    const { workforce, epoch, registrar, invitations } = this.workforce.statement;
    if (this.class === "vouched") return [];
    return invitations.map(({ number, spki }) =>
      invitationKey({ workforce, epoch, number, registrar }, spki),
    );
  }

  reservation(changes: Record<string, JsonValue> = {}): JsonValue {
    const { workforce, epoch } = this.workforce.statement;
    const evidence = { kind: "mailbox-code", mailbox: this.mailbox };
    return {
      type: "reservation-request",
      v: 1,
      workforce,
      epoch,
      class: this.class,
      evidence,
      requests: this.requests,
      work: null,
      ...changes,
    };
  }

  enrolment(code: string, changes: Record<string, JsonValue> = {}): JsonValue {
    const { workforce, epoch } = this.workforce.statement;
    const evidence = { kind: "mailbox-code", mailbox: this.mailbox, code };
    return {
      type: "enrolment-request",
      v: 1,
      workforce,
      epoch,
      class: this.class,
      evidence,
      slots: this.slots,
      invitations: this.invitations,
      name: null,
      work: null,
      ...changes,
    };
  }

  /** Reserves and reads the code in the mail that comes. */
  async askCode(registrar: Running, canonical = "jodoe@example.com"): Promise<string> {
    const answer = await post(registrar.url, "/v1/reservations", this.reservation());
    if (answer.status !== 200) throw new Error(`reservation: ${answer.text}`);
    return codeIn((await registrar.smtp.waitFor(canonical)).raw);
  }

  enrol(registrar: { url: string }, code: string, signal?: AbortSignal): Promise<Answer> {
    return post(registrar.url, "/v1/enrolments", this.enrolment(code), signal);
  }

  /** Unblinds all 16 answers and checks each as any reader would. */
  async tokens(answer: Answer): Promise<Token[]> {
    const { slots } = answer.body as unknown as Enrolment;
    const tokens: Token[] = [];
    for (const [i, key] of this.keys().entries()) {
      const token = unblind(this.secrets, key, decodeBase64url(slots[i]!.signature, 256));
      const signer = this.secrets.slotSigner(key).publicKey;
      if (!(await new TokenVerifier(key).verify(token, signer))) throw new Error("a token does not verify");
      tokens.push(token);
    }
    return tokens;
  }
}

export function codeIn(raw: string): string {
  const code = /\b\d{8}\b/.exec(raw.slice(raw.indexOf("\r\n\r\n")))?.[0];
  if (code === undefined) throw new Error("no code in the mail");
  return code;
}

export function otherCode(code: string): string {
  return String((Number(code) + 1) % 100_000_000).padStart(8, "0");
}
