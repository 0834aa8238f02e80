/** A checkpoint known from before (PROTOCOL §10): the log must have grown out of the one that it described. */
import { equalBytes, type WorkforceManifest } from "@undersigned/core";
import { proveConsistency, verifyConsistency } from "@undersigned/log";
import type { Found } from "./errors.ts";
import { type LogCheckpoint, openLogCheckpoint } from "./open-checkpoint.ts";
import { tileReader } from "./read-bundles.ts";
import type { FileSource } from "./source.ts";

/** Null, with `known-checkpoint-foreign`, unless it is a checkpoint of this very log. */
export async function openKnown(
  note: Uint8Array,
  manifest: WorkforceManifest,
  found: Found,
): Promise<LogCheckpoint | null> {
  const foreign: Found = (_code, leaf, message) =>
    found("known-checkpoint-foreign", leaf, `Of the known one: ${message}`);
  return openLogCheckpoint(note, manifest, foreign);
}

/** `rootThen` is the root that the log's own leaves give at the known size; null where they could not all be read. */
export function checkKnown(
  known: LogCheckpoint,
  now: LogCheckpoint,
  rootThen: Uint8Array | null,
  found: Found,
): void {
  if (known.size > now.size) {
    const message = `The log has ${now.size} leaves and is known to have had ${known.size}: it was cut or is an old copy.`;
    found("log-shorter-than-known", null, message);
  } else if (known.size > 0 && rootThen !== null && !equalBytes(rootThen, known.root)) {
    const message = `The first ${known.size} leaves are not those that the known checkpoint describes: there are two logs.`;
    found("log-forked", null, message);
  }
}

/** The same from the tiles, by a consistency proof, for those who do not read every leaf. */
export async function checkKnownByProof(
  source: FileSource,
  known: LogCheckpoint,
  now: LogCheckpoint,
  found: Found,
): Promise<void> {
  if (known.size > now.size || known.size === 0) return checkKnown(known, now, null, found);
  const proof = await proveConsistency(known.size, now.size, tileReader(source)).catch(() => null);
  if (proof === null) {
    found("file-missing", null, "Tiles that lead from the known checkpoint to this one could not be read.");
    return;
  }
  const consistent = verifyConsistency({
    size1: known.size,
    root1: known.root,
    size2: now.size,
    root2: now.root,
    proof,
  });
  if (!consistent) {
    found(
      "log-forked",
      null,
      "The log does not lead from the known checkpoint to this one: there are two logs.",
    );
  }
}
