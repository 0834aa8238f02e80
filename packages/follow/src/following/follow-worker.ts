/** A thread that recounts one workforce and ends. It has little memory, and no time beyond what it was given. */
import { parentPort, workerData } from "node:worker_threads";
import { type AskedLog, type FollowedLog, followLog } from "./follow-log.ts";

export type FromFollowing = { readonly followed: FollowedLog };

const port = parentPort;
if (port !== null) {
  const followed = await followLog(workerData as AskedLog);
  port.postMessage({ followed } satisfies FromFollowing);
}
