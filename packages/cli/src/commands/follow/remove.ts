/** `undersigned follow remove`: a board is to follow a workforce no more, and forgets what it has counted of it. */
import type { Command } from "commander";
import { withBoardAtHand } from "../../board-at-hand.ts";
import { printResult } from "../../io/output.ts";
import { id } from "../../options/values.ts";
import { type FollowedBoard, withFollowedBoard } from "./board-options.ts";

export function addFollowRemove(program: Command): void {
  const command = program
    .command("remove")
    .summary("follow a workforce no more")
    .description("On SQLite the board must be stopped.")
    .argument("<workforce>", "the workforce's id, as `undersigned follow list` prints it", id);
  withFollowedBoard(command).action(run);
}

async function run(workforce: string, options: FollowedBoard): Promise<void> {
  const removed = await withBoardAtHand(options, (board) => board.unfollowWorkforce(workforce));
  printResult(options.json === true, { removed }, [removed ? "removed" : "it was not followed"]);
}
