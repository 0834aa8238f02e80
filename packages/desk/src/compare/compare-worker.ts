/** The thread in which one copy is compared: see compare-apart.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { Fetched } from "@undersigned/service";
import type { Copy } from "../model/copies.ts";
import { compareCopy } from "./compare-copy.ts";

export interface CompareTask {
  readonly copy: Copy;
  /** The one that was asked for. */
  readonly url: string;
  readonly fetched: Fetched;
}

const { copy, url, fetched } = workerData as CompareTask;
parentPort!.postMessage(await compareCopy(copy, url, fetched));
