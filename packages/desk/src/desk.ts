/**
 * An organisers' desk on an open board (decision 21): its tables in the board's database, sealed under keys from the board's
 * key file. Usable without HTTP; extend-board.ts serves it.
 */

import type { OpenBoard } from "@undersigned/board";
import {
  type ActAnswer,
  type Base64url,
  type Comparison,
  decodeBase64url,
  encodeBase64url,
} from "@undersigned/core";
import { Rehearsals } from "@undersigned/rehearsal";
import { type Clock, dnsLookup, type FetchOutside, fetchOutside, type LookUpTxt } from "@undersigned/service";
import { createCopyJudge, type JudgeCopy } from "./copies/judge-copy.ts";
import type { Sendings } from "./delivery/make-delivery.ts";
import type { MakeDocument } from "./delivery/make-document.ts";
import { makeDocument } from "./delivery/make-document.ts";
import { Preparations } from "./delivery/prepare-delivery.ts";
import type { SendMail } from "./delivery/send-mail.ts";
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
  readonly judgeCopy: JudgeCopy;
  /** Visits the link of a copy. */
  readonly fetchOutside: FetchOutside;
  /** Comparisons that are going on, by copy and link. */
  readonly comparing: Map<string, Promise<Comparison>>;
  /** Of the address at which people reach the board. */
  certificate(): Promise<Certificate>;
  readonly makeDocument: MakeDocument;
  readonly preparations: Preparations;
  readonly sendings: Sendings;
  /** How letters are handed over by mail, and by which sender; null where this board sends none. */
  readonly mail: { readonly send: SendMail; readonly from: string } | null;
  /** The domain of addresses to which letters are answered; null where this board takes no answers by mail. */
  readonly answersDomain: string | null;
  readonly lookUpTxt: LookUpTxt;
  /** 32 bytes for one purpose. */
  deskKey(purpose: string): Uint8Array;
}

export type DeskParts = Partial<
  Pick<
    Desk,
    | "rehearsals"
    | "certificate"
    | "judgeCopy"
    | "fetchOutside"
    | "makeDocument"
    | "mail"
    | "answersDomain"
    | "lookUpTxt"
  >
>;

export interface OpenedDesk {
  readonly desk: Desk;
  /** Where there is no organiser yet: the token of a fresh set-up link, 32 bytes, base64url. Earlier ones are void. */
  readonly setUpToken: string | null;
}

/** Makes or brings up to date the desk's tables. Throws what migrating throws. */
export async function openDesk(board: OpenBoard, parts: DeskParts = {}): Promise<OpenedDesk> {
  const { ground } = board;
  // The desk's tables and the board's are of one database and have no name in common.
  const database = ground.database as unknown as DeskDatabase;
  await database.migrate("desk", deskMigrations);
  const desk: Desk = {
    board,
    boardKey: board.boardKey,
    database,
    clock: ground.clock,
    rehearsals: parts.rehearsals ?? new Rehearsals(),
    batchDays: new BatchDays(),
    judgeCopy: parts.judgeCopy ?? createCopyJudge(),
    fetchOutside: parts.fetchOutside ?? ((url) => fetchOutside(url)),
    comparing: new Map(),
    certificate: parts.certificate ?? (async () => ({ kind: "none", until: null })),
    makeDocument: parts.makeDocument ?? makeDocument,
    preparations: new Preparations(),
    sendings: new Map(),
    mail: parts.mail ?? null,
    answersDomain: parts.answersDomain ?? null,
    lookUpTxt: parts.lookUpTxt ?? dnsLookup(),
    sealer: createSealer((purpose) => ground.deskKey(`desk/${purpose}`)),
    deskKey: (purpose) => ground.deskKey(`desk/${purpose}`),
  };
  return { desk, setUpToken: await renewSetUpToken(desk) };
}

/** Ids of the desk are 16 bytes in tables and base64url in requests. */
export const idBytes = (id: Base64url): Uint8Array => decodeBase64url(id, 16);
export const idText = (id: Uint8Array): Base64url => encodeBase64url(id);
