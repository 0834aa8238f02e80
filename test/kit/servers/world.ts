/**
 * A workforce with one registrar, one board, letters and a mail server: real processes, real keys, real requests. Set
 * up through the packages' public functions, as an operator does it with the commands.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardEvents, createBoardKeys, openBoard } from "@undersigned/board";
import { boardPrefix } from "@undersigned/client";
import {
  addDays,
  type BatchRule,
  decodeBase64url,
  type EpochRequest,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  type LetterManifest,
  type LetterRequest,
  letterId,
  logOrigin,
  nameOf,
  parseKeyStatement,
  quorumBounds,
  randomBytes,
  type Signer,
  signerFromSeed,
  signObject,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { createEpochKeys, createRegistrarKeys, signManifest } from "@undersigned/registrar";
import { createLogger, httpEvents } from "@undersigned/service";
import { startSmtp, type TestSmtp } from "@undersigned/service/testing";
import { httpSource, openWorkforce, type WorkforceView } from "@undersigned/verify";
import { generateX25519Identity } from "age-encryption";
import type { ServerOptions } from "./server-calls.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export const OPENS = "2031-03-03";
export const CLOSES = "2031-03-31";
const EPOCH_CLOSES = "2031-06-30";

export type WorldOptions = {
  /** Of an empty database; SQLite in the server's folder if left out. */
  readonly boardDatabase?: string | undefined;
  readonly registrarDatabase?: string | undefined;
  /** How many letters are published: on slots 0, 1, … */
  readonly letters?: number;
  readonly batch?: BatchRule;
  /** Epochs whose statements are made; the first is opened. */
  readonly epochs?: number;
  /** Whether the board has pages for people. */
  readonly pages?: boolean;
  /** What is different in the workforce's manifest. */
  readonly workforce?: Partial<WorkforceManifest>;
  /** What is different in the text of the letter on a slot. */
  readonly text?: (slot: number) => Partial<LetterManifest>;
};

export type World = {
  readonly folder: string;
  readonly identity: string;
  readonly manifest: WorkforceManifest;
  readonly workforce: string;
  readonly opener: Signer;
  /** Ids of the letters published at the start. */
  readonly letters: readonly string[];
  readonly statements: readonly Uint8Array[];
  readonly smtp: TestSmtp;
  readonly board: Server;
  readonly registrar: Server;
  /** The workforce's prefix at the board, with its closing slash. */
  readonly files: string;
  /** Both servers' clocks. */
  readonly clock: { readonly time: number; readonly day: string };
  setTime(time: number): Promise<void>;
  /** Moves both clocks to the day's first minute, and lets the board tick. */
  moveTo(day: string): Promise<void>;
  view(): Promise<WorkforceView>;
  /** The request that publishes another letter on this slot. */
  letterRequest(slot: number, previous: LetterRequest | null): LetterRequest;
  close(): Promise<void>;
};

/** A server that can be ended and started again on the same data, address and clock. */
export type Server = {
  readonly dataDir: string;
  readonly temporary: string;
  readonly databaseUrl: string | undefined;
  readonly url: string;
  readonly process: ServerProcess;
  /** All output of all its processes. */
  output(): string;
  restart(how: "stop" | "kill"): Promise<void>;
  end(how: "stop" | "kill"): Promise<void>;
  begin(): Promise<void>;
};

const SOON: BatchRule = {
  first: 1,
  classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } },
};

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { letters: letterCount = 1, batch = SOON, epochs = 1, pages = false } = options;
  const folder = await mkdtemp(join(tmpdir(), "undersigned-world-"));
  const identity = await generateX25519Identity();
  const lock = { identity };
  const smtp = await startSmtp();
  const [registrarPort, boardPort] = await freePorts(2);
  const registrarDir = join(folder, "registrar");
  const boardDir = join(folder, "board");
  const clock = { time: Date.parse(`${OPENS}T09:00:00Z`), day: OPENS };

  const opener = signerFromSeed(randomBytes(32));
  const { identity: registrarKey } = await createRegistrarKeys({ dataDir: registrarDir, lock });
  const keys = await createBoardKeys({ dataDir: boardDir, lock });
  const manifest: WorkforceManifest = {
    ...workforceManifest(
      { identity: registrarKey, url: `http://127.0.0.1:${registrarPort}` },
      keys.logKey,
      { key: keys.boardKey, url: `http://127.0.0.1:${boardPort}` },
      opener,
    ),
    ...options.workforce,
  };
  const manifestFile = encodeCanonical(manifest as unknown as JsonValue);
  const workforce = workforceManifestHash(manifestFile);
  const statements: Uint8Array[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const opens = addDays(OPENS, epoch - 1);
    const of = { dataDir: registrarDir, databaseUrl: options.registrarDatabase, lock, manifestFile };
    statements.push((await createEpochKeys({ ...of, epoch, opens, closes: EPOCH_CLOSES })).statement);
  }

  const letterRequest = (slot: number, previous: LetterRequest | null): LetterRequest => {
    const text: LetterManifest = { ...letterManifest(workforce, opener, batch), ...options.text?.(slot) };
    const letter = letterId(encodeCanonical(text as unknown as JsonValue));
    const leaf = signObject(
      {
        type: "letter" as const,
        v: 1 as const,
        workforce,
        letter,
        version: 1 as const,
        epoch: 1,
        slot,
        previous: previous === null ? null : nameOf(previous.leaf as never),
        opens: text.opens,
        closes: text.closes,
        batch,
        by: opener.publicKey,
      },
      opener,
    );
    return { type: "letter-request", v: 1, leaf, manifest: text };
  };

  const board = await openBoard({
    dataDir: boardDir,
    databaseUrl: options.boardDatabase,
    lock,
    clock: { now: () => clock.time, day: () => clock.day },
    logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => undefined } }),
  });
  const letters: string[] = [];
  try {
    const signature = await signManifest({ dataDir: registrarDir, lock, manifestFile });
    await board.addWorkforce({ manifestFile, signatures: [signature] });
    const first: EpochRequest = {
      type: "epoch-request",
      v: 1,
      statements: [parseKeyStatement(statements[0]!)],
    };
    await board.openEpoch(workforce, first as unknown as JsonValue);
    let previous: LetterRequest | null = null;
    for (let slot = 0; slot < letterCount; slot++) {
      previous = letterRequest(slot, previous);
      await board.publishLetter(workforce, previous as unknown as JsonValue);
      letters.push(previous.leaf.letter);
    }
  } finally {
    await board.close();
  }

  const server = async (which: ServerOptions["server"], port: number): Promise<Server> => {
    const dataDir = which === "board" ? boardDir : registrarDir;
    const databaseUrl = which === "board" ? options.boardDatabase : options.registrarDatabase;
    const temporary = join(folder, `${which}-tmp`);
    await mkdir(temporary, { mode: 0o700 });
    const begin = () => {
      const { time } = clock;
      return startServer({
        server: which,
        dataDir,
        databaseUrl,
        identity,
        port,
        time,
        smtpPort: smtp.port,
        pages,
        temporary,
      });
    };
    let process = await begin();
    let before = "";
    const self: Server = {
      dataDir,
      temporary,
      databaseUrl,
      url: process.url,
      get process() {
        return process;
      },
      output: () => before + process.output(),
      async end(how) {
        await (how === "kill" ? process.kill() : process.stop());
      },
      async begin() {
        before += process.output();
        process = await begin();
      },
      async restart(how) {
        await self.end(how);
        await self.begin();
      },
    };
    return self;
  };
  const registrar = await server("registrar", registrarPort);
  const running = await server("board", boardPort);
  const files = boardPrefix(running.url, workforce);

  const setTime = async (time: number) => {
    clock.time = time;
    clock.day = new Date(time).toISOString().slice(0, 10);
    await registrar.process.setTime(time);
    await running.process.setTime(time);
  };
  return {
    folder,
    identity,
    manifest,
    workforce,
    opener,
    letters,
    statements,
    smtp,
    board: running,
    registrar,
    files,
    clock,
    setTime,
    async moveTo(day) {
      await setTime(Date.parse(`${day}T00:01:00Z`));
      await running.process.tick();
    },
    view: () => openWorkforce(httpSource(files), workforce),
    letterRequest,
    async close() {
      await registrar.end("stop");
      await running.end("stop");
      await smtp.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePorts(count: number): Promise<[number, number]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports as [number, number];
}

function workforceManifest(
  registrar: { readonly identity: string; readonly url: string },
  logKey: string,
  board: { readonly key: string; readonly url: string },
  opener: Signer,
): WorkforceManifest {
  return {
    type: "workforce-manifest",
    v: 1,
    version: 1,
    workforce: null,
    previous: null,
    employer: "Example Works",
    mailboxes: {
      domains: [{ domain: "example.com", aliases: ["mail.example.com"] }],
      plus: true,
      dots: false,
      groups: ["all"],
    },
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    registrars: [{ ...registrar, name: "First", operator: "First Office" }],
    quorum: 1,
    bounds: quorumBounds(1, 1),
    log: { key: logKey, origin: logOrigin(decodeBase64url(logKey, 32)) },
    board,
    witnesses: [],
    witnessQuorum: 0,
    openers: [opener.publicKey],
    headcount: { number: 1400, source: "Annual report", day: "2031-01-01" },
    roles: ["Engineer"],
    places: [],
    codeMail: { subject: "Your code", body: "Your code is {code}.\n\nNobody will ask you for it." },
  };
}

function letterManifest(workforce: string, opener: Signer, batch: BatchRule): LetterManifest {
  return {
    type: "letter-manifest",
    v: 1,
    workforce,
    salt: encodeBase64url(randomBytes(32)),
    language: "en",
    title: "A letter",
    addressee: { name: "The Chief Executive", organisation: "Example Works", mailbox: null },
    body: "We ask you to stop.",
    demands: [{ id: "stop", title: "Stop", text: "Stop it.", met: "It has stopped." }],
    supplement: null,
    appearances: ["anonymous", "named", "role"],
    opens: OPENS,
    closes: CLOSES,
    delivers: addDays(CLOSES, 7),
    delivery: "By hand.",
    batch,
    organisers: [opener.publicKey],
    replaces: null,
  };
}
