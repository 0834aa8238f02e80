/** Workforce leaves (PROTOCOL §4 rule 1, §3.1): a chain of manifests, each agreed to by those whom the one before names. */
import {
  type JsonValue,
  parseWorkforceManifest,
  verifyDetached,
  type WorkforceLeaf,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Ledger, Version } from "./ledger.ts";
import { manifestPath } from "./public-files.ts";
import { parseFile, readFile } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

/** Reads a workforce manifest by its hash; null, with a failure, unless its bytes have that hash and its format. */
export async function readWorkforceManifest(
  source: FileSource,
  hash: string,
  found: Found,
  leaf: number | null,
): Promise<WorkforceManifest | null> {
  const path = manifestPath(hash);
  const file = await readFile(source, path, LIMITS.document, found, { leaf });
  if (file === null) return null;
  if (workforceManifestHash(file) !== hash) {
    found(
      "manifest-mismatch",
      leaf,
      `The file ${path} is another manifest than the one that its name is the hash of.`,
    );
    return null;
  }
  return parseFile(() => parseWorkforceManifest(file), path, "manifest-mismatch", found, { leaf });
}

/** Checks a workforce leaf and, if all is well with it, puts its manifest in force. */
export async function checkWorkforceLeaf(
  ledger: Ledger,
  source: FileSource,
  leaf: WorkforceLeaf,
  index: number,
  found: Found,
): Promise<void> {
  let ok = true;
  const note: Found = (...failure) => {
    ok = false;
    found(...failure);
  };
  const before = ledger.inForce;
  if ((index === 0) !== (leaf.version === 1)) {
    note(
      "leaf-out-of-place",
      index,
      "The workforce leaf of version 1 is leaf 0, and leaf 0 is nothing else.",
    );
    return;
  }
  if (index > 0 && before === undefined) return;
  if (leaf.workforce !== ledger.workforce || (index === 0 && leaf.manifest !== ledger.workforce)) {
    note("workforce-mismatch", index, "The leaf is of another workforce than this log.");
  }
  const manifest = await readWorkforceManifest(source, leaf.manifest, note, index);
  if (manifest === null) return;
  checkChain(before, leaf, manifest, ledger.workforce, index, note);
  await checkSignatures(before?.manifest, leaf, manifest, index, note);
  if (ok) ledger.versions.push({ manifest, hash: leaf.manifest, index });
}

function checkChain(
  before: Version | undefined,
  leaf: WorkforceLeaf,
  manifest: WorkforceManifest,
  workforce: string,
  index: number,
  found: Found,
): void {
  const broken = (message: string) => found("manifest-chain-broken", index, message);
  if (manifest.version !== leaf.version || manifest.previous !== leaf.previous) {
    broken("The leaf and its manifest differ in version or in the manifest before.");
  }
  if (before === undefined) return;
  if (leaf.version !== before.manifest.version + 1) {
    broken(`Version ${before.manifest.version + 1} must follow; this is version ${leaf.version}.`);
  }
  if (leaf.previous !== before.hash) broken("The manifest does not follow the one that is in force.");
  if (manifest.workforce !== workforce) broken("The manifest is of another workforce.");
  if (manifest.log.key !== before.manifest.log.key)
    broken("The log's key may not change within a workforce.");
}

/** Every signature must be valid and by a registrar of either version; strangers' signatures have no place in a leaf. */
async function checkSignatures(
  before: WorkforceManifest | undefined,
  leaf: WorkforceLeaf,
  manifest: WorkforceManifest,
  index: number,
  found: Found,
): Promise<void> {
  const wrong = (message: string) => found("manifest-signatures", index, message);
  const now = manifest.registrars.map((registrar) => registrar.identity);
  const earlier = before?.registrars.map((registrar) => registrar.identity) ?? [];
  const signed = new Set<string>();
  for (const { registrar, sig } of leaf.signatures) {
    if (!now.includes(registrar) && !earlier.includes(registrar)) {
      wrong("The leaf has a signature of somebody who is no registrar of this workforce.");
    } else if (
      !(await verifyDetached("workforce-manifest", manifest as unknown as JsonValue, registrar, sig))
    ) {
      wrong("A registrar's signature does not belong to this manifest.");
    } else {
      signed.add(registrar);
    }
  }
  if (now.some((registrar) => !earlier.includes(registrar) && !signed.has(registrar))) {
    wrong("A registrar that the manifest names for the first time has not signed it.");
  }
  const agreeing = earlier.filter((registrar) => signed.has(registrar)).length;
  if (before !== undefined && agreeing < before.quorum) {
    wrong(`${before.quorum} registrars of the version before must have signed; ${agreeing} did.`);
  }
}
