/**
 * What a registrar checks before it serves: that keys, database and its own earlier statements belong together. Each
 * refusal here stands for a way in which a person could be enrolled twice or be locked out.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readdir } from "node:fs/promises";
import {
  decodeBase64url,
  type EndorsementClass,
  encodeBase64url,
  equalBytes,
  InvitationVerifier,
  invitationKey,
  type KeyStatement,
  parseKeyStatement,
  parseRsaSpki,
  parseWorkforceManifest,
  type RsaPublicKey,
  type Signer,
  type WorkforceManifest,
} from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import type { SecondPartyPin } from "../second-party/ask-second-party.ts";
import { listDestructions } from "../storage/destroyed-epochs.ts";
import { countTags, type EpochRow, type IssuedRow, listEpochs, listIssued } from "../storage/epoch-rows.ts";
import type { RegistrarDatabase } from "../storage/schema.ts";
import { keyFilesOf } from "./destroy-key-files.ts";
import { epochKeyFingerprint, tagKeyFingerprint } from "./fingerprints.ts";
import { type IssuedCounts, readIssuanceRecord } from "./issuance-record.ts";
import { type EpochKeyFile, keyPath, readEpochKeyFile, readTagKey } from "./key-files.ts";

/** Keys of 32 bytes each, and the second party that a tag takes as well, if the epoch began with one. */
export type EpochSecrets = {
  readonly tag: Uint8Array;
  readonly mac: Uint8Array;
  readonly code: Uint8Array;
  readonly secondParty: SecondPartyPin | null;
};

export type Epoch = {
  readonly number: number;
  readonly statement: KeyStatement;
  readonly statementFile: Uint8Array;
  /** The manifest in force for the epoch. */
  readonly manifest: WorkforceManifest;
  /** Public keys by slot, of each class. */
  readonly slots: ReadonlyMap<EndorsementClass, readonly RsaPublicKey[]>;
  /** What checks invitations, by number: as many as a mailbox may give. */
  readonly invitations: readonly InvitationVerifier[];
  /** Null when the epoch was over as the registrar started, when its keys are lost, and when they are destroyed. */
  readonly secrets: EpochSecrets | null;
  /** Whether the epoch is not over and yet none of its keys is there, as after restoring a backup: nobody enrols. */
  readonly lost: boolean;
  /** From when the destruction of its keys has begun; the leaf, as bytes, once it is complete. */
  readonly destroyed: { readonly leaf: Uint8Array | null } | null;
  /** Counts in the record beside the tag key. */
  readonly recorded: IssuedCounts | null;
};

/**
 * Private keys by slot under the name of their set, `<epoch>/<class>`, and by number under `<epoch>/invitations`; for the
 * signing workers only.
 */
export type PrivateKeySets = Map<string, KeyObject[]>;

export function keySetName(epoch: number, of: EndorsementClass | "invitations"): string {
  return `${epoch}/${of}`;
}

export type LoadedEpochs = { epochs: ReadonlyMap<number, Epoch>; privateKeys: PrivateKeySets };

/**
 * Reads every epoch of the database, and the keys of those that are neither over on `day` nor destroyed. Throws
 * `identity-differs`, `epoch-lost`, `tags-missing`, `tag-key-missing`, `tag-key-differs`, `issuance-record-missing`, `epoch-keys-missing`,
 * `epoch-keys-differ`, `keys-locked`.
 */
export async function loadEpochs(
  database: RegistrarDatabase,
  options: { readonly dataDir: string; readonly lock: Lock; readonly identity: Signer; readonly day: string },
): Promise<LoadedEpochs> {
  const { dataDir, lock, identity, day } = options;
  const rows = await listEpochs(database);
  const issued = await listIssued(database);
  const destructions = new Map((await listDestructions(database)).map((row) => [row.epoch, row]));
  const tags = await countTags(database);
  await requireEveryBegunEpoch(dataDir, rows);
  const epochs = new Map<number, Epoch>();
  const privateKeys: PrivateKeySets = new Map();
  for (const row of rows) {
    const statement = parseKeyStatement(row.statement);
    if (statement.registrar !== identity.publicKey) {
      throw new RegistrarError(
        "identity-differs",
        "The database belongs to a registrar of another identity: start it with its own data folder.",
      );
    }
    const recorded = await readIssuanceRecord(dataDir, row.epoch);
    const counts = issued.filter((item) => item.epoch === row.epoch);
    const destroyed = destructions.get(row.epoch) ?? null;
    // Where tags are being destroyed, the counts alone remain.
    if (destroyed === null) requireCountedTags(tags.get(row.epoch) ?? 0, counts);
    requireStatedTags(counts, recorded);
    // Also on a clock that went back: what is marked stays closed.
    const running = statement.closes >= day && destroyed === null;
    const lost = running && !(await hasKeyFiles(dataDir, row.epoch));
    if (running && recorded === null && !lost) {
      throw new RegistrarError(
        "issuance-record-missing",
        "The issuance record beside the tag key is missing: restore it, or run the command that opened the epoch once more if that was cut short.",
      );
    }
    const slots = publicKeys(statement);
    const secrets = running && !lost ? await openSecrets(dataDir, lock, row, statement, privateKeys) : null;
    epochs.set(row.epoch, {
      number: row.epoch,
      statement,
      statementFile: row.statement,
      manifest: parseWorkforceManifest(row.manifest),
      slots,
      invitations: invitationVerifiers(statement),
      secrets,
      lost,
      destroyed,
      recorded,
    });
  }
  return { epochs, privateKeys };
}

/** An epoch that has a record but no row began on another database. */
async function requireEveryBegunEpoch(dataDir: string, rows: readonly EpochRow[]): Promise<void> {
  const known = new Set(rows.map((row) => `tag-${row.epoch}.issued.json`));
  const names = await readdir(keyPath(dataDir, "."));
  if (names.some((name) => /^tag-\d+\.issued\.json$/.test(name) && !known.has(name))) {
    throw new RegistrarError(
      "epoch-lost",
      "An epoch that has begun is not in this database: restore the right one. A new one would enrol people twice.",
    );
  }
}

async function hasKeyFiles(dataDir: string, epoch: number): Promise<boolean> {
  const files = keyFilesOf(epoch);
  return (await readdir(keyPath(dataDir, "."))).some((name) => files.includes(name));
}

function requireCountedTags(tags: number, issued: readonly IssuedRow[]): void {
  const counted = issued.reduce((sum, row) => sum + row.count, 0);
  if (tags !== counted) throw tagsMissing();
}

function requireStatedTags(issued: readonly IssuedRow[], recorded: IssuedCounts | null): void {
  if (issued.some((row) => row.count < row.stated)) throw tagsMissing();
  for (const { evidence, count } of recorded ?? []) {
    const row = issued.find((item) => item.evidence === evidence);
    if (row === undefined || row.count < count) throw tagsMissing();
  }
}

function tagsMissing(): RegistrarError {
  return new RegistrarError(
    "tags-missing",
    "The database holds fewer enrolments than this registrar has counted and stated: it is an old copy. Restore the newest one.",
  );
}

function publicKeys(statement: KeyStatement): Map<EndorsementClass, RsaPublicKey[]> {
  const slots = new Map<EndorsementClass, RsaPublicKey[]>();
  for (const key of statement.keys) {
    const list = slots.get(key.class) ?? [];
    list.push(parseRsaSpki(decodeBase64url(key.spki)));
    slots.set(key.class, list);
  }
  return slots;
}

function invitationVerifiers({ workforce, epoch, registrar, invitations }: KeyStatement) {
  return invitations.map(
    ({ number, spki }) =>
      new InvitationVerifier(invitationKey({ workforce, epoch, number, registrar }, spki)),
  );
}

async function openSecrets(
  dataDir: string,
  lock: Lock,
  row: EpochRow,
  statement: KeyStatement,
  privateKeys: PrivateKeySets,
): Promise<EpochSecrets> {
  const tag = await readTagKey(dataDir, lock, row.epoch);
  if (tag === null) {
    throw new RegistrarError(
      "tag-key-missing",
      "The tag key of a running epoch is missing: restore it, or end the epoch. A new key would enrol people twice.",
    );
  }
  if (!equalBytes(tagKeyFingerprint(tag), row.tag_key)) {
    throw new RegistrarError(
      "tag-key-differs",
      "The tag key is not the one that this database was filled with: restore the right one.",
    );
  }
  const file = await readEpochKeyFile(dataDir, lock, row.epoch);
  if (file === null) {
    throw new RegistrarError(
      "epoch-keys-missing",
      "The keys of a running epoch are missing: restore them from their copy.",
    );
  }
  if (!equalBytes(epochKeyFingerprint(file), row.epoch_keys)) throw keysDiffer();
  for (const [name, keys] of openPrivateKeys(file, statement)) privateKeys.set(name, keys);
  return {
    tag,
    mac: decodeBase64url(file.mac, 32),
    code: decodeBase64url(file.code, 32),
    secondParty: file.secondParty,
  };
}

/** Each private key must be the one whose public half the statement has published for its place. */
function openPrivateKeys(file: EpochKeyFile, statement: KeyStatement): PrivateKeySets {
  const sets: PrivateKeySets = new Map();
  const add = (name: string, key: KeyObject) => sets.set(name, [...(sets.get(name) ?? []), key]);
  const { epoch, keys, invitations } = statement;
  if (file.keys.length !== keys.length || file.invitations.length !== invitations.length) throw keysDiffer();
  for (const [i, published] of keys.entries()) {
    const held = file.keys[i]!;
    if (held.class !== published.class || held.slot !== published.slot) throw keysDiffer();
    add(keySetName(epoch, published.class), openPrivateKey(held.pkcs8, published.spki));
  }
  for (const [i, published] of invitations.entries()) {
    const held = file.invitations[i]!;
    if (held.number !== published.number) throw keysDiffer();
    add(keySetName(epoch, "invitations"), openPrivateKey(held.pkcs8, published.spki));
  }
  return sets;
}

function openPrivateKey(pkcs8: string, published: string): KeyObject {
  const der = decodeBase64url(pkcs8);
  const key = createPrivateKey({
    key: Buffer.from(der.buffer, der.byteOffset, der.length),
    format: "der",
    type: "pkcs8",
  });
  der.fill(0);
  const spki = encodeBase64url(createPublicKey(key).export({ format: "der", type: "spki" }));
  if (spki !== published) throw keysDiffer();
  return key;
}

function keysDiffer(): RegistrarError {
  return new RegistrarError(
    "epoch-keys-differ",
    "The epoch's keys are not those that this registrar has published: restore the right key file.",
  );
}
