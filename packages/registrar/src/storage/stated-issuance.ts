/** Counts that are stated in the log: read, rounded down, and never lower than before. */
import type { EvidenceKind } from "@undersigned/core";
import type { IssuedCounts } from "../keys/issuance-record.ts";
import type { RegistrarDatabase } from "./schema.ts";

/** Counts are stated in whole batches, so that the log does not show when a single person enrolled. */
export const ISSUANCE_BATCH = 20;

/**
 * What may be stated now, by kind of evidence, sorted; `changed` says whether a number rose. The highest number is
 * durable on return. Two calls at once are put in order by the database, and neither states less than the other.
 */
export async function stateIssuance(
  database: RegistrarDatabase,
  epoch: number,
): Promise<{ issued: IssuedCounts; changed: boolean }> {
  return await database.transaction(async (trx) => {
    const rows = await trx
      .selectFrom("issued")
      .selectAll()
      .where("epoch", "=", epoch)
      .orderBy("evidence")
      .execute();
    let changed = false;
    const issued: IssuedCounts = [];
    for (const row of rows) {
      const count = Math.max(row.stated, row.count - (row.count % ISSUANCE_BATCH));
      if (count !== row.stated) {
        changed = true;
        await trx
          .updateTable("issued")
          .set({ stated: count })
          .where("epoch", "=", epoch)
          .where("evidence", "=", row.evidence)
          .execute();
      }
      issued.push({ evidence: row.evidence as EvidenceKind, count });
    }
    return { issued, changed };
  });
}
