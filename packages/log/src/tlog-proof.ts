/**
 * Offline proofs that an entry is in a log (C2SP tlog-proof, v1, file extension .tlog-proof):
 *
 *     c2sp.org/tlog-proof@v1 LF
 *     [extra <base64> LF]       nobody vouches for it
 *     index <decimal> LF        zero-based
 *     [base64(32 bytes) LF ...] inclusion path, the leaf's sibling first
 *     LF
 *     checkpoint                verbatim, a signed note
 *
 * The file comes from whoever wants to be believed. Leaf hash, origin, keys and quorum come from the verifier.
 */
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { concatBytes, copyBytes, decodeUtf8, HASH_LENGTH, requireHashes, utf8 } from "./bytes.ts";
import { type CheckpointTrust, type OpenedCheckpoint, openCheckpoint } from "./checkpoint.ts";
import { LogError } from "./errors.ts";
import { MAX_PROOF_LENGTH, verifyInclusion } from "./inclusion.ts";
import { isCount, parseDecimal, requireCount } from "./numbers.ts";

const MAGIC = "c2sp.org/tlog-proof@v1";
/** Room for a note of the largest size and for extra data. */
const MAX_FILE_LENGTH = 2_000_000;

export interface TlogProof {
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note, byte for byte. */
  readonly checkpoint: Uint8Array;
  /** Opaque and unauthenticated: never trust it. */
  readonly extra?: Uint8Array;
}

export interface TlogProofPolicy extends CheckpointTrust {
  /** Of the entry's bytes, which the verifier has from elsewhere. */
  readonly leafHash: Uint8Array;
  /** How many witnesses must have cosigned; 0 asks for none. Keys of one name count once. */
  readonly quorum: number;
}

export interface VerifiedTlogProof extends OpenedCheckpoint {
  readonly index: number;
}

/** Throws `proof-malformed`, `hash-malformed` or `number-out-of-range` for what parseTlogProof() would refuse. */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): Uint8Array {
  requireCount(index);
  requireHashes(proof);
  if (proof.length > MAX_PROOF_LENGTH || checkpoint.length === 0) throw malformed();
  const lines = [MAGIC];
  if (extra !== undefined) lines.push(`extra ${encodeBase64(extra)}`);
  lines.push(`index ${index}`, ...proof.map(encodeBase64));
  const file = concatBytes([utf8(`${lines.join("\n")}\n\n`), checkpoint]);
  if (file.length > MAX_FILE_LENGTH) throw malformed();
  return file;
}

/** Parses only; nothing is verified, the checkpoint not even parsed. Throws `proof-malformed`. */
export function parseTlogProof(file: Uint8Array): TlogProof {
  if (file.length > MAX_FILE_LENGTH) throw malformed();
  const end = blankLine(file);
  const header = decodeUtf8(file.subarray(0, end));
  const checkpoint = copyBytes(file, end + 2);
  if (header === null || checkpoint.length === 0) throw malformed();
  const lines = header.split("\n");
  if (lines.shift() !== MAGIC) throw malformed();
  const extra = lines[0]?.startsWith("extra ") ? decode(lines.shift()!.slice("extra ".length)) : undefined;
  const indexLine = lines.shift();
  const index = indexLine?.startsWith("index ") ? parseDecimal(indexLine.slice("index ".length)) : null;
  if (index === null || lines.length > MAX_PROOF_LENGTH) throw malformed();
  const proof = lines.map(decode);
  if (proof.some((hash) => hash.length !== HASH_LENGTH)) throw malformed();
  return { index, proof, checkpoint, ...(extra === undefined ? {} : { extra }) };
}

/**
 * Parses and verifies the whole chain: log signature for that origin, known cosignatures, quorum, inclusion. Throws
 * what parseTlogProof() and openCheckpoint() throw, `quorum-not-met`, or `proof-invalid` when the path does not
 * lead from the leaf to the root. The index is proved, too.
 */
export async function verifyTlogProof(file: Uint8Array, policy: TlogProofPolicy): Promise<VerifiedTlogProof> {
  const { leafHash, quorum } = policy;
  if (!isCount(quorum)) throw new LogError("number-out-of-range", "Pass the quorum as an integer from 0 up.");
  requireHashes([leafHash]);
  const { index, proof, checkpoint: note } = parseTlogProof(file);
  const opened = await openCheckpoint(note, policy);
  if (new Set(opened.cosignatures.map(({ name }) => name)).size < quorum) {
    throw new LogError(
      "quorum-not-met",
      "Too few known witnesses cosigned: ask for a proof with more cosignatures.",
    );
  }
  const { size, root } = opened.checkpoint;
  if (!verifyInclusion({ leafHash, index, size, proof, root })) {
    throw new LogError(
      "proof-invalid",
      "The entry is not at this place in the log: ask for a proof of this entry.",
    );
  }
  return { ...opened, index };
}

/** Where the first blank line begins, i.e. the offset of the LF before it. */
function blankLine(file: Uint8Array): number {
  for (let at = 0; at + 1 < file.length; at++) {
    if (file[at] === 0x0a && file[at + 1] === 0x0a) return at;
  }
  throw malformed();
}

function decode(base64: string): Uint8Array {
  try {
    return decodeBase64(base64);
  } catch {
    throw malformed();
  }
}

function malformed(): LogError {
  return new LogError(
    "proof-malformed",
    "This is not a tlog-proof of version 1: get the file again from its source.",
  );
}
