/** Which captured copies public files name (PROTOCOL §8): manifests of public letters, and records that are not withheld. */
import { utf8Encode } from "@undersigned/core";
import type { Engine } from "@undersigned/service";
import { sql } from "kysely";
import type { Reader } from "../storage/schema.ts";
import { MANIFEST, RECORD } from "./letter-book.ts";

/**
 * Whether any of the workforce does. These files are canonical JSON, in which a quotation mark within a text has a backslash
 * before it, so the bytes looked for are nowhere but in a source. `copy` is base64url.
 */
export async function isCopyNamed(
  db: Reader,
  engine: Engine,
  workforce: number,
  copy: string,
): Promise<boolean> {
  const bytes = utf8Encode(`"copy":"${copy}"`);
  const within =
    engine === "sqlite"
      ? sql<boolean>`instr(bytes, ${bytes}) > 0`
      : sql<boolean>`position(${bytes}::bytea in bytes) > 0`;
  const row = await db
    .selectFrom("public_file")
    .select("kind")
    .where("workforce", "=", workforce)
    .where("kind", "in", [MANIFEST, RECORD])
    .where(within)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
