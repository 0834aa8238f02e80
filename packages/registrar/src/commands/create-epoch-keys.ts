/**
 * Makes the keys of an epoch and the statement that publishes them (PROTOCOL §3.3).
 *
 * An epoch never gets a second set of keys. Files are written in this order, each whole or not at all: tag key, epoch
 * keys with the signed statement in them, database row, issuance record. A crash leaves a beginning of that list, and
 * the next call goes on from there with what it finds. The record comes last and says that the epoch has begun: a
 * database that does not know an epoch with a record was replaced.
 */
import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import {
  decodeBase64url,
  type EndorsementClass,
  encodeBase64url,
  encodeKeyStatement,
  equalBytes,
  type KeyStatement,
  keyStatement,
  keyStatementHash,
  mailClosesBefore,
  mailWindow,
  parseKeyStatement,
  parseRsaSpki,
  randomBytes,
  type Signer,
  SLOTS,
  SUITE,
  signObject,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { epochKeyFingerprint, tagKeyFingerprint } from "../keys/fingerprints.ts";
import { readIssuanceRecord, writeIssuanceRecord } from "../keys/issuance-record.ts";
import {
  type EpochKeyFile,
  readEpochKeyFile,
  readTagKey,
  writeEpochKeyFile,
  writeTagKey,
} from "../keys/key-files.ts";
import {
  askSecondParty,
  requirePin,
  SecondPartyDown,
  type SecondPartyPin,
} from "../second-party/ask-second-party.ts";
import { listDestructions } from "../storage/destroyed-epochs.ts";
import { addEpoch, listEpochs } from "../storage/epoch-rows.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { RegistrarDatabase } from "../storage/schema.ts";
import { requireIdentity } from "./create-registrar-keys.ts";
import { readManifestFor } from "./sign-manifest.ts";

export type CreateEpochOptions = {
  readonly dataDir: string;
  readonly lock: Lock;
  /** As for `startRegistrar`. */
  readonly databaseUrl?: string | undefined;
  /** Bytes of the workforce manifest in force. */
  readonly manifestFile: Uint8Array;
  readonly epoch: number;
  /** First and last day on which people enrol. */
  readonly opens: string;
  readonly closes: string;
  /** A machine of other people's that holds half of what makes a tag. Fixed once the keys are made. */
  readonly secondParty?: SecondPartyPin | undefined;
};

/**
 * A key statement as it is published: the file's bytes, and the hash that an epoch leaf names it by. `noMailCounts`: existing
 * mail is accepted, and no day is left on which a mail may be dated (`mailWindow`, after this registrar's earlier epochs).
 */
export type StatementFile = { statement: Uint8Array; hash: string; noMailCounts: boolean };

/**
 * Idempotent: a second call returns the same statement. The registrar must not be running meanwhile; it serves the
 * epoch from its next start. Throws `epoch-exists` when the epoch has keys for other days or another manifest,
 * `epoch-lost` when it began on a database that is not this one, `tag-key-missing` and `epoch-keys-missing` when its
 * files are gone, `keys-destroyed`, `other-workforce`, `other-process-active`, `bad-manifest`, `not-a-registrar`, `keys-locked`, and
 * for a second party `bad-address`, `bad-element`, `second-party-down`, `second-party-wrong`, and
 * CoreError `bad-field` for a number or days that no statement can have.
 */
export async function createEpochKeys(options: CreateEpochOptions): Promise<StatementFile> {
  const identity = await requireIdentity(options.dataDir, options.lock);
  const manifest = readManifestFor(options.manifestFile, identity.publicKey);
  const outline = outlineStatement(options, manifest, identity);
  requirePossible(outline, manifest);
  const database = await openStorage(options, () => undefined);
  try {
    const statement = await createOnce(database, options, outline, identity, manifest);
    const noMailCounts = await isMailWindowEmpty(database, outline, manifest);
    return { statement, hash: keyStatementHash(statement), noMailCounts };
  } finally {
    await database.close();
  }
}

type Outline = Omit<KeyStatement, "keys" | "invitations" | "sig">;

function outlineStatement(
  options: CreateEpochOptions,
  manifest: WorkforceManifest,
  identity: Signer,
): Outline {
  const manifestHash = workforceManifestHash(options.manifestFile);
  return {
    type: "key-statement",
    v: 1,
    workforce: manifest.workforce ?? manifestHash,
    manifest: manifestHash,
    epoch: options.epoch,
    opens: options.opens,
    closes: options.closes,
    mailboxes: manifest.mailboxes,
    evidence: manifest.evidence,
    registrar: identity.publicKey,
  };
}

/** Number and days are checked before a key is made for them. */
function requirePossible(outline: Outline, manifest: WorkforceManifest): void {
  const blank = { suite: SUITE, spki: "AA" };
  const keys = classesOf(outline).flatMap((of) => slots().map((slot) => ({ class: of, slot, ...blank })));
  const invitations = numbersOf(manifest).map((number) => ({ number, ...blank }));
  const sig = encodeBase64url(new Uint8Array(64));
  keyStatement.check({ ...outline, keys, invitations, sig }, "");
}

async function isMailWindowEmpty(
  database: RegistrarDatabase,
  { epoch, closes }: Outline,
  { existingMail }: WorkforceManifest,
): Promise<boolean> {
  if (existingMail === null) return false;
  const statements = (await listEpochs(database)).map((row) => parseKeyStatement(row.statement));
  return mailWindow(existingMail, closes, mailClosesBefore(epoch, statements)) === null;
}

async function createOnce(
  database: RegistrarDatabase,
  options: CreateEpochOptions,
  outline: Outline,
  identity: Signer,
  manifest: WorkforceManifest,
): Promise<Uint8Array> {
  const { dataDir, lock, epoch } = options;
  const rows = await listEpochs(database);
  requireSameWorkforce(
    rows.map((row) => parseKeyStatement(row.statement)),
    outline,
  );
  const row = rows.find((known) => known.epoch === epoch);
  const begun = (await readIssuanceRecord(dataDir, epoch)) !== null;
  if (row === undefined && begun) {
    throw new RegistrarError(
      "epoch-lost",
      "This epoch began on another database: restore that one, or open the next epoch. Starting afresh would enrol people twice.",
    );
  }
  if ((await listDestructions(database)).some((known) => known.epoch === epoch)) {
    throw new RegistrarError(
      "keys-destroyed",
      "The keys of this epoch are destroyed, and it gets no others. Open the next epoch.",
    );
  }
  const tagKey = await tagKeyFor(dataDir, lock, epoch, row === undefined);
  const keys = await epochKeysFor(options, outline, identity, row === undefined ? numbersOf(manifest) : null);
  const statement = decodeBase64url(keys.statement);
  requireSameOutline(statement, outline, row?.statement);
  requireSameSecondParty(keys.secondParty, options.secondParty ?? null);
  await addEpoch(
    database,
    {
      epoch,
      manifest: decodeBase64url(keys.manifest),
      statement,
      tag_key: tagKeyFingerprint(tagKey),
      epoch_keys: epochKeyFingerprint(keys),
    },
    outline.evidence,
  );
  if (!begun) await writeIssuanceRecord(dataDir, epoch, []);
  return statement;
}

async function tagKeyFor(dataDir: string, lock: Lock, epoch: number, mayMake: boolean): Promise<Uint8Array> {
  const found = await readTagKey(dataDir, lock, epoch);
  if (found !== null) return found;
  if (!mayMake) {
    throw new RegistrarError(
      "tag-key-missing",
      "The tag key of this epoch is missing: restore it, or open the next epoch.",
    );
  }
  const key = randomBytes(32);
  await writeTagKey(dataDir, lock, epoch, encodeBase64url(key));
  return key;
}

/** Makes them where they may be made: `numbers` are then those of the invitations, else null. */
async function epochKeysFor(
  { dataDir, lock, epoch, manifestFile, secondParty }: CreateEpochOptions,
  outline: Outline,
  identity: Signer,
  numbers: readonly number[] | null,
): Promise<EpochKeyFile> {
  const found = await readEpochKeyFile(dataDir, lock, epoch);
  if (found !== null) return found;
  if (numbers === null) {
    throw new RegistrarError(
      "epoch-keys-missing",
      "The keys of this epoch are missing: restore them from their copy, or open the next epoch.",
    );
  }
  if (secondParty !== undefined) await trySecondParty(secondParty, outline, identity);
  const places = classesOf(outline).flatMap((of) => slots().map((slot) => ({ class: of, slot })));
  const pairs = await makeRsaKeys(places);
  const forInvitations = await makeRsaKeys(numbers.map((number) => ({ number })));
  const statement = signObject(
    {
      ...outline,
      keys: pairs.map((pair) => ({ class: pair.class, slot: pair.slot, suite: SUITE, spki: pair.spki })),
      invitations: forInvitations.map(({ number, spki }) => ({ number, suite: SUITE, spki })),
    },
    identity,
  );
  const file: EpochKeyFile = {
    type: "registrar-epoch-keys",
    v: 1,
    epoch,
    code: encodeBase64url(randomBytes(32)),
    mac: encodeBase64url(randomBytes(32)),
    manifest: encodeBase64url(manifestFile),
    statement: encodeBase64url(encodeKeyStatement(statement as KeyStatement)),
    keys: pairs.map((pair) => ({ class: pair.class, slot: pair.slot, pkcs8: pair.pkcs8 })),
    invitations: forInvitations.map(({ number, pkcs8 }) => ({ number, pkcs8 })),
    secondParty: secondParty ?? null,
  };
  await writeEpochKeyFile(dataDir, lock, file);
  return file;
}

/** A key that was copied wrong would be found by the first person who enrols, in an epoch that cannot have another. */
async function trySecondParty(pin: SecondPartyPin, outline: Outline, identity: Signer): Promise<void> {
  requirePin(pin);
  try {
    await askSecondParty(pin, { ...outline, identity }, randomBytes(32));
  } catch (error) {
    if (!(error instanceof SecondPartyDown)) throw error;
    throw new RegistrarError(
      "second-party-down",
      "The second party does not answer, or refuses: check its address, that it runs with this epoch's key, and that it was told this registrar's identity. Nothing was made: call this again.",
    );
  }
}

const generate = promisify(generateKeyPair);

/** A key of its own for each place. */
async function makeRsaKeys<Place extends object>(
  places: readonly Place[],
): Promise<(Place & { spki: string; pkcs8: string })[]> {
  return await Promise.all(
    places.map(async (place) => {
      const { publicKey, privateKey } = await generate("rsa", {
        modulusLength: 2048,
        publicExponent: 65_537,
      });
      const spki = publicKey.export({ format: "der", type: "spki" });
      parseRsaSpki(spki);
      const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" });
      const pair = { ...place, spki: encodeBase64url(spki), pkcs8: encodeBase64url(pkcs8) };
      pkcs8.fill(0);
      return pair;
    }),
  );
}

function classesOf(outline: Outline): EndorsementClass[] {
  return [...new Set(outline.evidence.map((item) => item.class))].sort();
}

function slots(): number[] {
  return Array.from({ length: SLOTS }, (_, slot) => slot);
}

/** Numbers of the invitations that each mailbox may give. */
function numbersOf({ vouching }: WorkforceManifest): number[] {
  return Array.from({ length: vouching?.invitations ?? 0 }, (_, number) => number);
}

function requireSameWorkforce(statements: readonly KeyStatement[], outline: Outline): void {
  if (statements.some((known) => known.workforce !== outline.workforce)) {
    throw new RegistrarError(
      "other-workforce",
      "This registrar serves another workforce: use a data folder and a database of its own for each.",
    );
  }
}

/** What exists was made for these days and this manifest, and is what the database holds, if it holds anything. */
function requireSameOutline(statement: Uint8Array, outline: Outline, stored: Uint8Array | undefined): void {
  const { keys, invitations, sig } = parseKeyStatement(statement);
  // Bytes decide: the same outline with the same keys and signature is the same file.
  const same = equalBytes(encodeKeyStatement({ ...outline, keys, invitations, sig }), statement);
  if (!same || (stored !== undefined && !equalBytes(stored, statement))) {
    throw new RegistrarError(
      "epoch-exists",
      "This epoch has keys already, for other days or another manifest. Use its statement, or open the next epoch.",
    );
  }
}

/** Other tags for the same mailboxes would enrol people twice. */
function requireSameSecondParty(found: SecondPartyPin | null, wanted: SecondPartyPin | null): void {
  if (found?.publicKey === wanted?.publicKey && found?.url === wanted?.url) return;
  throw new RegistrarError(
    "epoch-exists",
    "This epoch has keys already, with another second party or without one. Give the same, or open the next epoch.",
  );
}
