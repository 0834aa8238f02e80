/** A board without its server, for a command that changes something in it. */
import type { OpenBoard } from "@undersigned/board";
import { type LockOptions, lockFor } from "./options/lock-options.ts";

/** Closed again, whatever `act` does. Throws what opening throws, and what `act` does. */
export async function withBoardAtHand<T>(
  options: LockOptions & { readonly data: string; readonly database?: string },
  act: (board: OpenBoard) => Promise<T>,
): Promise<T> {
  const lock = await lockFor(options);
  const { boardEvents, openBoard } = await import("@undersigned/board");
  const { createLogger, httpEvents } = await import("@undersigned/service");
  const board = await openBoard({
    dataDir: options.data,
    databaseUrl: options.database,
    lock,
    logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: process.stderr }),
  });
  try {
    return await act(board);
  } finally {
    await board.close();
  }
}
