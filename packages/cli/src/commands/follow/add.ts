/** `undersigned follow add`: a board is to follow a workforce of another board. */
import { parseFollowLink } from "@undersigned/follow";
import type { Command } from "commander";
import { withBoardAtHand } from "../../board-at-hand.ts";
import { printResult } from "../../io/output.ts";
import { type FollowedBoard, withFollowedBoard } from "./board-options.ts";

export function addFollowAdd(program: Command): void {
  const command = program
    .command("add")
    .summary("follow a workforce of another board")
    .description(
      "The board recounts its letters from their public files, at its start, at each tick and every --follow-every hours, and shows what it has counted itself at /elsewhere and in /following.json. The other board sees this one's network address. On SQLite the board must be stopped; it begins with its next start.",
    )
    .argument(
      "<link>",
      "link of a letter, board or mirror on https, with the workforce's id in its path or behind #",
    );
  withFollowedBoard(command).action(run);
}

async function run(link: string, options: FollowedBoard): Promise<void> {
  const of = parseFollowLink(link);
  await withBoardAtHand(options, (board) => board.followWorkforce(of));
  printResult(options.json === true, { ...of }, [`follows ${of.workforce} at ${of.url}`]);
}
