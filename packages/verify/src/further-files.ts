/** The public files that a leaf about what became of a letter names, for a bundle (PROTOCOL §8). */
import {
  canBeWithheld,
  type DeliveryLeaf,
  decodeBase64url,
  equalBytes,
  parseRecord,
  RECORD_OF_LEAF,
  type RecordLeaf,
  recordHash,
  recordLimit,
  sha256,
} from "@undersigned/core";
import { refuse, VerifyError } from "./errors.ts";
import type { FurtherLeaf } from "./further-rules.ts";
import { answerPath, documentPath, recordPath, withheldPath } from "./public-files.ts";
import { readWithheld } from "./read-answers.ts";
import { readFile, readIfThere } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

const NOWHERE = { leaf: null };
type Files = [path: string, file: Uint8Array][];

/** Throws VerifyError `record-wrong` for files that are not what their names say, and as `refuse` does. */
export async function furtherFiles(source: FileSource, leaf: FurtherLeaf): Promise<Files> {
  return leaf.type === "delivery" ? documentOf(source, leaf) : recordFiles(source, leaf);
}

/** A board that keeps it no longer is no failure: whoever was handed it has it. */
async function documentOf(source: FileSource, { document }: DeliveryLeaf): Promise<Files> {
  const path = documentPath(document);
  const file = await readIfThere(source, path, LIMITS.pdf, refuse, NOWHERE);
  if (file === null) return [];
  requireSha256(path, file, document);
  return [[path, file]];
}

async function recordFiles(source: FileSource, leaf: RecordLeaf): Promise<Files> {
  if (canBeWithheld(leaf)) {
    const path = withheldPath(leaf.record);
    const withheld = await readIfThere(source, path, LIMITS.document, refuse, NOWHERE);
    // What was withheld is not handed on, wherever it may lie.
    if (withheld !== null && (await readWithheld({ source, found: refuse }, leaf, 0)) !== null)
      return [[path, withheld]];
  }
  const type = RECORD_OF_LEAF[leaf.type];
  const path = recordPath(leaf.record);
  const read = canBeWithheld(leaf) ? readIfThere : readFile;
  const file = await read(source, path, recordLimit(type), refuse, NOWHERE);
  if (file === null) return [];
  if (recordHash(type, file) !== leaf.record) throw otherFile(path);
  const record = leaf.type === "response" ? parseRecord("response-record", file) : null;
  const evidence = record?.kind === "mail" ? await evidenceOf(source, record.evidence) : [];
  return [[path, file], ...evidence];
}

async function evidenceOf(source: FileSource, evidence: string | null): Promise<Files> {
  if (evidence === null) return [];
  const path = answerPath(evidence);
  const file = await readIfThere(source, path, LIMITS.evidence, refuse, NOWHERE);
  if (file === null) return [];
  requireSha256(path, file, evidence);
  return [[path, file]];
}

function requireSha256(path: string, file: Uint8Array, expected: string): void {
  if (!equalBytes(sha256(file), decodeBase64url(expected, 32))) throw otherFile(path);
}

function otherFile(path: string): VerifyError {
  return new VerifyError("record-wrong", `The file ${path} is not the one that its name is the hash of.`);
}
