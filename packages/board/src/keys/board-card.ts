/** A board's card (PROTOCOL §3.6): the keys and the address that a workforce's manifest names. */
import { type BoardCard, boardCard, encodeCanonical, signObject } from "@undersigned/core";
import { BoardError } from "../errors.ts";
import { type KeyOptions, openBoardKeys } from "./board-keys.ts";

/**
 * The card, as canonical bytes. `logKey` (base64url) is needed where the board has several. The same keys and address
 * give the same bytes. Throws `log-key-missing`, CoreError `bad-field` for an address that no manifest can have, and
 * what `openBoardKeys` throws.
 */
export async function makeBoardCard(
  options: KeyOptions & { readonly url: string; readonly logKey?: string | undefined },
): Promise<{ card: BoardCard; file: Uint8Array }> {
  const { board, logs } = await openBoardKeys(options);
  const keys = [...logs.keys()];
  const key = options.logKey ?? (keys.length === 1 ? keys[0] : undefined);
  if (key === undefined || !logs.has(key)) {
    throw new BoardError(
      "log-key-missing",
      "Say which log key the card is for: this board has several, or not the one that was named.",
    );
  }
  const card = signObject(
    { type: "board-card" as const, v: 1 as const, key: board.publicKey, url: options.url, log: { key } },
    board,
  );
  boardCard.check(card, "");
  return { card, file: encodeCanonical(card) };
}
