/** The parts of setting the demo up that are a request or a start each: board, epoch, letter. */
import { join } from "node:path";
import {
  type BoardExtension,
  boardEvents,
  createBoardKeys,
  type RunningBoard,
  startBoard,
} from "@undersigned/board";
import {
  addDays,
  type EpochRequest,
  encodeCanonical,
  encodeLeaf,
  type JsonValue,
  type LetterManifest,
  type LetterRequest,
  leafName,
  letterId,
  parseKeyStatement,
  type Signer,
  signObject,
} from "@undersigned/core";
import { createLogger, httpEvents, type Lock } from "@undersigned/service";
import { boardPages } from "@undersigned/web";
import { pictures } from "../../pictures.ts";
import { DemoError } from "../demo-error.ts";
import type { Flags } from "../flags.ts";
import type { DataFolder } from "./data-folder.ts";
import type { Databases } from "./databases.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { Registrars } from "./registrars.ts";
import { logFile } from "./server-log.ts";

export const EPOCH = 1;
/** How long people can enrol: room for a visitor who leaves the demo running. */
const EPOCH_DAYS = 400;

export async function startOwnBoard(
  flags: Flags,
  folder: DataFolder,
  databases: Databases,
  clock: DemoClock,
  lock: Lock,
  extension: BoardExtension | null,
): Promise<{ running: RunningBoard; keys: { logKey: string; boardKey: string } }> {
  const dataDir = join(folder.path, "board");
  const keys = await createBoardKeys({ dataDir, lock });
  const running = await startBoard({
    dataDir,
    ...(databases.boardUrl === null ? {} : { databaseUrl: databases.boardUrl }),
    lock,
    clock,
    logger: createLogger(
      { ...boardEvents, ...httpEvents },
      { stream: logFile(join(folder.path, "board.log")) },
    ),
    listen: { host: "127.0.0.1", port: flags.port },
    ...boardPages({ pictures }),
    ...(extension !== null && { extension }),
    // All signatories share one network here, and the real limit is made to stop exactly that.
    postLimit: null,
  });
  return { running, keys };
}

export async function openEpoch(
  registrars: Registrars,
  manifestFile: Uint8Array,
  opens: string,
  files: string,
): Promise<void> {
  const closes = addDays(opens, EPOCH_DAYS);
  const statements = await registrars.openEpoch({ manifestFile, epoch: EPOCH, opens, closes });
  const request: EpochRequest = {
    type: "epoch-request",
    v: 1,
    statements: statements.map((statement) => parseKeyStatement(statement)),
  };
  await submit(`${files}v1/epochs`, request as unknown as JsonValue);
}

/** In its epoch, and after which letter's leaf. */
export type LetterPlace = { readonly slot: number; readonly previous: string | null };
export type PublishedLetter = {
  readonly letter: string;
  /** The name of its leaf. */
  readonly leaf: string;
};

export async function publishLetter(
  manifest: LetterManifest,
  opener: Signer,
  files: string,
  place: LetterPlace = { slot: 0, previous: null },
): Promise<PublishedLetter> {
  const letter = letterId(encodeCanonical(manifest as unknown as JsonValue));
  const leaf = signObject(
    {
      type: "letter" as const,
      v: 1 as const,
      workforce: manifest.workforce,
      letter,
      version: 1 as const,
      epoch: EPOCH,
      ...place,
      opens: manifest.opens,
      closes: manifest.closes,
      batch: manifest.batch,
      by: opener.publicKey,
    },
    opener,
  );
  const request: LetterRequest = { type: "letter-request", v: 1, leaf, manifest, unlisted: null };
  await submit(`${files}v1/letters`, request as unknown as JsonValue);
  return { letter, leaf: leafName(encodeLeaf(leaf)) };
}

async function submit(url: string, body: JsonValue): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: encodeCanonical(body) as Uint8Array<ArrayBuffer>,
  });
  const text = await response.text();
  if (!response.ok) throw new DemoError("not-as-planned", `The board refused what the demo set up: ${text}`);
}
