/**
 * Adds a workforce to this board, or a further version of its manifest (PROTOCOL §3.1; §4, rule 1). An operator's
 * command: no request from outside comes here, but the manifest and the signatures are other people's.
 */
import {
  decodeBase64url,
  encodeCanonical,
  encodeLeaf,
  type JsonValue,
  parseCanonical,
  parseWorkforceManifest,
  verifyDetached,
  type WorkforceLeaf,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { EMPTY_ROOT } from "@undersigned/log";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { LogAppend, type WorkforceRow } from "../log/log-append.ts";
import { idBytes, MANIFEST } from "../model/letter-book.ts";
import { type ManifestInForce, manifestInForce } from "../model/manifest-in-force.ts";
import type { Trx } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import { logClientBuild } from "./log-client-build.ts";
import { putFile } from "./put-file.ts";

export type ManifestSignature = {
  /** Identity key, base64url. */
  readonly registrar: string;
  /** 64 bytes, base64url, over M("workforce-manifest", manifest). */
  readonly sig: string;
};

export type AddedWorkforce = { readonly workforce: string; readonly version: number };

/**
 * Logs the manifest. The very version that is in force already changes nothing. Durable when it resolves. Throws
 * `not-this-board`, `log-key-taken`, `witnesses-not-supported`, `manifest-chain`, `manifest-signatures`, or CoreError
 * for a file that is no manifest.
 */
export async function addWorkforce(
  board: Board,
  input: { readonly manifestFile: Uint8Array; readonly signatures: readonly ManifestSignature[] },
): Promise<AddedWorkforce> {
  const { manifestFile, signatures } = input;
  const manifest = parseWorkforceManifest(manifestFile);
  requireOurs(board, manifest);
  const hash = workforceManifestHash(manifestFile);
  const workforce = manifest.workforce ?? hash;
  const done = await write(board.database, board.database.engine, async (trx) => {
    const known = await readWorkforce(trx, workforce);
    const before = known === undefined ? null : await manifestInForce(trx, known.number);
    if (before !== null && before.hash === hash) return null;
    requireNext(manifest, hash, before);
    await requireSignatures(manifest, before?.manifest ?? null, manifestFile, signatures);
    const row = known ?? (await createRow(board, trx, workforce, manifest));
    const log = await LogAppend.begin(trx, row, board.seen);
    const leaf: WorkforceLeaf = {
      type: "workforce",
      v: 1,
      workforce,
      version: manifest.version,
      manifest: hash,
      previous: manifest.previous,
      signatures: signatures
        .map(({ registrar, sig }) => ({ registrar, sig }))
        .sort((a, b) => (a.registrar < b.registrar ? -1 : 1)),
    };
    await putFile(trx, row.number, MANIFEST, hash, manifestFile);
    const leaf_index = await log.add(encodeLeaf(leaf));
    const { version } = manifest;
    await trx
      .insertInto("manifest_version")
      .values({ workforce: row.number, version, hash: decodeBase64url(hash, 32), leaf_index })
      .execute();
    return { number: row.number, head: await log.finish(board.signerOf(row.log_key)) };
  });
  if (done !== null) {
    board.seen.set(done.number, done.head);
    board.logger.event("workforce-added", { version: manifest.version });
  }
  await logClientBuild(board);
  return { workforce, version: manifest.version };
}

function requireOurs(board: Board, manifest: WorkforceManifest): void {
  if (manifest.witnessQuorum > 0) {
    throw new BoardError(
      "witnesses-not-supported",
      "This board cannot collect cosignatures yet: set witnessQuorum to 0.",
    );
  }
  if (!board.keys.logs.has(manifest.log.key) || manifest.board.key !== board.keys.board.publicKey) {
    throw new BoardError(
      "not-this-board",
      "The manifest names another log or board key: use this board's keys.",
    );
  }
}

async function readWorkforce(trx: Trx, workforce: string): Promise<WorkforceRow | undefined> {
  return await trx
    .selectFrom("workforce")
    .selectAll()
    .where("id", "=", idBytes(workforce) ?? new Uint8Array())
    .executeTakeFirst();
}

function requireNext(manifest: WorkforceManifest, hash: string, before: ManifestInForce | null): void {
  if (before === null) {
    if (manifest.version === 1) return;
    throw new BoardError("manifest-chain", "This board does not have the first version: add that one first.");
  }
  const { version, log } = before.manifest;
  if (manifest.version !== version + 1 || manifest.previous !== before.hash) {
    throw new BoardError(
      "manifest-chain",
      `Version ${version} is in force: the next one has version ${version + 1} and names its hash as previous.`,
    );
  }
  if (manifest.log.key !== log.key) {
    throw new BoardError("manifest-chain", "The log key never changes within a workforce: keep it.");
  }
  if (hash === before.hash) throw new BoardError("manifest-chain", "This version is in force already.");
}

/** Every signature must hold, by a registrar of this version or the one before; and enough of them must be there. */
async function requireSignatures(
  manifest: WorkforceManifest,
  before: WorkforceManifest | null,
  manifestFile: Uint8Array,
  signatures: readonly ManifestSignature[],
): Promise<void> {
  const refuse = (what: string) => new BoardError("manifest-signatures", what);
  const now = new Set(manifest.registrars.map(({ identity }) => identity));
  const old = new Set(before?.registrars.map(({ identity }) => identity));
  const signed = new Set(signatures.map(({ registrar }) => registrar));
  if (signed.size !== signatures.length)
    throw refuse("A registrar has signed twice: give each signature once.");
  const object: JsonValue = parseCanonical(manifestFile, manifestFile.length);
  for (const { registrar, sig } of signatures) {
    if (!now.has(registrar) && !old.has(registrar)) {
      throw refuse("A signature is by somebody who is no registrar here: leave it out.");
    }
    const valid = await verifyDetached("workforce-manifest", object, registrar, sig).catch(() => false);
    if (!valid) throw refuse("A registrar's signature does not fit this file: have it signed again.");
  }
  const missing = [...now].filter((identity) => !old.has(identity) && !signed.has(identity));
  if (missing.length > 0)
    throw refuse("Every registrar that is new must sign: add the signatures that are missing.");
  const agreeing = [...old].filter((identity) => signed.has(identity)).length;
  if (before !== null && agreeing < before.quorum) {
    throw refuse(`At least ${before.quorum} registrars of the version in force must sign.`);
  }
}

async function createRow(
  board: Board,
  trx: Trx,
  workforce: string,
  manifest: WorkforceManifest,
): Promise<WorkforceRow> {
  const log_key = decodeBase64url(manifest.log.key, 32);
  const taken = await trx
    .selectFrom("workforce")
    .select("number")
    .where("log_key", "=", log_key)
    .executeTakeFirst();
  if (taken !== undefined) {
    throw new BoardError(
      "log-key-taken",
      "Another workforce has this log key, and two logs under one key would look like a fork: add a log key.",
    );
  }
  const { last } = await trx
    .selectFrom("workforce")
    .select((row) => row.fn.coalesce(row.fn.max("number"), row.lit(0)).as("last"))
    .executeTakeFirstOrThrow();
  const row: WorkforceRow = {
    number: Number(last) + 1,
    id: decodeBase64url(workforce, 32),
    log_key,
    size: 0,
    root: EMPTY_ROOT,
    checkpoint: new Uint8Array(),
    index_file: encodeCanonical({}),
    // Today's tick was at midnight.
    last_tick: board.clock.day(),
  };
  await trx.insertInto("workforce").values(row).execute();
  return row;
}
