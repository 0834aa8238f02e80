/**
 * The board of a rehearsal: the real one, with a database in memory, a log of its own, and a workforce that is said in every file
 * to be none. On disk stands, while it opens, a sealed file of keys that nobody will have.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardEvents, createBoardKeys, openBoard } from "@undersigned/board";
import {
  decodeBase64url,
  encodeCanonical,
  type JsonValue,
  logOrigin,
  quorumBounds,
  signDetached,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { createLogger, httpEvents } from "@undersigned/service";
import { generateX25519Identity } from "age-encryption";
import type { MadeUpRegistrar } from "./made-up-registrar.ts";

/** Characters of an employer's name. */
const NAME = 200;

export const EVIDENCE: WorkforceManifest["evidence"] = [{ kind: "mailbox-code", class: "mailbox" }];

const json = (value: unknown): JsonValue => value as JsonValue;

export class PlayedClock {
  #day: string;

  constructor(day: string) {
    this.#day = day;
  }

  now(): number {
    return Date.parse(this.#day);
  }

  day(): string {
    return this.#day;
  }

  moveTo(day: string): void {
    this.#day = day;
  }
}

export async function openMadeUpBoard(registrar: MadeUpRegistrar, clock: PlayedClock) {
  const dataDir = await mkdtemp(join(tmpdir(), "undersigned-rehearsal-"));
  try {
    const lock = { identity: await generateX25519Identity() };
    const keys = await createBoardKeys({ dataDir, lock });
    const open = await openBoard({
      dataDir,
      databaseUrl: ":memory:",
      lock,
      clock,
      logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => true } }),
      fetchIssuance: async (_url, { day }) => json(registrar.issuance(day)),
    });
    return { open, keys };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

export type MadeUpBoard = Awaited<ReturnType<typeof openMadeUpBoard>>;

/** The workforce's own lists and headcount, under a registrar, a log and a name that say what this is. */
export async function addMadeUpWorkforce(
  { open, keys }: MadeUpBoard,
  registrar: MadeUpRegistrar,
  like: WorkforceManifest,
  opener: string,
): Promise<string> {
  const manifest: WorkforceManifest = {
    ...like,
    version: 1,
    workforce: null,
    previous: null,
    employer: `Rehearsal: ${like.employer}`.slice(0, NAME),
    evidence: EVIDENCE,
    registrars: [
      {
        identity: registrar.identity,
        name: "Made-up registrar",
        operator: "Nobody: this is a rehearsal",
        url: "https://rehearsal.invalid",
      },
    ],
    quorum: 1,
    bounds: quorumBounds(1, 1),
    log: { key: keys.logKey, origin: logOrigin(decodeBase64url(keys.logKey, 32)) },
    board: { key: keys.boardKey, url: like.board.url },
    witnesses: [],
    witnessQuorum: 0,
    openers: [opener],
    headcount: null,
    existingMail: null,
    vouching: null,
  };
  const manifestFile = encodeCanonical(json(manifest));
  const sig = registrar.signManifest((signer) => signDetached("workforce-manifest", json(manifest), signer));
  await open.addWorkforce({ manifestFile, signatures: [{ registrar: registrar.identity, sig }] });
  return workforceManifestHash(manifestFile);
}
