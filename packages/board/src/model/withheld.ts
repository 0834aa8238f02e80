/** What stands in the place of records that organisers have withheld. None of it ever goes. */
import type { Reader } from "../storage/schema.ts";
import { WITHHELD } from "./letter-book.ts";

/** Of all workforces. */
export async function countWithheld(db: Reader): Promise<number> {
  // By workforce, as the table's key goes: all other files are many, and large.
  const { notices } = await db
    .selectFrom("public_file")
    .where("workforce", "in", db.selectFrom("workforce").select("number"))
    .where("kind", "=", WITHHELD)
    .select((row) => row.fn.countAll().as("notices"))
    .executeTakeFirstOrThrow();
  return Number(notices);
}
