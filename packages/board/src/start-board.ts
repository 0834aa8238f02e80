/** Serves a board: today's tick if it was missed, then HTTP, then a tick at the beginning of each day. */
import {
  createLimiter,
  createServer,
  type ErrorStatus,
  type HttpServer,
  type httpEvents,
  type ListenOptions,
  type Logger,
  ServiceError,
} from "@undersigned/service";
import {
  type FilesBesides,
  type OpenBoard,
  type OpenBoardOptions,
  openBoard,
  type RefusesKey,
} from "./board.ts";
import { logClientBuild } from "./commands/log-client-build.ts";
import type { FollowEngine } from "./commands/recount-followed.ts";
import type { JudgeOpening } from "./commands/release-batch.ts";
import { BoardError, errorStatus } from "./errors.ts";
import type { BoardEvents } from "./events.ts";
import { type FollowSchedule, scheduleFollowing } from "./follow-schedule.ts";
import { addRoutes, MAX_BODY_BYTES } from "./http/routes.ts";
import { type Pages, publicSite } from "./public/public-site.ts";
import { scheduleDaily, systemTimers, type Timers } from "./schedule.ts";

/** Posts of one network: so many at once, and so many a second in the long run. */
export type PostLimit = { readonly capacity: number; readonly refillPerSecond: number };

/** A whole office may share one address, and a letter goes round in an hour. */
export const DEFAULT_POST_LIMIT: PostLimit = { capacity: 600, refillPerSecond: 5 };
const REMEMBERED_NETWORKS = 100_000;

export type StartBoardOptions = Omit<OpenBoardOptions, "logger"> & {
  readonly logger: Logger<BoardEvents & typeof httpEvents>;
  readonly listen: ListenOptions;
  /** Null for none: for tests and measurements. */
  readonly postLimit?: PostLimit | null;
  /** Proxies whose forwarding headers are believed: see @undersigned/service. */
  readonly trustProxy?: readonly string[];
  readonly timers?: Timers;
  /** What people read and use, at all addresses that are not the board's own. Without it `/` is a line of text. */
  readonly pages?: Pages;
  /** Another part that is served beside the board. */
  readonly extension?: BoardExtension;
  /** What recounts the workforces of other boards that are followed. Without it, what was recounted before is shown. */
  readonly follow?: FollowOptions | undefined;
};

export type FollowOptions = {
  readonly engine: FollowEngine;
  /** From one round to the next, in which there may be ticks besides. */
  readonly everyMs: number;
};

export type BoardExtension = {
  /** HTTP statuses of its errors, by code: see @undersigned/service. */
  readonly errorStatus: ErrorStatus;
  /**
   * Adds its addresses, before the server listens. What it throws stops the start, and nothing is left running. It is closed
   * after the server and before the board.
   */
  start(server: HttpServer, board: OpenBoard): Promise<{ close(): Promise<void> }>;
  /** Asked from the first tick on, which comes after the start. */
  readonly judgeOpening?: JudgeOpening;
  readonly besides?: FilesBesides;
  readonly refusesKey?: RefusesKey;
};

export type RunningBoard = {
  readonly url: string;
  readonly board: OpenBoard;
  /** Answers what has arrived, ends a tick in progress, then stops. */
  close(): Promise<void>;
};

/**
 * Throws what `openBoard` throws, what the tick throws (a damaged log is not served), and `https-needed`. Nothing is
 * left running then.
 */
export async function startBoard(options: StartBoardOptions): Promise<RunningBoard> {
  const { logger, postLimit = DEFAULT_POST_LIMIT, timers = systemTimers, extension } = options;
  const board = await openBoard({
    ...(extension?.judgeOpening && { judgeOpening: extension.judgeOpening }),
    ...(extension?.besides && { besides: extension.besides }),
    ...(extension?.refusesKey && { refusesKey: extension.refusesKey }),
    ...options,
  });
  const { clock, database } = board.internals;
  const cleanUp: (() => Promise<unknown>)[] = [() => board.close()];
  const close = async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  };
  try {
    const server = createServer({
      name: "Undersigned board",
      version: "1",
      maxBodyBytes: MAX_BODY_BYTES,
      logger,
      errorStatus: { ...extension?.errorStatus, ...errorStatus },
      // A page that was saved to a disk, or comes from a mirror, signs here.
      crossOriginPosts: true,
      ...(options.trustProxy && { trustProxy: options.trustProxy }),
    });
    const limiter =
      postLimit === null ? null : createLimiter({ ...postLimit, maxKeys: REMEMBERED_NETWORKS, clock });
    addRoutes(server, board.internals, limiter);
    if (extension !== undefined) {
      const started = await extension.start(server, board);
      cleanUp.push(() => started.close());
    }
    // Before anything is accepted. Another process may be at it already; then it is not ours to do.
    await board.tick();
    await logClientBuild(board.internals);
    if (options.pages === undefined) addPlainFront(server);
    else options.pages(server, publicSite(board.internals));
    let following: FollowSchedule | null = null;
    const schedule = scheduleDaily(clock, timers, async () => {
      try {
        const { held } = await board.tick();
        following?.soon();
        return held || (await allDone(board));
      } catch (error) {
        logger.event("tick-failed", { kind: kindOf(error) });
        return false;
      }
    });
    cleanUp.push(() => schedule.stop());
    const { url } = await server.listen(options.listen);
    cleanUp.push(() => server.close());
    if (options.follow !== undefined) {
      const { engine, everyMs } = options.follow;
      following = scheduleFollowing(everyMs, timers, (again, signal) =>
        board.recountFollowed(engine, { again, signal }),
      );
      cleanUp.push(async () => await following?.stop());
    }
    const { length } = await database.db.selectFrom("workforce").select("number").execute();
    logger.event("board-started", { workforces: length });
    return { url, board, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addPlainFront(server: HttpServer): void {
  server.get("/", { summary: "What this is." }, () => ({
    body: "This is an Undersigned board. /board.json says what it serves.\n",
    contentType: "text/plain; charset=utf-8",
    cache: "short",
  }));
}

/** Whether every workforce has had today's tick, by whichever process. */
async function allDone({ internals: { database, clock } }: OpenBoard): Promise<boolean> {
  const waiting = await database.db
    .selectFrom("workforce")
    .select("number")
    .where("last_tick", "<", clock.day())
    .execute();
  return waiting.length === 0;
}

function kindOf(error: unknown) {
  if (error instanceof BoardError && (error.code === "log-damaged" || error.code === "log-behind")) {
    return error.code;
  }
  if (
    error instanceof ServiceError &&
    (error.code === "database-busy" || error.code === "database-unavailable")
  ) {
    return error.code;
  }
  return "other";
}
