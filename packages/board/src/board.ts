/**
 * A board: letters, endorsements, the log and its public files. Usable without HTTP; start-board.ts serves it.
 *
 * Everything that must outlive the process is in the database and the key file. What is kept here besides are copies of
 * things that never change, and the sizes that this process has signed.
 */
import {
  decodeBase64url,
  type Following,
  type HiddenReason,
  type JsonValue,
  type MailResponse,
  type Receipt,
} from "@undersigned/core";
import type { NoteSigner } from "@undersigned/log";
import { type Clock, type Lock, type Logger, systemClock } from "@undersigned/service";
import type { FileSource } from "@undersigned/verify";
import { acceptEndorsement } from "./commands/accept-endorsement.ts";
import { acceptRevision, acceptWithdrawal } from "./commands/accept-later-leaf.ts";
import { type AddedWorkforce, addWorkforce, type ManifestSignature } from "./commands/add-workforce.ts";
import { type FetchIssuance, fetchIssuanceByHttp } from "./commands/ask-issuance.ts";
import { closeEarly } from "./commands/close-early.ts";
import { eraseOpening } from "./commands/erase-opening.ts";
import { followWorkforce, type ToFollow, unfollowWorkforce } from "./commands/follow-workforce.ts";
import {
  hideOpening,
  listShownText,
  type ShownAt,
  type ShownText,
  showOpening,
} from "./commands/hide-opening.ts";
import { logDelivery } from "./commands/log-delivery.ts";
import { logDestruction } from "./commands/log-destruction.ts";
import { logMailResponse, logRecord } from "./commands/log-record.ts";
import { openEpoch } from "./commands/open-epoch.ts";
import { publishCopies } from "./commands/publish-copies.ts";
import { publishLetter } from "./commands/publish-letter.ts";
import type { Published } from "./commands/published.ts";
import { type FollowEngine, type FollowedRecount, recountFollowed } from "./commands/recount-followed.ts";
import type { JudgeOpening } from "./commands/release-batch.ts";
import { revealLetter } from "./commands/reveal-letter.ts";
import { type TickResult, tick } from "./commands/tick.ts";
import { withholdRecord } from "./commands/withhold-record.ts";
import { BoardError } from "./errors.ts";
import type { BoardEvents } from "./events.ts";
import { type BoardKeys, openBoardKeys } from "./keys/board-keys.ts";
import type { SeenHeads } from "./log/log-append.ts";
import { FollowedRows, readFollowing } from "./model/followed.ts";
import { LetterBook } from "./model/letter-book.ts";
import { SignaturePool } from "./signatures/signature-pool.ts";
import { openStorage } from "./storage/open-storage.ts";
import { PoolWriter } from "./storage/pool-writer.ts";
import type { BoardDatabase } from "./storage/schema.ts";

/** What the commands share. */
export type Board = {
  readonly database: BoardDatabase;
  readonly keys: BoardKeys;
  readonly clock: Clock;
  readonly logger: Logger<BoardEvents>;
  readonly fetchIssuance: FetchIssuance;
  readonly letters: LetterBook;
  readonly pool: PoolWriter;
  readonly signatures: SignaturePool;
  readonly followed: FollowedRows;
  readonly seen: SeenHeads;
  /** The file that lists what browsers are given; null where the board has no pages. */
  readonly clientBuild: Uint8Array | null;
  readonly besides: FilesBesides;
  readonly refusesKey: RefusesKey;
  readonly judgeOpening: JudgeOpening;
  /** The signer of a log, by its public key, 32 bytes. Throws `log-key-missing`. */
  signerOf(logKey: Uint8Array): NoteSigner;
};

export type OpenBoardOptions = {
  /** Folder of the keys and, unless `databaseUrl` says otherwise, of the SQLite database. */
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly lock: Lock;
  readonly clock?: Clock;
  readonly logger: Logger<BoardEvents>;
  /** The client build of the pages that are served (core's `clientBuildFile`): its hash is logged. */
  readonly clientBuild?: Uint8Array | undefined;
  /** Which names wait for an organiser when they come out; none if left out. */
  readonly judgeOpening?: JudgeOpening | undefined;
  /** How registrars are asked; by HTTP if left out. */
  readonly fetchIssuance?: FetchIssuance;
  readonly besides?: FilesBesides;
  readonly refusesKey?: RefusesKey;
};

/**
 * Whether the board takes nothing new that is signed by this key, although manifests name it: an organiser's who was removed, or may
 * not do this any more. It is this board's own refusal and no rule of the log.
 */
export type RefusesKey = (key: string) => Promise<boolean>;

/** Public files of a workforce that is not in this board's database: a rehearsal's. Null for every other one. */
export type FilesBesides = (workforce: string) => FileSource | null;

/** What a part beside the board (package desk) stands on: the same database and clock, and keys of its own. */
export type BoardGround = {
  readonly database: BoardDatabase;
  readonly clock: Clock;
  readonly dataDir: string;
  /** 32 bytes for one purpose, from the key file. */
  deskKey(purpose: string): Uint8Array;
};

/** The commands. Bodies are requests of PROTOCOL §9 and are checked whole; ids are base64url. All throw BoardError or CoreError. */
export type OpenBoard = {
  readonly boardKey: string;
  readonly ground: BoardGround;
  /** For the routes and the public files of this package. */
  readonly internals: Board;
  addWorkforce(input: {
    readonly manifestFile: Uint8Array;
    readonly signatures: readonly ManifestSignature[];
  }): Promise<AddedWorkforce>;
  openEpoch(workforce: string, body: JsonValue): Promise<Published>;
  logDestruction(workforce: string, body: JsonValue): Promise<Published>;
  publishLetter(workforce: string, body: JsonValue): Promise<Published>;
  revealLetter(workforce: string, body: JsonValue): Promise<Published>;
  /** Makes captured copies public that a public letter or a record names. Others are left out. */
  publishCopies(of: {
    readonly workforce: string;
    readonly letter: string;
    readonly copies: readonly Uint8Array[];
  }): Promise<void>;
  closeEarly(workforce: string, body: JsonValue): Promise<Published>;
  /** Body: core's `deliveryRequest`. What goes by mail is sent before. */
  logDelivery(workforce: string, body: JsonValue): Promise<Published>;
  /** Body: core's `recordRequest`: a statement, a judgement, a change of the register or an entry of the chronicle. */
  logRecord(workforce: string, body: JsonValue): Promise<Published>;
  /** An answer by mail that the caller has checked. `evidence`: the file that the record names; null where it names none. */
  logMailResponse(of: {
    readonly workforce: string;
    readonly record: MailResponse;
    readonly evidence: Uint8Array | null;
  }): Promise<Published>;
  /** Body: core's `withholdRequest`. Erased when it resolves. */
  withholdRecord(workforce: string, body: JsonValue): Promise<Published>;
  hideOpening(at: ShownAt & { readonly reason: Exclude<HiddenReason, "waiting"> }): Promise<boolean>;
  showOpening(at: ShownAt): Promise<boolean>;
  listShownText(of: {
    readonly workforce: string;
    readonly letter: string;
    readonly after?: number;
    readonly most?: number;
  }): Promise<ShownText[]>;
  acceptEndorsement(workforce: string, body: JsonValue): Promise<Receipt>;
  acceptRevision(workforce: string, body: JsonValue): Promise<Receipt>;
  acceptWithdrawal(workforce: string, body: JsonValue): Promise<Receipt>;
  eraseOpening(at: {
    readonly workforce: string;
    readonly letter: string;
    readonly key: string;
  }): Promise<boolean>;
  followWorkforce(of: ToFollow): Promise<void>;
  unfollowWorkforce(workforce: string): Promise<boolean>;
  /** What is followed, and what was recounted of it: `following.json`. */
  following(): Promise<Following>;
  recountFollowed(
    engine: FollowEngine,
    options: { readonly again: boolean; readonly signal: AbortSignal },
  ): Promise<FollowedRecount>;
  /** Releases what is due on the present day; at most once a day and workforce. */
  tick(): Promise<TickResult>;
  /** Finishes what has begun and closes the database. */
  close(): Promise<void>;
};

/** Throws what key file and database refuse: see @undersigned/service. Nothing is left open then. */
export async function openBoard(options: OpenBoardOptions): Promise<OpenBoard> {
  const { dataDir, lock, clock = systemClock, logger, fetchIssuance = fetchIssuanceByHttp } = options;
  const keys = await openBoardKeys({ dataDir, lock });
  const signers = new Map(
    [...keys.logs].map(([text, { signer }]) => [
      Buffer.from(decodeBase64url(text, 32)).toString("hex"),
      signer,
    ]),
  );
  const database = await openStorage(options);
  const board: Board = {
    database,
    keys,
    clock,
    logger,
    fetchIssuance,
    letters: new LetterBook(database.db, keys),
    pool: new PoolWriter(database),
    signatures: new SignaturePool(),
    followed: new FollowedRows(),
    seen: new Map(),
    clientBuild: options.clientBuild ?? null,
    besides: options.besides ?? (() => null),
    refusesKey: options.refusesKey ?? (async () => false),
    judgeOpening: options.judgeOpening ?? (() => null),
    signerOf(logKey) {
      const signer = signers.get(Buffer.from(logKey).toString("hex"));
      if (signer === undefined) {
        throw new BoardError("log-key-missing", "A workforce's log key is not in the key file: restore it.");
      }
      return signer;
    },
  };
  return {
    boardKey: keys.board.publicKey,
    ground: { database, clock, dataDir, deskKey: keys.deskKey },
    internals: board,
    addWorkforce: (input) => addWorkforce(board, input),
    openEpoch: (workforce, body) => openEpoch(board, workforce, body),
    logDestruction: (workforce, body) => logDestruction(board, workforce, body),
    publishLetter: (workforce, body) => publishLetter(board, workforce, body),
    revealLetter: (workforce, body) => revealLetter(board, workforce, body),
    publishCopies: (of) => publishCopies(board, of),
    closeEarly: (workforce, body) => closeEarly(board, workforce, body),
    logDelivery: (workforce, body) => logDelivery(board, workforce, body),
    logRecord: (workforce, body) => logRecord(board, workforce, body),
    logMailResponse: (of) => logMailResponse(board, of),
    withholdRecord: (workforce, body) => withholdRecord(board, workforce, body),
    hideOpening: (at) => hideOpening(board, at),
    showOpening: (at) => showOpening(board, at),
    listShownText: (of) => listShownText(board, of),
    acceptEndorsement: (workforce, body) => acceptEndorsement(board, workforce, body),
    acceptRevision: (workforce, body) => acceptRevision(board, workforce, body),
    acceptWithdrawal: (workforce, body) => acceptWithdrawal(board, workforce, body),
    eraseOpening: (at) => eraseOpening(board, at),
    followWorkforce: (of) => followWorkforce(board, of),
    unfollowWorkforce: (workforce) => unfollowWorkforce(board, workforce),
    following: () => readFollowing(board),
    recountFollowed: (engine, how) => recountFollowed(board, engine, how),
    tick: () => tick(board),
    async close() {
      await board.pool.close();
      await board.signatures.close();
      await database.close();
    },
  };
}
