/**
 * The registrar's card (PROTOCOL §3.6): what it tells organisers about itself. A copy stays in the data folder, so
 * that it signs no manifest in which another name, operator or address was put beside its key.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CoreError,
  encodeCanonical,
  openRegistrarCard,
  type RegistrarCard,
  registrarCard,
  signObject,
  type WorkforceManifest,
} from "@undersigned/core";
import { type Lock, writePrivateFile } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { createRegistrarKeys, requireIdentity } from "./create-registrar-keys.ts";

export type CardDetails = Pick<RegistrarCard, "name" | "operator" | "url">;

/**
 * The card, as canonical bytes, and its copy in the data folder, which replaces an earlier one. Makes the identity if
 * there is none. The same details give the same bytes. Throws CoreError `bad-field` for details that no manifest can
 * have, before anything is made, and what `createRegistrarKeys` throws.
 */
export async function makeRegistrarCard(options: {
  readonly dataDir: string;
  readonly lock: Lock;
  readonly details: CardDetails;
}): Promise<{ card: RegistrarCard; file: Uint8Array }> {
  const { dataDir, lock } = options;
  const { name, operator, url } = options.details;
  const blank = { type: "registrar-card" as const, v: 1 as const, name, operator, url };
  registrarCard.check({ ...blank, identity: "A".repeat(43), sig: "A".repeat(86) }, "");
  const { identity } = await createRegistrarKeys({ dataDir, lock });
  const card = signObject({ ...blank, identity }, await requireIdentity(dataDir, lock));
  const file = encodeCanonical(card);
  await writePrivateFile(cardPath(dataDir), file);
  return { card, file };
}

/** Null where none was made. Throws `card-damaged`. */
export async function readRegistrarCard(dataDir: string): Promise<RegistrarCard | null> {
  let file: Uint8Array;
  try {
    file = await readFile(cardPath(dataDir));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return await openRegistrarCard(file);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    throw new RegistrarError("card-damaged", "The card in the data folder is damaged: make it again.");
  }
}

/** Throws `card-differs` where the manifest says something else beside this registrar's key than its card. */
export function requireOwnCard(manifest: WorkforceManifest, card: RegistrarCard): void {
  const entry = manifest.registrars.find(({ identity }) => identity === card.identity);
  const differing = (["name", "operator", "url"] as const).filter((field) => entry?.[field] !== card[field]);
  if (differing.length === 0) return;
  throw new RegistrarError(
    "card-differs",
    `The manifest's entry for this registrar is not its card (${differing.join(", ")}): sign nothing, and tell whoever made the manifest. If the card is out of date, make a new one first.`,
  );
}

export function cardPath(dataDir: string): string {
  return join(dataDir, "card.json");
}
