/**
 * A board from its first endorsement to its last: how many it accepts a second and how quickly, with every answer durable;
 * how long it takes to release a batch into the long log; what it needs of memory and disk then.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BOARD_ENVIRONMENT, BOARD_FLAGS } from "../../packages/cli/bin/pinned-node.js";
import { type Child, startChild } from "../lib/child.ts";
import { median } from "../lib/statistics.ts";
import { boardInput, LOCK, newWorld, releaseDay, writeBoardKeys } from "../world/world.ts";
import type { BoardCalls } from "./board-process.ts";
import { type DiskUse, diskUse } from "./disk.ts";
import type { LoadCalls } from "./load-process.ts";

export interface AcceptanceResult {
  /** Empty log. */
  readonly early: Phase;
  /** Log of `endorsements`. */
  readonly late: Phase;
  /** In the log and the pool at the end. */
  readonly endorsements: number;
  readonly releases: {
    /** Endorsements of each measured batch. */
    readonly batch: number;
    /** Median. */
    readonly seconds: number;
    readonly all: readonly number[];
    /** Batches on the way there. */
    readonly filling: readonly { readonly endorsements: number; readonly seconds: number }[];
  };
  /** Flags of Node under which the board ran. */
  readonly flags: readonly string[];
  readonly memory: { readonly rssBytes: number; readonly peakRssBytes: number };
  readonly disk: DiskUse & { readonly bytesPerEndorsement: number };
}

export interface Phase {
  readonly acceptedPerSecond: number;
  /** CPU of the two processes for one accepted endorsement, in microseconds. */
  readonly serverCpuMicroseconds: number;
  readonly loadCpuMicroseconds: number;
  readonly runs: readonly number[];
  readonly latency: {
    readonly perSecond: number;
    readonly requests: number;
    /** Milliseconds from the moment when each request was due. */
    readonly p50: number;
    readonly p99: number;
    readonly max: number;
  };
}

export interface AcceptanceSettings {
  readonly cacheDir: string;
  readonly endorsementFile: string;
  /** All that there are. */
  readonly available: number;
  /** Size of the long log. */
  readonly target: number;
  /** Endorsements of a batch on the way there. */
  readonly filling: number;
  readonly batch: number;
  readonly runs: number;
  readonly seconds: number;
  readonly latencySeconds: number;
  readonly nodeOptions?: readonly string[];
}

const CONNECTIONS = 64;
const PACE = 300;

interface Pair {
  readonly board: Child<BoardCalls>;
  readonly load: Child<LoadCalls>;
}

export async function measureAcceptance(settings: AcceptanceSettings): Promise<AcceptanceResult> {
  const { cacheDir, endorsementFile, available, target, filling, batch } = settings;
  const dataDir = mkdtempSync(join(cacheDir, "board-"));
  await compileSources(settings);
  const board = startBoardProcess(settings);
  const load = startChild<LoadCalls>(new URL("./load-process.ts", import.meta.url));
  const flood = (most: number, seconds = 600) =>
    load.call("flood", { most, seconds, connections: CONNECTIONS });
  let tick = 0;
  const release = () => board.call("tick", { day: releaseDay(++tick) });
  try {
    await writeBoardKeys(dataDir);
    const { url } = await board.call("start", { dataDir, lock: LOCK, input: boardInput(newWorld()) });
    await load.call("begin", { url, file: endorsementFile, count: available });
    await flood(available, settings.seconds / 2);
    const early = await measurePhase({ board, load }, settings);
    const fillings = [await release()];
    for (let accepted = await load.call("accepted", undefined); accepted < target; ) {
      // No fewer than a batch: a remainder under the letter's minimum would wait, and come out with a batch that is measured.
      await flood(Math.max(batch, Math.min(filling, target - accepted)));
      fillings.push(await release());
      accepted = await load.call("accepted", undefined);
    }
    const releases: number[] = [];
    for (let run = 0; run < settings.runs; run++) {
      await flood(batch);
      const { seconds, endorsements } = await release();
      if (endorsements !== batch) throw new Error(`A batch of ${batch} came out as ${endorsements}.`);
      releases.push(seconds);
    }
    const late = await measurePhase({ board, load }, { ...settings, runs: 1 });
    const { rssBytes, peakRssBytes } = await board.call("usage", undefined);
    await release();
    const endorsements = await load.call("accepted", undefined);
    await board.call("close", undefined);
    const disk = diskUse(dataDir);
    return {
      early,
      late,
      endorsements,
      releases: { batch, seconds: median(releases), all: releases, filling: fillings },
      flags: BOARD_FLAGS,
      memory: { rssBytes, peakRssBytes },
      disk: { ...disk, bytesPerEndorsement: disk.totalBytes / endorsements },
    };
  } finally {
    await Promise.all([board.stop(), load.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Published packages are compiled; sources are when they are first run, and kept: so a board runs once before it is measured. */
async function compileSources(settings: AcceptanceSettings): Promise<void> {
  const dataDir = mkdtempSync(join(settings.cacheDir, "board-"));
  const board = startBoardProcess(settings);
  try {
    await writeBoardKeys(dataDir);
    await board.call("start", { dataDir, lock: LOCK, input: boardInput(newWorld()) });
    await board.call("close", undefined);
  } finally {
    await board.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** As `undersigned serve` starts one. */
function startBoardProcess({ nodeOptions = [] }: AcceptanceSettings): Child<BoardCalls> {
  return startChild<BoardCalls>(
    new URL("./board-process.ts", import.meta.url),
    [...BOARD_FLAGS, ...nodeOptions],
    BOARD_ENVIRONMENT,
  );
}

async function measurePhase(
  { board, load }: Pair,
  { runs, seconds, latencySeconds }: Pick<AcceptanceSettings, "runs" | "seconds" | "latencySeconds">,
): Promise<Phase> {
  const measured: { rate: number; server: number; load: number }[] = [];
  for (let run = 0; run < runs; run++) {
    const before = await board.call("usage", undefined);
    const flood = await load.call("flood", { seconds, connections: CONNECTIONS, most: 1e9 });
    const after = await board.call("usage", undefined);
    measured.push({
      rate: flood.answered / flood.seconds,
      server: (1e6 * (after.cpuSeconds - before.cpuSeconds)) / flood.answered,
      load: (1e6 * flood.cpuSeconds) / flood.answered,
    });
  }
  const latency = await load.call("trickle", { perSecond: PACE, seconds: latencySeconds });
  return {
    acceptedPerSecond: median(measured.map((one) => one.rate)),
    serverCpuMicroseconds: median(measured.map((one) => one.server)),
    loadCpuMicroseconds: median(measured.map((one) => one.load)),
    runs: measured.map((one) => one.rate),
    latency: { perSecond: PACE, ...latency },
  };
}
