/** The number that is stated never falls, whatever the counts under it do. */
import { eachDatabase } from "@undersigned/service/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type RegistrarTables, registrarMigrations } from "../src/storage/schema.ts";
import { ISSUANCE_BATCH, stateIssuance } from "../src/storage/stated-issuance.ts";

eachDatabase("stated issuance", (under) => {
  it("is a multiple of the batch, at most the count, and rises only", async () => {
    const database = await under.open<RegistrarTables>({ migrations: registrarMigrations });
    const row = { class: "mailbox", evidence: "mailbox-code", count: 0, stated: 0 };
    let epoch = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(120), { maxLength: 8 }), async (steps) => {
        epoch += 1;
        await database.db
          .insertInto("issued")
          .values({ ...row, epoch })
          .execute();
        let [count, before] = [0, 0];
        for (const step of steps) {
          count += step;
          await database.db.updateTable("issued").set({ count }).where("epoch", "=", epoch).execute();
          const { issued, changed } = await stateIssuance(database, epoch);
          const stated = issued[0]!.count;
          expect(stated % ISSUANCE_BATCH).toBe(0);
          expect(count - stated).toBeGreaterThanOrEqual(0);
          expect(count - stated).toBeLessThan(ISSUANCE_BATCH);
          expect(changed).toBe(stated > before);
          before = stated;
        }
        await database.db.updateTable("issued").set({ count: 0 }).where("epoch", "=", epoch).execute();
        expect((await stateIssuance(database, epoch)).issued[0]!.count).toBe(before);
      }),
      { numRuns: 20 },
    );
  });
});
