/** The thread in which one file is cleaned: see judge-copy.ts. Posts its type, or null for one that is not clean. */
import { parentPort, workerData } from "node:worker_threads";
import { inspectFile, isClean } from "@undersigned/clean";
import type { CopyType } from "@undersigned/core";
import { CLEAN_PARTS, typeOf } from "../model/copy-types.ts";

const bytes = workerData as Uint8Array;
const format = (await isClean(bytes, CLEAN_PARTS))
  ? (await inspectFile(bytes, "", CLEAN_PARTS)).format
  : "unsupported";
const type: CopyType | null = format === "unsupported" ? null : typeOf(format);
parentPort!.postMessage(type);
