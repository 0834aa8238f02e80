/**
 * A workforce with registrars, one board, letters and a mail server: real processes, real keys, real requests. Set up
 * through the packages' public functions, as operators do it with the commands.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardEvents, createBoardKeys, openBoard } from "@undersigned/board";
import { boardPrefix } from "@undersigned/client";
import {
  addDays,
  type BatchRule,
  type EpochRequest,
  encodeCanonical,
  type JsonValue,
  type LetterManifest,
  type LetterRequest,
  letterId,
  nameOf,
  parseKeyStatement,
  randomBytes,
  type Signer,
  signerFromSeed,
  signObject,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import {
  createEpochKeys,
  createRegistrarKeys,
  type RegistrarLimits,
  signManifest,
} from "@undersigned/registrar";
import { createLogger, httpEvents } from "@undersigned/service";
import { startSmtp, type TestSmtp } from "@undersigned/service/testing";
import { httpSource, openWorkforce, type WorkforceView } from "@undersigned/verify";
import { generateX25519Identity } from "age-encryption";
import { type Gate, startGate } from "./gate.ts";
import { CLOSES, letterManifest, OPENS, workforceManifest } from "./world-manifests.ts";
import { type Server, startWorldServer } from "./world-server.ts";

export { CLOSES, OPENS, type Server };

const EPOCH_CLOSES = "2031-06-30";
const ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth"];

export type WorldOptions = {
  /** Of an empty database; SQLite in the server's folder if left out. */
  readonly boardDatabase?: string | undefined;
  /** Of the first registrar. */
  readonly registrarDatabase?: string | undefined;
  /** n, 1 to 5; 1 if left out. */
  readonly registrars?: number;
  /** k; the smallest majority if left out. */
  readonly quorum?: number;
  /** Whether a gate stands before each registrar, at the address that the manifest names. */
  readonly gates?: boolean;
  /** How many letters are published: on slots 0, 1, … */
  readonly letters?: number;
  readonly batch?: BatchRule;
  /** Epochs whose statements are made; the first is opened. */
  readonly epochs?: number;
  /** Registrars' limits that are not those of a test, which never stop anybody. */
  readonly limits?: Partial<RegistrarLimits>;
  /** What DNS says to the registrars, by name; they do not ask if left out. */
  readonly dns?: Readonly<Record<string, string>>;
  /** Whether the board has pages for people. */
  readonly pages?: boolean;
  /** Last day of an epoch. */
  readonly epochCloses?: (epoch: number) => string;
  /** What is different in the workforce's manifest. */
  readonly workforce?: Partial<WorkforceManifest>;
  /** What is different in the text of the letter on a slot. */
  readonly text?: (slot: number, epoch: number) => Partial<LetterManifest>;
};

export type World = {
  readonly folder: string;
  readonly identity: string;
  readonly manifest: WorkforceManifest;
  readonly workforce: string;
  readonly opener: Signer;
  /** Ids of the letters published at the start. */
  readonly letters: readonly string[];
  /** By epoch, those of all registrars. */
  readonly statements: readonly (readonly Uint8Array[])[];
  readonly smtp: TestSmtp;
  readonly board: Server;
  /** In the manifest's order. Their mails come from `<name in small letters>@codes.example.com`. */
  readonly registrars: readonly Server[];
  /** The first of them. */
  readonly registrar: Server;
  /** Before each registrar; none unless they were asked for. */
  readonly gates: readonly Gate[];
  /** The workforce's prefix at the board, with its closing slash. */
  readonly files: string;
  /** All servers' clocks. */
  readonly clock: { readonly time: number; readonly day: string };
  setTime(time: number): Promise<void>;
  /** Moves all clocks to the day's first minute, and lets the board tick. */
  moveTo(day: string): Promise<void>;
  view(): Promise<WorkforceView>;
  /** The request that publishes another letter on this slot. */
  letterRequest(slot: number, previous: LetterRequest | null, epoch?: number): LetterRequest;
  close(): Promise<void>;
};

const SOON: BatchRule = {
  first: 1,
  classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } },
};

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { letters: letterCount = 1, batch = SOON, epochs = 1, pages = false, registrars: n = 1 } = options;
  const { quorum = Math.floor(n / 2) + 1, epochCloses = () => EPOCH_CLOSES } = options;
  const folder = await mkdtemp(join(tmpdir(), "undersigned-world-"));
  const identity = await generateX25519Identity();
  const lock = { identity };
  const smtp = await startSmtp();
  const [boardPort = 0, ...registrarPorts] = await freePorts(n + 1);
  const boardDir = join(folder, "board");
  const clock = { time: Date.parse(`${OPENS}T09:00:00Z`), day: OPENS };

  const opener = signerFromSeed(randomBytes(32));
  const gates = options.gates ? await Promise.all(registrarPorts.map((port) => startGate(port))) : [];
  const offices = await makeOffices(folder, lock, registrarPorts, gates);
  const keys = await createBoardKeys({ dataDir: boardDir, lock });
  const manifest: WorkforceManifest = {
    ...workforceManifest(
      offices.map(({ entry }) => entry),
      quorum,
      keys.logKey,
      { key: keys.boardKey, url: `http://127.0.0.1:${boardPort}` },
      opener,
    ),
    ...options.workforce,
  };
  const manifestFile = encodeCanonical(manifest as unknown as JsonValue);
  const workforce = workforceManifestHash(manifestFile);
  const databaseOf = (i: number) => (i === 0 ? options.registrarDatabase : undefined);
  const statements: Uint8Array[][] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const days = { epoch, opens: addDays(OPENS, epoch - 1), closes: epochCloses(epoch) };
    const made = offices.map(async ({ dataDir }, i) => {
      const of = { dataDir, databaseUrl: databaseOf(i), lock, manifestFile };
      return (await createEpochKeys({ ...of, ...days })).statement;
    });
    statements.push(await Promise.all(made));
  }

  const letterRequest = (slot: number, previous: LetterRequest | null, epoch = 1): LetterRequest => {
    const text: LetterManifest = {
      ...letterManifest(workforce, opener, batch),
      ...options.text?.(slot, epoch),
    };
    const letter = letterId(encodeCanonical(text as unknown as JsonValue));
    const leaf = signObject(
      {
        type: "letter" as const,
        v: 1 as const,
        workforce,
        letter,
        version: 1 as const,
        epoch,
        slot,
        previous: previous === null ? null : nameOf(previous.leaf as never),
        opens: text.opens,
        closes: text.closes,
        batch,
        by: opener.publicKey,
      },
      opener,
    );
    return { type: "letter-request", v: 1, leaf, manifest: text, unlisted: null };
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
    const signatures = await Promise.all(
      offices.map(({ dataDir }) => signManifest({ dataDir, lock, manifestFile })),
    );
    await board.addWorkforce({ manifestFile, signatures });
    const first: EpochRequest = {
      type: "epoch-request",
      v: 1,
      statements: statements[0]!.map(parseKeyStatement),
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

  const common = { identity, smtpPort: smtp.port, pages, now: () => clock.time };
  const registrars = await Promise.all(
    offices.map(({ dataDir, entry }, i) =>
      startWorldServer({
        ...common,
        server: "registrar",
        dataDir,
        databaseUrl: databaseOf(i),
        port: registrarPorts[i]!,
        mailFrom: senderOf(entry.name),
        ...(options.limits && { limits: options.limits }),
        ...(options.dns && { dns: options.dns }),
        temporary: `${dataDir}-tmp`,
      }),
    ),
  );
  const running = await startWorldServer({
    ...common,
    server: "board",
    dataDir: boardDir,
    databaseUrl: options.boardDatabase,
    port: boardPort,
    mailFrom: senderOf("board"),
    temporary: `${boardDir}-tmp`,
  });
  const files = boardPrefix(running.url, workforce);

  const setTime = async (time: number) => {
    clock.time = time;
    clock.day = new Date(time).toISOString().slice(0, 10);
    for (const { process } of [...registrars, running]) if (process.alive()) await process.setTime(time);
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
    registrars,
    registrar: registrars[0]!,
    gates,
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
      await Promise.all(registrars.map((registrar) => registrar.end("stop")));
      await running.end("stop");
      await Promise.all(gates.map((gate) => gate.close()));
      await smtp.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The sender of a registrar's mails, by which a person tells whose code is whose. */
export function senderOf(name: string): string {
  return `${name.toLowerCase()}@codes.example.com`;
}

/** Identities, sorted as the manifest has them, so that the first office is the first registrar. */
async function makeOffices(
  folder: string,
  lock: { readonly identity: string },
  ports: readonly number[],
  gates: readonly Gate[],
): Promise<{ dataDir: string; entry: WorkforceManifest["registrars"][number] }[]> {
  const made = await Promise.all(
    ports.map(async (_, i) => {
      const dataDir = join(folder, i === 0 ? "registrar" : `registrar-${i + 1}`);
      return { dataDir, identity: (await createRegistrarKeys({ dataDir, lock })).identity };
    }),
  );
  made.sort((a, b) => (a.identity < b.identity ? -1 : 1));
  return made.map(({ dataDir, identity }, i) => {
    const name = ORDINALS[i]!;
    const url = gates[i]?.url ?? `http://127.0.0.1:${ports[i]}`;
    return { dataDir, entry: { identity, name, operator: `${name} Office`, url } };
  });
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
