/**
 * Cards (PROTOCOL §3.6): what a registrar and a board tell about themselves, each signed by the key that it names.
 *
 * A card shows that whoever made it holds the key, and that nobody changed name or address on the way. It does not
 * show whose the key is: anybody can make a card in any name. That is settled by voice, over the hash of the manifest
 * that the cards went into. No client reads a card; clients take keys from the logged chain of manifests alone.
 */
import { parseCanonical } from "../canonical-json.ts";
import { CoreError } from "../errors.ts";
import { verifyObject } from "../signed.ts";
import { MAX_LEAF_BYTES, publicKey, serverUrl, signature64, version1 } from "./common.ts";
import { type Infer, literal, object, type Shape, text } from "./shape.ts";

export const registrarCard = object({
  type: literal("registrar-card"),
  v: version1,
  identity: publicKey,
  name: text(1, 100),
  operator: text(1, 200),
  url: serverUrl,
  sig: signature64,
});
export type RegistrarCard = Infer<typeof registrarCard>;

export const boardCard = object({
  type: literal("board-card"),
  v: version1,
  key: publicKey,
  url: serverUrl,
  log: object({ key: publicKey }),
  sig: signature64,
});
export type BoardCard = Infer<typeof boardCard>;

/**
 * A registrar's card from the bytes of its file. Throws CoreError `not-canonical`, `too-large`, `bad-field`,
 * `unknown-field`, and `signature-invalid` where `identity` has not signed it.
 */
export function openRegistrarCard(file: Uint8Array): Promise<RegistrarCard> {
  return open(file, registrarCard, (card) => card.identity);
}

/** A board's card; as `openRegistrarCard`, signed by `key`. */
export function openBoardCard(file: Uint8Array): Promise<BoardCard> {
  return open(file, boardCard, (card) => card.key);
}

async function open<T extends { readonly type: string; readonly sig: string }>(
  file: Uint8Array,
  shape: Shape<T>,
  keyOf: (card: T) => string,
): Promise<T> {
  const card = shape.check(parseCanonical(file, MAX_LEAF_BYTES), "");
  if (await verifyObject(card, keyOf(card))) return card;
  throw new CoreError(
    "signature-invalid",
    "The card is not signed by the key that it names: ask for it again, as its maker wrote it.",
  );
}
