/** A registrar whose epoch began with a second party, and a machine between them that can be told to misbehave. */
import { cp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type JsonValue, parseKeyStatement, workforceManifestHash } from "@undersigned/core";
import { createLogger } from "@undersigned/service";
import {
  createEpochKeys,
  createRegistrarKeys,
  createSecondPartyKey,
  type RunningSecondParty,
  type SecondPartyLimits,
  type SecondPartyPin,
  secondPartyEvents,
  startSecondParty,
} from "../src/index.ts";
import {
  CLOSES,
  forgetWithFolders,
  manifestFor,
  newFolder,
  OPENS,
  openTables,
  type Workforce,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { TestClock } from "./test-clock.ts";

export type Lie = (body: string, response: ServerResponse) => void | Promise<void>;
export type Seen = { request: Record<string, JsonValue>; status: number; answer: Record<string, JsonValue> };

/** The address that the registrar has pinned. Without a `lie` it hands on, and keeps a record of both directions. */
export class Front {
  /** Where honest answers come from; null while the second party is down. */
  behind: string | null = null;
  lie: Lie | null = null;
  readonly seen: Seen[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    if (this.lie !== null) return await this.lie(body, response);
    if (this.behind === null) return void response.destroy();
    await this.handOn(body, response);
  }

  async handOn(body: string, response: ServerResponse): Promise<void> {
    const answer = await askDirectly(this.behind!, body);
    const text = await answer.text();
    this.seen.push({ request: JSON.parse(body), status: answer.status, answer: JSON.parse(text) });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  }
}

export function askDirectly(url: string, body: string): Promise<Response> {
  return fetch(`${url}/v1/evaluations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
}

export type RunningParty = RunningSecondParty & { log: string[]; clock: TestClock };

const parties: RunningSecondParty[] = [];

export async function startParty(
  dataDir: string,
  registrars: readonly string[],
  limits: Partial<SecondPartyLimits> = {},
  clock = new TestClock(),
): Promise<RunningParty> {
  const log: string[] = [];
  const running = await startSecondParty({
    dataDir,
    lock: LOCK,
    listen: { host: "127.0.0.1", port: 0 },
    registrars,
    limits,
    clock,
    logger: createLogger(secondPartyEvents, { stream: { write: (line) => log.push(line) }, clock }),
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= running.close();
    return closing;
  };
  parties.push({ ...running, close });
  return { ...running, close, log, clock };
}

/** For afterEach. */
export async function stopParties(): Promise<void> {
  for (const party of parties.splice(0)) await party.close();
}

export type Pair = Workforce & { partyDir: string; pin: SecondPartyPin; front: Front };

type Template = Omit<Pair, "databaseUrl" | "statement" | "statementFile">;
let template: Promise<Template> | undefined;
forgetWithFolders(() => {
  template = undefined;
});

async function makeTemplate(): Promise<Template> {
  const front = await new Front().open();
  const dataDir = await newFolder();
  const partyDir = await newFolder();
  const { identity } = await createRegistrarKeys({ dataDir, lock: LOCK });
  const manifestFile = manifestFor(identity);
  const workforce = workforceManifestHash(manifestFile);
  const { publicKey } = await createSecondPartyKey({ dataDir: partyDir, lock: LOCK, workforce, epoch: 1 });
  const pin = { url: front.url, publicKey };
  const party = await startParty(partyDir, [identity]);
  front.behind = party.url;
  await createEpochKeys({
    dataDir,
    lock: LOCK,
    manifestFile,
    epoch: 1,
    opens: OPENS,
    closes: CLOSES,
    secondParty: pin,
  });
  await party.close();
  return { dataDir, partyDir, identity, manifestFile, pin, front };
}

/** Copies of both machines' folders, with an empty database. The keys are made once for a test file. */
export async function newPair(): Promise<Pair> {
  template ??= makeTemplate();
  const { dataDir: from, partyDir: partyFrom, manifestFile, identity, pin, front } = await template;
  front.behind = null;
  front.lie = null;
  front.seen.length = 0;
  const dataDir = await newFolder();
  const partyDir = await newFolder();
  await cp(join(from, "keys"), join(dataDir, "keys"), { recursive: true });
  await cp(join(partyFrom, "keys"), join(partyDir, "keys"), { recursive: true });
  await rm(join(dataDir, "keys", "tag-1.issued.json"));
  const of = { dataDir, lock: LOCK, manifestFile, epoch: 1, opens: OPENS, closes: CLOSES, secondParty: pin };
  const { statement } = await createEpochKeys(of);
  return {
    dataDir,
    partyDir,
    databaseUrl: undefined,
    identity,
    manifestFile,
    pin,
    front,
    statement: parseKeyStatement(statement),
    statementFile: statement,
  };
}

/** The pair's second party, behind the address that the registrar knows. */
export async function startPartyOf(
  pair: Pair,
  limits: Partial<SecondPartyLimits> = {},
): Promise<RunningParty> {
  const party = await startParty(pair.partyDir, [pair.identity], limits);
  pair.front.behind = party.url;
  return party;
}

/** For afterAll. */
export async function closeFront(): Promise<void> {
  await (await template)?.front.close();
  template = undefined;
}

/** Tags and MACs in the database of a registrar that is not running. */
export async function storedRows(pair: Workforce): Promise<{ tag: string; mac: string }[]> {
  const tables = await openTables(pair);
  const rows = await tables.db.selectFrom("enrolment").selectAll().execute();
  await tables.close();
  return rows.map(({ tag, mac }) => ({
    tag: Buffer.from(tag).toString("hex"),
    mac: Buffer.from(mac).toString("hex"),
  }));
}
