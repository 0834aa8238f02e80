/**
 * Copies a workforce's log and recounts it in one: each file is read once, by the recount. Nothing is used of a log that is wrong, and
 * nothing of one that does not continue the checkpoint that is known. A board that goes on while it is read (a tick between two files)
 * can look wrong for a moment, and a damaged file of the earlier run too: so what fails is tried once more, from the beginning, with every
 * file asked for anew.
 */
import { rm } from "node:fs/promises";
import {
  CHECKPOINT_PATH,
  type CheckerFactory,
  type CountedLetter,
  INDEX_PATH,
  type IndexFile,
  indexFile,
  parsePublicFile,
  type Report,
  recount,
} from "@undersigned/verify";
import { FollowError } from "../errors.ts";
import { type StagedSource, type Staging, stagedSource } from "./staged-source.ts";

export interface LogToCopy extends Staging {
  readonly workforce: string;
  /** The signed note that the log has to continue. */
  readonly known: Uint8Array | null;
  readonly checker?: CheckerFactory;
  readonly onProgress?: (progress: { readonly leaves: number; readonly size: number }) => void;
  /** Reads and checks what no recount reads, before the copy counts as right. Throws FollowError. */
  readonly besides?: (copied: Omit<CopiedLog, "files">) => Promise<void>;
}

export interface CopiedLog {
  readonly report: Report;
  /** In the log's order. */
  readonly letters: readonly CountedLetter[];
  readonly index: IndexFile;
  /** The signed note. */
  readonly checkpoint: Uint8Array;
  readonly source: StagedSource;
  /** Paths of the files that belong to the copy. A record beside a withheld-record is none: no recount reads it. */
  readonly files: ReadonlySet<string>;
}

/** Throws FollowError: what the visit met, or `recount-failed` with the report. */
export async function copyLog(of: LogToCopy): Promise<CopiedLog> {
  try {
    return await copyOnce(of);
  } catch (error) {
    if (!(error instanceof FollowError) || of.visit.failure !== null) throw error;
    await rm(of.fresh, { recursive: true, force: true });
    return await copyOnce({ ...of, earlier: null });
  }
}

async function copyOnce(of: LogToCopy): Promise<CopiedLog> {
  const { visit, workforce, known, checker, onProgress } = of;
  const source = stagedSource(of);
  const seen = new Map<string, Uint8Array>();
  const letters: CountedLetter[] = [];
  const report = await recount(
    {
      async read(path, maxBytes) {
        const file = await source.read(path, maxBytes);
        if (file !== null && (path === CHECKPOINT_PATH || path === INDEX_PATH)) seen.set(path, file.slice());
        return file;
      },
    },
    {
      workforce,
      ...(known !== null && { known }),
      ...(checker && { checker }),
      ...(onProgress && { onProgress }),
      onLetter: (letter) => letters.push(letter),
    },
  );
  if (visit.failure !== null) throw visit.failure;
  if (!report.ok) throw failed(report);
  const checkpoint = seen.get(CHECKPOINT_PATH);
  const index = seen.get(INDEX_PATH);
  if (checkpoint === undefined || index === undefined) throw failed(withIndexWrong(report, "is missing"));
  const parsed = parsePublicFile(index, indexFile);
  // Otherwise the recount has compared it.
  if (parsed.size !== report.size) throw failed(withIndexWrong(report, "is of another size of the log"));
  const copied = { report, letters, index: parsed, checkpoint, source };
  await of.besides?.(copied);
  if (visit.failure !== null) throw visit.failure;
  return { ...copied, files: source.taken };
}

function withIndexWrong(report: Report, what: string): Report {
  const failure = { code: "index-wrong", leaf: null, message: `index.json ${what}.` } as const;
  return { ...report, ok: false, failures: [...report.failures, failure] };
}

function failed(report: Report): FollowError {
  const { length } = report.failures;
  return new FollowError(
    "recount-failed",
    `${length} ${length === 1 ? "check does" : "checks do"} not hold. Nothing of this log is to be quoted.`,
    report,
  );
}
