/** Keys from which this board takes nothing new, though a manifest names them (see RefusesKey in board.ts). */
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";

/** Throws `key-refused`. */
export async function requireWelcome(board: Board, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (!(await board.refusesKey(key))) continue;
    throw new BoardError(
      "key-refused",
      "The organiser with this key was removed from the desk, or is no owner any more: ask an owner.",
    );
  }
}
