/** Names that only their bearer should sign with, and words that wait for a look: one list of each for the whole desk. */
import { type ActBody, shape, shownText } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";

const TABLE = "desk_moderation";
const names = shape.list(shownText(100), 0, 500);
const record = shape.object({ publicFigures: names, words: names, version: shape.integer() });

export type ModerationLists = shape.Infer<typeof record>;

export async function readModerationLists(desk: Desk, db: DeskReader): Promise<ModerationLists> {
  const row = await db.selectFrom(TABLE).select("sealed").executeTakeFirst();
  if (row === undefined) return { publicFigures: [], words: [], version: 0 };
  return desk.sealer.open(TABLE, "1", row.sealed, record);
}

/** The version that is saved now. Throws `lists-changed` where somebody else has changed the lists since `base`. */
export async function saveModerationLists(
  desk: Desk,
  trx: DeskTrx,
  { publicFigures, words, base }: ActBody<"moderation-lists-save">,
): Promise<number> {
  const now = await readModerationLists(desk, trx);
  const same = (a: readonly string[], b: readonly string[]) => JSON.stringify(a) === JSON.stringify(b);
  if (same(now.publicFigures, publicFigures) && same(now.words, words)) return now.version;
  if (now.version !== base) {
    throw new DeskError(
      "lists-changed",
      "Somebody else has changed these lists: load them, then change them again.",
    );
  }
  const version = now.version + 1;
  const sealed = desk.sealer.seal(TABLE, "1", { publicFigures, words, version });
  await trx
    .insertInto(TABLE)
    .values({ one: 1, sealed })
    .onConflict((conflict) => conflict.column("one").doUpdateSet({ sealed }))
    .execute();
  return version;
}
