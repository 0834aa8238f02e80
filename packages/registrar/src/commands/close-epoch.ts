/**
 * The death of an epoch's keys (PROTOCOL §4, rule 11): after its last day tag key, MAC key, code key and slot keys go, and
 * all tags with them, so that nothing is left under which a mailbox could be tried.
 *
 * Only what has been done is stated, so the leaf is signed last. Each step is durable before the next and may be
 * repeated; a crash leaves a beginning of them, and the same call goes on from there. Once the leaf is kept, it is
 * what every further call returns, after the same steps: they also destroy what somebody has put back meanwhile.
 */
import {
  type DestructionLeaf,
  destructionLeaf,
  encodeLeaf,
  type JsonValue,
  type KeyStatement,
  parseKeyStatement,
  parseLeaf,
  parseWorkforceManifest,
  type Signer,
  signObject,
} from "@undersigned/core";
import type { Lock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { destroyKeyFile, keyFilesOf } from "../keys/destroy-key-files.ts";
import { destroyTags, keepDestruction, listDestructions, markEnding } from "../storage/destroyed-epochs.ts";
import { type EpochRow, listEpochs } from "../storage/epoch-rows.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { RegistrarDatabase } from "../storage/schema.ts";
import { requireIdentity } from "./create-registrar-keys.ts";

export type CloseEpochOptions = {
  readonly dataDir: string;
  readonly lock: Lock;
  /** As for `startRegistrar`. */
  readonly databaseUrl?: string | undefined;
  readonly epoch: number;
  /** Today, `YYYY-MM-DD`: the day that the leaf names if it is signed now. */
  readonly day: string;
};

/** `marked`, a file's name, `tags`, `kept`: what is done and durable. */
export type ClosingStep = string;

/**
 * The leaf for the board, which takes it from anybody. The registrar must not be running. Throws `epoch-unknown`,
 * `epoch-not-over` (`day` is not later than the epoch's last), `identity-differs`, `identity-missing`, `keys-locked`,
 * `other-process-active`, and ServiceError of the database. Whatever was thrown, the same call may be made again.
 */
export function closeEpoch(options: CloseEpochOptions): Promise<DestructionLeaf> {
  return closeEpochStepwise(options, () => undefined);
}

/** The address of the board by the manifest with which the epoch began. Throws `epoch-unknown`, `other-process-active`. */
export async function boardOfEpoch(
  options: Pick<CloseEpochOptions, "dataDir" | "databaseUrl" | "epoch">,
): Promise<string> {
  const database = await openStorage(options, () => undefined);
  try {
    return parseWorkforceManifest((await requireRow(database, options.epoch)).manifest).board.url;
  } finally {
    await database.close();
  }
}

/** `done` is called after each step, so that a test can pull the plug there. */
export async function closeEpochStepwise(
  options: CloseEpochOptions,
  done: (step: ClosingStep) => void,
): Promise<DestructionLeaf> {
  const { dataDir, lock, epoch, day } = options;
  const identity = await requireIdentity(dataDir, lock);
  const database = await openStorage(options, () => undefined);
  try {
    const statement = await requireOver(database, epoch, day, identity);
    await markEnding(database, epoch);
    done("marked");
    for (const name of keyFilesOf(epoch)) {
      await destroyKeyFile(dataDir, name);
      done(name);
    }
    await destroyTags(database, epoch);
    done("tags");
    const kept = await keptLeaf(database, epoch);
    const leaf = kept ?? (await keepDestruction(database, epoch, sign(statement, day, identity)));
    done("kept");
    return parseLeaf(leaf) as DestructionLeaf;
  } finally {
    await database.close();
  }
}

async function requireOver(
  database: RegistrarDatabase,
  epoch: number,
  day: string,
  identity: Signer,
): Promise<KeyStatement> {
  const row = await requireRow(database, epoch);
  const statement = parseKeyStatement(row.statement);
  if (statement.registrar !== identity.publicKey) {
    throw new RegistrarError(
      "identity-differs",
      "The database belongs to a registrar of another identity: name its own data folder.",
    );
  }
  if (day <= statement.closes) {
    throw new RegistrarError(
      "epoch-not-over",
      `People enrol in this epoch up to ${statement.closes}, and its keys are needed until then. Close it on a later day.`,
    );
  }
  return statement;
}

async function requireRow(database: RegistrarDatabase, epoch: number): Promise<EpochRow> {
  const row = (await listEpochs(database)).find((known) => known.epoch === epoch);
  if (row !== undefined) return row;
  throw new RegistrarError(
    "epoch-unknown",
    "This registrar has no keys for this epoch: check the number and the data folder.",
  );
}

async function keptLeaf(database: RegistrarDatabase, epoch: number): Promise<Uint8Array | null> {
  return (await listDestructions(database)).find((row) => row.epoch === epoch)?.leaf ?? null;
}

function sign({ workforce, epoch }: KeyStatement, day: string, identity: Signer): Uint8Array {
  const leaf = signObject(
    { type: "destruction" as const, v: 1 as const, workforce, epoch, registrar: identity.publicKey, day },
    identity,
  );
  return encodeLeaf(destructionLeaf.check(leaf as unknown as JsonValue, ""));
}
