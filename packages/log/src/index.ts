/**
 * @undersigned/log: Merkle trees, tiles, signed notes, checkpoints, cosignatures and proofs of a transparency log
 * (RFC 6962, RFC 9162, C2SP signed-note and tlog-*). It knows nothing of letters, does no I/O and holds no keys:
 * readers, Ed25519 and clocks are passed in. Runs in browsers and in Node.
 */
export { decodeBase64, encodeBase64 } from "./base64.ts";
export {
  type Checkpoint,
  type CheckpointTrust,
  formatCheckpoint,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  type TreeHead,
  type VerifiedCosignature,
} from "./checkpoint.ts";
export { CompactRange } from "./compact-range.ts";
export { type ConsistencyClaim, verifyConsistency } from "./consistency.ts";
export {
  type Cosignature,
  type CosignatureVerifier,
  cosignatureMessage,
  ed25519CosignatureSigner,
  ed25519CosignatureVerifier,
  readCosignature,
} from "./cosignature.ts";
export { decodeEntries, encodeEntries, MAX_ENTRY_LENGTH } from "./entry-bundle.ts";
export { LogError, type LogErrorCode } from "./errors.ts";
export { type InclusionClaim, MAX_PROOF_LENGTH, verifyInclusion } from "./inclusion.ts";
export { EMPTY_ROOT, leafHash, nodeHash, rootOf } from "./merkle.ts";
export {
  appendSignatures,
  type Ed25519Sign,
  type Ed25519Verify,
  ed25519NoteSigner,
  ed25519NoteVerifier,
  formatNote,
  formatSignatureLine,
  MAX_NOTE_LENGTH,
  MAX_NOTE_SIGNATURES,
  type NoteSignature,
  type NoteSigner,
  type NoteVerifier,
  type OpenedNote,
  openNote,
  type ParsedNote,
  parseNote,
  parseSignatureLines,
  signNote,
} from "./note.ts";
export { EMPTY_EDGE, type Growth, growEdge, type RightEdge, rangeOfEdge } from "./right-edge.ts";
export {
  type Append,
  appendLeaves,
  loadEdge,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  type TileReader,
} from "./tile-tree.ts";
export {
  decodeTile,
  encodeTile,
  entriesPath,
  newTiles,
  type ParsedTileIndex,
  parseEntriesPath,
  parseTilePath,
  TILE_WIDTH,
  type TileId,
  tilePath,
  tilesOf,
} from "./tiles.ts";
export {
  formatTlogProof,
  parseTlogProof,
  type TlogProof,
  type TlogProofPolicy,
  type VerifiedTlogProof,
  verifyTlogProof,
} from "./tlog-proof.ts";
export {
  formatVkey,
  isKeyName,
  KEY_TYPE_COSIGNATURE_ED25519,
  KEY_TYPE_COSIGNATURE_MLDSA44,
  KEY_TYPE_ED25519,
  noteKeyId,
  parseVkey,
  type Vkey,
} from "./vkey.ts";
