/**
 * An organisers' desk on an open board (decision 21): its tables in the board's database, sealed under keys from the board's
 * key file. Usable without HTTP; extend-board.ts serves it.
 */

import type { OpenBoard } from "@undersigned/board";
import { type ActAnswer, type Base64url, decodeBase64url, encodeBase64url } from "@undersigned/core";
import { Rehearsals } from "@undersigned/rehearsal";
import type { Clock } from "@undersigned/service";
import { BatchDays } from "./model/batch-days.ts";
import { type DeskDatabase, deskMigrations } from "./storage/schema.ts";
import { createSealer, type Sealer } from "./storage/sealed-rows.ts";
import { renewSetUpToken } from "./ways-in/set-up-token.ts";

export type Certificate = ActAnswer<"dashboard">["certificate"];

/** What the acts and the ways in share. */
export interface Desk {
  readonly board: OpenBoard;
  /** The board's public key: what organisers sign is bound to it. */
  readonly boardKey: Base64url;
  readonly database: DeskDatabase;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly rehearsals: Rehearsals;
  readonly batchDays: BatchDays;
  /** Of the address at which people reach the board. */
  certificate(): Promise<Certificate>;
  /** 32 bytes for one purpose. */
  deskKey(purpose: string): Uint8Array;
}

export interface OpenedDesk {
  readonly desk: Desk;
  /** Where there is no organiser yet: the token of a fresh set-up link, 32 bytes, base64url. Earlier ones are void. */
  readonly setUpToken: string | null;
}

/** Makes or brings up to date the desk's tables. Throws what migrating throws. */
export async function openDesk(
  board: OpenBoard,
  {
    rehearsals = new Rehearsals(),
    certificate = async () => ({ kind: "none", until: null }),
  }: { readonly rehearsals?: Rehearsals; readonly certificate?: Desk["certificate"] } = {},
): Promise<OpenedDesk> {
  const { ground } = board;
  // The desk's tables and the board's are of one database and have no name in common.
  const database = ground.database as unknown as DeskDatabase;
  await database.migrate("desk", deskMigrations);
  const desk: Desk = {
    board,
    boardKey: board.boardKey,
    database,
    clock: ground.clock,
    rehearsals,
    batchDays: new BatchDays(),
    certificate,
    sealer: createSealer((purpose) => ground.deskKey(`desk/${purpose}`)),
    deskKey: (purpose) => ground.deskKey(`desk/${purpose}`),
  };
  return { desk, setUpToken: await renewSetUpToken(desk) };
}

/** Ids of the desk are 16 bytes in tables and base64url in requests. */
export const idBytes = (id: Base64url): Uint8Array => decodeBase64url(id, 16);
export const idText = (id: Uint8Array): Base64url => encodeBase64url(id);
