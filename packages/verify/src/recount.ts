/**
 * The recount (PROTOCOL §10): from public files and a workforce id to a number that depends on nobody's word. Two passes
 * run one behind the other over each bundle (sort-leaves.ts, leaf-order.ts), with signatures checked in between on every
 * core; only some bundles and the state of each key are in memory. It goes on after a failure wherever it can, so that a
 * reader learns all that is wrong; what is wrong is not counted.
 */
import type { WorkforceManifest } from "@undersigned/core";
import { openPool } from "#pool";
import { checkIndex } from "./check-index.ts";
import { checkKnown, openKnown } from "./check-known.ts";
import { type CollectedOpenings, checkOpenings } from "./check-openings.ts";
import { readWorkforceManifest } from "./check-workforce-chain.ts";
import type { CheckedLeaf, Checker, CheckerFactory } from "./checker.ts";
import { collectInto, type Failure, type Found } from "./errors.ts";
import { LeafOrder } from "./leaf-order.ts";
import { Ledger, type Letter } from "./ledger.ts";
import type { LetterRecord } from "./letter-record.ts";
import { checkWitnesses, type LogCheckpoint, openLogCheckpoint } from "./open-checkpoint.ts";
import { type LinkKeys, withLinkKeys } from "./open-unlisted.ts";
import { inlineChecker } from "./pool-inline.ts";
import { CHECKPOINT_PATH, unlistedPath } from "./public-files.ts";
import { type Bundle, readBundles } from "./read-bundles.ts";
import { readFile, readIfThere } from "./read-files.ts";
import type { LetterReport, Report } from "./report.ts";
import type { KeyState } from "./signatory-state.ts";
import { type SortedBundle, sortLeaves } from "./sort-leaves.ts";
import { type FileSource, LIMITS } from "./source.ts";
import { TreeCheck } from "./tree-check.ts";
import { emptyReport, type GatheredLetter, writeReport } from "./write-report.ts";

export interface RecountOptions {
  /** The workforce id that the reader has from elsewhere: all trust begins with it. */
  readonly workforce: string;
  /** A checkpoint (signed note) from before: the log must have grown out of it. */
  readonly known?: Uint8Array;
  /** Reports this letter alone. The whole log is checked all the same. */
  readonly letter?: string;
  /** Keys of the links of unlisted letters: their texts are read, too. */
  readonly linkKeys?: LinkKeys;
  /** Gets what the report of a letter leaves out; nothing of it is right unless the report says that all is. */
  readonly onLetter?: (letter: CountedLetter) => void;
  readonly onProgress?: (progress: { readonly leaves: number; readonly size: number }) => void;
  /** Where signatures are checked. Unless told: on every core from 2,048 leaves on, where the platform has a way to. */
  readonly checker?: CheckerFactory;
}

/** What a letter's signatories show, and the manifests that its report goes by. */
export interface CountedLetter extends CollectedOpenings {
  readonly letter: Letter;
  /** Pages of openings that are not among the files: what they show is not here. */
  readonly missingPages: number;
  /** The workforce's manifest that is in force, or was at closing. */
  readonly inForce: WorkforceManifest;
  /** The state of every key, by key. */
  readonly states: ReadonlyMap<string, KeyState>;
}

/** Below this, starting threads takes as long as the work: some 0.2 s of a core for each, as much as 1,200 endorsements. */
const POOL_FROM = 2048;
const READ_AHEAD = 6;
/** So many bundles in a row that cannot be read, and the recount ends: a size may claim any number of them. */
const GIVE_UP_AFTER = 8;

/** Throws nothing but VerifyError `checker-failed`; all that is wrong with the files is in the report. */
export async function recount(files: FileSource, options: RecountOptions): Promise<Report> {
  const { source, opened } = withLinkKeys(files, options.workforce, options.linkKeys ?? new Map());
  const failures: Failure[] = [];
  const found = collectInto(failures);
  const first = await readWorkforceManifest(source, options.workforce, found, null);
  if (first === null) return emptyReport(options.workforce, failures);
  const note = await readFile(source, CHECKPOINT_PATH, LIMITS.checkpoint, found, { leaf: null });
  const checkpoint = note === null ? null : await openLogCheckpoint(note, first, found);
  if (checkpoint === null) return emptyReport(options.workforce, failures, first.employer);
  const known = options.known === undefined ? null : await openKnown(options.known, first, found);

  const ledger = new Ledger(options.workforce);
  const order = new LeafOrder(ledger, source, found);
  const knownSize = known !== null && known.size <= checkpoint.size ? known.size : null;
  const tree = new TreeCheck(source, found, knownSize);
  const checker = (options.checker ?? (checkpoint.size < POOL_FROM ? inlineChecker : openPool))();
  try {
    const log = { source, checkpoint, ledger, order, tree, checker, found };
    const whole = await readLog(log, options.onProgress);
    order.finish(checkpoint.size);
    if (whole) await tree.finish(checkpoint.root);
  } finally {
    await checker.close();
  }
  if (known !== null) checkKnown(known, checkpoint, tree.knownRoot, found);
  const inForce = ledger.inForce?.manifest ?? first;
  const cosigned = await checkWitnesses(checkpoint.note, inForce, found);

  const letters: GatheredLetter[] = [];
  for (const record of order.letters.values()) {
    order.issuance.checkLetter(record, found);
    checkHeadcount(ledger, record, found);
    if (options.letter !== undefined && record.letter.leaf.letter !== options.letter) continue;
    const collected = options.onLetter === undefined ? null : { shown: [], hidden: [] };
    const openings = await checkOpenings(source, ledger, record, found, collected);
    if (collected !== null) {
      options.onLetter?.({
        ...collected,
        letter: record.letter,
        missingPages: openings.missingPages,
        inForce: record.closing?.inForce ?? inForce,
        states: record.states.keys,
      });
    }
    letters.push({ record, openings, text: await textOf(source, record, opened, found) });
  }
  if (options.letter !== undefined && letters.length === 0) {
    found(
      "letter-unknown",
      null,
      "The letter that was asked for has not been opened in this log.",
      options.letter,
    );
  }
  const indexCompared = await checkIndex(source, ledger, order, checkpoint.size, found);
  return writeReport({
    workforce: options.workforce,
    failures,
    checkpoint,
    employer: inForce.employer,
    cosigned,
    known: known !== null,
    indexCompared,
    ledger,
    issuance: order.issuance,
    destructions: order.destructions,
    allLetters: [...order.letters.values()],
    letters,
  });
}

interface Log {
  readonly source: FileSource;
  readonly checkpoint: LogCheckpoint;
  readonly ledger: Ledger;
  readonly order: LeafOrder;
  readonly tree: TreeCheck;
  readonly checker: Checker;
  readonly found: Found;
}

/** Whether the hashes of all leaves could be read, so that the root can be compared. */
async function readLog(log: Log, onProgress: RecountOptions["onProgress"]): Promise<boolean> {
  const { source, checkpoint, ledger, order, tree, checker, found } = log;
  const { size } = checkpoint;
  if (size === 0)
    found("leaf-out-of-place", null, "The log is empty: its first leaf must be the workforce's.");
  const waiting: { sorted: SortedBundle; checked: Promise<CheckedLeaf[]> }[] = [];
  const takeNext = async () => {
    const { sorted, checked } = waiting.shift()!;
    await order.take(sorted, await checked);
    onProgress?.({ leaves: sorted.first + sorted.width, size });
  };
  let whole = true;
  let unread = 0;
  for await (const bundle of readBundles(source, size, READ_AHEAD, found)) {
    unread = bundle.hashes === null ? unread + 1 : 0;
    if (unread > GIVE_UP_AFTER) {
      found(
        "file-missing",
        bundle.first,
        "Too many files in a row could not be read: the rest of the log was not looked at.",
      );
      break;
    }
    if (bundle.hashes === null) whole = false;
    else if (whole) await tree.add(bundle.hashes);
    const sorted = await sortLeaves(bundle, ledger, source, checker, found);
    const checked = checkSignatorys(checker, bundle, sorted);
    // It is awaited in its turn; until then a rejection is not to end the process.
    checked.catch(() => {});
    waiting.push({ sorted, checked });
    if (waiting.length >= checker.unitsAtOnce) await takeNext();
  }
  while (waiting.length > 0) await takeNext();
  return whole && size > 0;
}

function checkSignatorys(
  checker: Checker,
  { bytes, hashes }: Bundle,
  { spans }: SortedBundle,
): Promise<CheckedLeaf[]> {
  if (hashes === null || spans.length === 0) return Promise.resolve([]);
  // The checker may move the bytes away, and a source may have handed out a part of something larger.
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return checker.check({ bytes: whole ? bytes : bytes.slice(), spans, hashes });
}

async function textOf(
  source: FileSource,
  { letter: { leaf, manifest, index } }: LetterRecord,
  opened: ReadonlySet<string>,
  found: Found,
): Promise<LetterReport["text"]> {
  if (manifest !== null) return opened.has(leaf.letter) ? "opened" : "public";
  const place = { leaf: index, letter: leaf.letter };
  const sealed = await readIfThere(source, unlistedPath(leaf.letter), LIMITS.sealedLetter, found, place);
  return sealed === null ? "missing" : "sealed";
}

/** Against the largest headcount that was in force in the letter's time: people come and go while a letter is open. */
function checkHeadcount(ledger: Ledger, { letter, states, closing }: LetterRecord, found: Found): void {
  const stated = ledger
    .versionsSince(letter.epoch)
    .filter((version) => closing === null || version.index < closing.index)
    .map(({ manifest }) => manifest.headcount?.number ?? null)
    .filter((number) => number !== null);
  const most = Math.max(...stated);
  if (stated.length > 0 && states.endorsed.mailbox > most) {
    const message = `${states.endorsed.mailbox} work mailboxes endorsed; the workforce is stated to have ${most}.`;
    found("more-than-headcount", null, message, letter.leaf.letter);
  }
}
