/**
 * What of a manifest is right, what is missing before a board takes it, and what is wrong (PROTOCOL §3.1). It prepares the
 * ceremony: the board and every verifier check all of it again. A manifest that is in the logged chain needs nothing more.
 */
import {
  agreementFor,
  type ManifestSignature,
  manifestSignatureHolds,
  parseWorkforceManifest,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Cards, Registrar } from "./cards.ts";

export interface Given {
  readonly file: Uint8Array;
  readonly beforeFile: Uint8Array | null;
  readonly cards: Cards;
  readonly signatures: readonly ManifestSignature[];
  /** Hashes of the logged chain, the first version first; null if the log was not asked for. */
  readonly logged: readonly string[] | null;
}

/** Sentences. */
export interface Checked {
  readonly right: readonly string[];
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
}

interface Notes {
  readonly right: string[];
  readonly missing: string[];
  readonly wrong: string[];
}

export async function checkManifest(given: Given): Promise<Checked> {
  const manifest = parseWorkforceManifest(given.file);
  const hash = workforceManifestHash(given.file);
  const notes: Notes = { right: [], missing: [], wrong: [] };
  const isLogged = checkLog(given.logged, hash, notes);
  const before = checkBefore(manifest, given.beforeFile, isLogged, notes);
  checkCards(manifest, given.cards, isLogged, notes);
  if (before !== undefined) await checkSignatures(manifest, hash, before, given.signatures, isLogged, notes);
  return notes;
}

function checkLog(logged: Given["logged"], hash: string, { right, missing }: Notes): boolean {
  if (logged === null) return false;
  const at = logged.indexOf(hash);
  if (at === -1) {
    missing.push("the manifest in the log: it is in no version of the logged chain");
    return false;
  }
  const later = logged.length - 1 - at;
  right.push(
    later === 0
      ? "the manifest is in the log, and in force"
      : `the manifest is in the log; ${later} later versions have come after it`,
  );
  return true;
}

/** The version before: null for the first one, undefined where it is needed and not there. */
function checkBefore(
  manifest: WorkforceManifest,
  beforeFile: Uint8Array | null,
  isLogged: boolean,
  { right, missing, wrong }: Notes,
): WorkforceManifest | null | undefined {
  if (manifest.version === 1) {
    if (beforeFile !== null) wrong.push("the manifest is a first version, and one before it was given");
    return null;
  }
  if (beforeFile === null) {
    if (!isLogged) missing.push("the version before (--after), which says whose signatures it takes");
    return undefined;
  }
  const before = parseWorkforceManifest(beforeFile);
  const hash = workforceManifestHash(beforeFile);
  const follows =
    manifest.previous === hash &&
    manifest.version === before.version + 1 &&
    manifest.workforce === (before.workforce ?? hash);
  if (!follows) wrong.push("the manifest does not follow the version that was given");
  if (manifest.log.key !== before.log.key) wrong.push("the log key differs from the version before");
  if (follows) right.push(`it follows version ${before.version}`);
  return before;
}

function checkCards(
  manifest: WorkforceManifest,
  { registrars, boards }: Cards,
  isLogged: boolean,
  { right, missing, wrong }: Notes,
): void {
  const known = new Set(manifest.registrars.map(({ identity }) => identity));
  for (const { name, identity } of registrars) {
    if (!known.has(identity)) wrong.push(`the card of ${name}: the manifest does not name this registrar`);
  }
  for (const entry of manifest.registrars) {
    const cards = registrars.filter(({ identity }) => identity === entry.identity);
    const differing = [...new Set(cards.flatMap((card) => differences(entry, card)))];
    if (differing.length > 0) wrong.push(`the card of ${entry.name} differs in ${differing.join(", ")}`);
    else if (cards.length > 0) right.push(`the card of ${entry.name}`);
    else if (!isLogged) missing.push(`the card of ${entry.name}`);
  }
  const { board, log } = manifest;
  const fits = boards.every(
    (card) => card.key === board.key && card.url === board.url && card.log.key === log.key,
  );
  if (!fits) wrong.push("the board's card differs");
  else if (boards.length > 0) right.push("the board's card");
  else if (!isLogged) missing.push("the board's card");
}

function differences(entry: Registrar, card: Registrar): string[] {
  return (["name", "operator", "url"] as const).filter((field) => entry[field] !== card[field]);
}

async function checkSignatures(
  manifest: WorkforceManifest,
  hash: string,
  before: WorkforceManifest | null,
  signatures: readonly ManifestSignature[],
  isLogged: boolean,
  { right, missing, wrong }: Notes,
): Promise<void> {
  const { all, some, quorum } = agreementFor(manifest, before);
  const names = new Map([...some, ...manifest.registrars].map(({ identity, name }) => [identity, name]));
  const signed = new Set<string>();
  for (const signature of signatures) {
    const name = names.get(signature.registrar);
    if (name === undefined) wrong.push("a signature is of somebody who is no registrar of either version");
    else if (signature.manifest !== hash) wrong.push(`the signature of ${name} is of another manifest`);
    else if (!(await manifestSignatureHolds(manifest, signature)))
      wrong.push(`the signature of ${name} is false`);
    else signed.add(signature.registrar);
  }
  for (const identity of signed) right.push(`the signature of ${names.get(identity)}`);
  if (isLogged) return;
  const unsigned = (of: readonly Registrar[]) => of.filter(({ identity }) => !signed.has(identity));
  for (const { name } of unsigned(all)) missing.push(`the signature of ${name}`);
  const short = quorum - (some.length - unsigned(some).length);
  if (short <= 0) return;
  const from = unsigned(some).map(({ name }) => name);
  missing.push(`${short} more ${short === 1 ? "signature" : "signatures"} of: ${from.join(", ")}`);
}
