/**
 * What a client needs before it trusts a key: the workforce's manifests, epochs and letters, each shown to be in the log that
 * the checkpoint describes (PROTOCOL §3, §4 rules 1 to 3). Where they stand is taken from index.json, which is not trusted:
 * it can withhold what came last, but cannot add, change or skip anything in the chain of versions or letters. That nothing
 * *else* is in the log, such as a second epoch of the same number, only a recount shows.
 */
import type {
  ClosingLeaf,
  Day,
  EarlyClosingLeaf,
  EndorsementClass,
  TokenKey,
  WorkforceManifest,
} from "@undersigned/core";
import { checkClientLeaf } from "./check-clients.ts";
import { checkEarlyClosing } from "./check-early-closings.ts";
import { checkEpochLeaf } from "./check-epochs.ts";
import { readIndex } from "./check-index.ts";
import { checkKnownByProof, openKnown } from "./check-known.ts";
import { checkLetterLeaf } from "./check-letters.ts";
import { checkWorkforceLeaf, readWorkforceManifest } from "./check-workforce-chain.ts";
import { collectInto, type Failure, refuse, VerifyError } from "./errors.ts";
import { type Client, type Epoch, Ledger, type Letter, slotKeys } from "./ledger.ts";
import { checkWitnesses, type LogCheckpoint, openLogCheckpoint } from "./open-checkpoint.ts";
import type { FurtherReader, FurtherView } from "./open-further.ts";
import type { StatedByRegistrars, StatedReader } from "./open-stated.ts";
import { type LinkKeys, withLinkKeys } from "./open-unlisted.ts";
import { ProvenLeaves } from "./proven-leaves.ts";
import { CHECKPOINT_PATH, INDEX_PATH, type IndexFile } from "./public-files.ts";
import { readFile } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

export interface LetterView extends Letter {
  /** The last day for signing; where it was moved, the new one. */
  readonly closes: Day;
  /** What moved it. */
  readonly earlyClosing: { readonly leaf: EarlyClosingLeaf; readonly index: number } | null;
  /** Null while it is open. */
  readonly closing: { readonly leaf: ClosingLeaf; readonly index: number } | null;
  /** What became of it; null unless it was asked for. */
  readonly further: FurtherView | null;
}

export interface WorkforceView {
  readonly workforce: string;
  /** The manifest in force. */
  readonly manifest: WorkforceManifest;
  /** Every version, the first one first. */
  readonly manifests: readonly WorkforceManifest[];
  readonly checkpoint: LogCheckpoint;
  readonly size: number;
  /** Names of the witnesses that cosigned. */
  readonly cosigned: readonly string[];
  readonly epochs: ReadonlyMap<number, Epoch>;
  /** By letter id: the ones that are right. Sign no other. */
  readonly letters: ReadonlyMap<string, LetterView>;
  /** Client builds that the board has stated to offer, in the log's order. */
  readonly clients: readonly Client[];
  /** What registrars have stated in the log, by `<epoch> <registrar>`; null unless it was asked for. */
  readonly stated: StatedByRegistrars | null;
  /** What is wrong with letters that are in the log and not among `letters`. */
  readonly refusedLetters: readonly Failure[];
  /** The registrars' keys for a slot and class, in the order of their identities; none for an epoch that is not known. */
  tokenKeys(epoch: number, slot: number, cls: EndorsementClass): TokenKey[];
}

export interface OpenOptions {
  /** A checkpoint (signed note) from before: one that the log does not extend is refused. */
  readonly known?: Uint8Array;
  /** Keys of the links of unlisted letters: their `manifest` is read, too. A letter that its key does not open is refused. */
  readonly linkKeys?: LinkKeys;
  /** Reads what registrars have stated, too (`readStated`): more files, and code, which nobody needs who signs. */
  readonly stated?: StatedReader;
  /** Reads what became of letters, too (`furtherOf`): more files, and code, which nobody needs who signs. */
  readonly further?: FurtherReader;
}

/**
 * Throws VerifyError with the failure's code for anything that is wrong with checkpoint, manifests or epochs, and for files
 * that are missing; letters that are wrong are left out and listed.
 */
export async function openWorkforce(
  files: FileSource,
  workforce: string,
  options: OpenOptions = {},
): Promise<WorkforceView> {
  const { source } = withLinkKeys(files, workforce, options.linkKeys ?? new Map());
  const first = required(await readWorkforceManifest(source, workforce, refuse, null));
  const note = required(await readFile(source, CHECKPOINT_PATH, LIMITS.checkpoint, refuse, { leaf: null }));
  const checkpoint = required(await openLogCheckpoint(note, first, refuse));
  if (options.known !== undefined) {
    const known = required(await openKnown(options.known, first, refuse));
    await checkKnownByProof(source, known, checkpoint, refuse);
  }
  const index = await readIndex(source, refuse);
  if (index === null)
    throw new VerifyError("file-missing", `The file ${INDEX_PATH} is missing: try again or another mirror.`);
  if (index.workforce !== workforce)
    throw new VerifyError("index-wrong", `The file ${INDEX_PATH} is of another workforce.`);

  const log = new ProvenLeaves(source, checkpoint);
  const ledger = new Ledger(workforce);
  const refused: Failure[] = [];
  await takeIn(ledger, source, log, positionsOf(index, checkpoint.size), refused);
  const stated = (await options.stated?.(ledger, log, index, checkpoint.size)) ?? null;
  const version = ledger.inForce;
  if (version === undefined) throw new VerifyError("index-wrong", "The index names no workforce leaf.");
  const cosigned = await checkWitnesses(note, version.manifest, refuse);

  const letters = new Map<string, LetterView>();
  for (const row of index.letters) {
    const letter = ledger.letters.get(row.letter);
    if (letter !== undefined && letter.index === row.leaf) {
      const earlyClosing = await readEarlyClosing(log, row, letter, workforce, checkpoint.size);
      const closes = earlyClosing?.leaf.closes ?? letter.leaf.closes;
      const closing = await readClosing(log, row, letter, closes, checkpoint.size);
      const view = { ...letter, closes, earlyClosing, closing };
      const reader = options.further;
      const further =
        reader?.wants(row.letter) === true
          ? await reader.open({ workforce, source, log, size: checkpoint.size }, row, view)
          : null;
      letters.set(row.letter, { ...view, further });
    }
  }
  return {
    workforce,
    manifest: version.manifest,
    manifests: ledger.versions.map(({ manifest }) => manifest),
    checkpoint,
    size: checkpoint.size,
    cosigned,
    epochs: ledger.epochs,
    letters,
    clients: ledger.clients,
    stated,
    refusedLetters: refused,
    tokenKeys: (epoch, slot, cls) => {
      const known = ledger.epochs.get(epoch);
      return known === undefined ? [] : slotKeys(known, slot, cls);
    },
  };
}

function required<T>(value: T | null): T {
  if (value === null)
    throw new VerifyError("file-missing", "A file that everything begins with could not be read.");
  return value;
}

/** The leaves to look at, in the log's order. Leaf 0 is one of them in any case; later ones than the checkpoint has are not. */
function positionsOf(index: IndexFile, size: number): number[] {
  const letters = index.letters.map((row) => row.leaf);
  const all = new Set([0, ...index.workforces, ...index.epochs, ...index.clients, ...letters]);
  return [...all].filter((position) => position < size).sort((a, b) => a - b);
}

async function takeIn(
  ledger: Ledger,
  source: FileSource,
  log: ProvenLeaves,
  positions: readonly number[],
  refused: Failure[],
): Promise<void> {
  for (const index of positions) {
    const { leaf, name } = await log.read(index);
    if (leaf.type === "workforce") await checkWorkforceLeaf(ledger, source, leaf, index, refuse);
    else if (leaf.type === "epoch") await checkEpochLeaf(ledger, source, leaf, index, refuse);
    else if (leaf.type === "client") await checkClientLeaf(ledger, source, leaf, index, refuse);
    else if (leaf.type === "letter") {
      const checked = await checkLetterLeaf(ledger, source, leaf, index, name, collectInto(refused));
      if (checked?.right) ledger.letters.set(leaf.letter, checked.letter);
    } else {
      throw new VerifyError("index-wrong", `Leaf ${index} is not what the index says that it is.`);
    }
  }
}

async function readEarlyClosing(
  log: ProvenLeaves,
  row: IndexFile["letters"][number],
  letter: Letter,
  workforce: string,
  size: number,
): Promise<LetterView["earlyClosing"]> {
  const index = row.earlyClosing;
  if (index === null || index >= size) return null;
  const { leaf } = await log.read(index);
  const comesFirst = index > letter.index && (row.closing === null || index < row.closing);
  if (leaf.type !== "early-closing" || leaf.letter !== row.letter || !comesFirst) {
    throw new VerifyError(
      "index-wrong",
      `Leaf ${index} does not move the last day of the letter that the index says.`,
    );
  }
  const before = { letter, closing: null, earlyClosing: null };
  await checkEarlyClosing(workforce, leaf, index, before, null, refuse);
  return { leaf, index };
}

async function readClosing(
  log: ProvenLeaves,
  row: IndexFile["letters"][number],
  letter: Letter,
  closes: Day,
  size: number,
): Promise<LetterView["closing"]> {
  if (row.closing === null || row.closing >= size) return null;
  const { leaf } = await log.read(row.closing);
  if (
    leaf.type !== "closing" ||
    leaf.letter !== row.letter ||
    row.closing < letter.index ||
    leaf.day <= closes
  ) {
    throw new VerifyError(
      "index-wrong",
      `Leaf ${row.closing} does not close the letter that the index says.`,
    );
  }
  return { leaf, index: row.closing };
}
