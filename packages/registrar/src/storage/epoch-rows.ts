/** Rows of epochs: written once, when the keys are made. */

import type { EndorsementClass, EvidenceKind } from "@undersigned/core";
import { equalBytes } from "@undersigned/core";
import { RegistrarError } from "../errors.ts";
import type { RegistrarDatabase, RegistrarTables } from "./schema.ts";

export type EpochRow = RegistrarTables["epoch"];
export type IssuedRow = RegistrarTables["issued"];

export async function listEpochs(database: RegistrarDatabase): Promise<EpochRow[]> {
  return await database.db.selectFrom("epoch").selectAll().orderBy("epoch").execute();
}

export async function listIssued(database: RegistrarDatabase): Promise<IssuedRow[]> {
  return await database.db.selectFrom("issued").selectAll().orderBy("epoch").orderBy("evidence").execute();
}

/** How many mailboxes are enrolled, by epoch; none is missing but epochs without any. */
export async function countTags(database: RegistrarDatabase): Promise<ReadonlyMap<number, number>> {
  const rows = await database.db
    .selectFrom("enrolment")
    .select((query) => ["epoch", query.fn.countAll<number>().as("tags")])
    .groupBy("epoch")
    .execute();
  return new Map(rows.map((row) => [row.epoch, Number(row.tags)]));
}

/**
 * Adds an epoch with counts of zero. Durable on return. A second call with the same row changes nothing; another row
 * for the number throws `epoch-exists`.
 */
export async function addEpoch(
  database: RegistrarDatabase,
  row: EpochRow,
  evidence: readonly { readonly kind: EvidenceKind; readonly class: EndorsementClass }[],
): Promise<void> {
  await database.transaction(async (trx) => {
    const known = await trx.selectFrom("epoch").selectAll().where("epoch", "=", row.epoch).executeTakeFirst();
    if (known !== undefined) {
      if (equalBytes(known.statement, row.statement)) return;
      throw new RegistrarError(
        "epoch-exists",
        "This epoch has keys already. Use its statement, or open the next epoch.",
      );
    }
    await trx.insertInto("epoch").values(row).execute();
    for (const item of evidence) {
      await trx
        .insertInto("issued")
        .values({ epoch: row.epoch, class: item.class, evidence: item.kind, count: 0, stated: 0 })
        .execute();
    }
  });
}
