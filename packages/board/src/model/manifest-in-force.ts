/** The newest manifest of a workforce: it says who may open letters and epochs, and where registrars are found. */
import {
  encodeBase64url,
  parseWorkforceManifest,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Reader } from "../storage/schema.ts";
import { MANIFEST, requireFile } from "./letter-book.ts";

export type ManifestInForce = {
  /** Base64url. */
  readonly hash: string;
  readonly manifest: WorkforceManifest;
};

/** `workforce` is the number of a workforce that is there: it has a manifest from the beginning. */
export async function manifestInForce(db: Reader, workforce: number): Promise<ManifestInForce> {
  const { hash } = await db
    .selectFrom("manifest_version")
    .select("hash")
    .where("workforce", "=", workforce)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const file = await requireFile(db, workforce, MANIFEST, hash);
  return { hash: workforceManifestHash(file), manifest: parseWorkforceManifest(file) };
}

/** Of every workforce that the board serves, by its id, in the order in which they were added. */
export async function manifestsInForce(
  db: Reader,
): Promise<{ readonly workforce: string; readonly manifest: WorkforceManifest }[]> {
  const rows = await db.selectFrom("workforce").select(["number", "id"]).orderBy("number").execute();
  const all = [];
  for (const { number, id } of rows) {
    all.push({ workforce: encodeBase64url(id), manifest: (await manifestInForce(db, number)).manifest });
  }
  return all;
}
