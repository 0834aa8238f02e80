/** How a board that is served recounts what it follows of other boards. */
import { join } from "node:path";
import type { FollowOptions } from "@undersigned/board";
import type { Command } from "commander";
import { wholeNumber } from "./values.ts";

export interface FollowFlags {
  readonly followEvery: number;
  readonly followThisMachine?: boolean;
}

const HOUR_MS = 3_600_000;

export function withFollowing(command: Command): Command {
  return command
    .option(
      "--follow-every <hours>",
      "how often the workforces of other boards that are followed are recounted, besides at each tick",
      wholeNumber(1, 168),
      24,
    )
    .option(
      "--follow-this-machine",
      "follow boards at http addresses of this machine, too: for trying it out",
    );
}

/** What is kept of their logs lies in the data folder. */
export async function followOptions(
  { followEvery, followThisMachine = false }: FollowFlags,
  data: string,
): Promise<FollowOptions> {
  const { followEngine } = await import("@undersigned/follow");
  const engine = followEngine({ folder: join(data, "following"), loopback: followThisMachine });
  return { engine, everyMs: followEvery * HOUR_MS };
}
