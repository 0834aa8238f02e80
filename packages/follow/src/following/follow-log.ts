/**
 * Recounts a workforce of another board for a board that follows it. What lasts for good is kept in a folder, so that a log is asked for
 * once; nothing is kept that shows a person or may be taken back (openings, answers). Everything that comes from the other board may be a
 * lie, endless or slow: what is wrong has a stable code, and nothing of it is shown.
 */
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inlineChecker, type Report } from "@undersigned/verify";
import { copyLog } from "../copy-log/copy-log.ts";
import { FollowError } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { openVisit, type VisitOptions } from "../outside/visit.ts";
import { type Verified, verifiedOf } from "./verified-of.ts";

export interface AskedLog {
  readonly url: string;
  readonly workforce: string;
  /** The checkpoint of the last recount that found nothing wrong. */
  readonly known: Uint8Array | null;
  /** Whether http addresses of this machine may be asked: for a demo and for tests. */
  readonly loopback: boolean;
  /** Of this workforce alone. */
  readonly folder: string;
  readonly limits: Limits;
}

export type FollowedLog =
  | { readonly verified: Verified; readonly checkpoint: Uint8Array }
  | { readonly problem: string };

/** Rejects for nothing that another server can bring about. */
export async function followLog(of: AskedLog, resolve?: VisitOptions["resolve"]): Promise<FollowedLog> {
  const { url, workforce, known, loopback, folder, limits } = of;
  const [earlier, fresh] = [join(folder, "kept"), join(folder, "fresh")];
  await rm(fresh, { recursive: true, force: true });
  try {
    const reach = { loopback, anywhere: false };
    const visit = openVisit({ url, reach, limits, purpose: "recounts", ...(resolve && { resolve }) });
    try {
      const prefix = `w/${workforce}/`;
      const keeps = (lasting: string) => lasting === "for-good";
      const copied = await copyLog({
        ...{ visit, prefix, earlier, fresh, keeps, workforce, known },
        // The board's other cores are not for this.
        checker: inlineChecker,
      });
      const verified = verifiedOf(copied);
      for (const path of copied.files)
        if (!copied.source.kept.has(path)) await moveIfThere(fresh, earlier, path);
      return { verified, checkpoint: copied.checkpoint };
    } finally {
      visit.close();
    }
  } catch (error) {
    if (!(error instanceof FollowError)) throw error;
    return { problem: error.report === null ? error.code : worstOf(error.report) };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function moveIfThere(from: string, to: string, path: string): Promise<void> {
  await mkdir(dirname(join(to, path)), { recursive: true });
  await rename(join(from, path), join(to, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** What tells most where several things are wrong; else the first in the log. */
const WORST: readonly string[] = [
  "log-forked",
  "log-shorter-than-known",
  "known-checkpoint-foreign",
  "checkpoint-signature",
];

function worstOf({ failures }: Report): string {
  const codes: string[] = failures.map(({ code }) => code);
  return WORST.find((code) => codes.includes(code)) ?? codes[0] ?? "recount-failed";
}
