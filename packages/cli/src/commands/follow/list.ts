/** `undersigned follow list`: what a board follows, and what it has counted of it. */
import { type FollowedWorkforce, isCounted, sumOf } from "@undersigned/core";
import type { Command } from "commander";
import { withBoardAtHand } from "../../board-at-hand.ts";
import { printResult } from "../../io/output.ts";
import { type FollowedBoard, withFollowedBoard } from "./board-options.ts";

export function addFollowList(program: Command): void {
  const command = program
    .command("list")
    .summary("what is followed, and what was counted of it")
    .description(
      "On SQLite the board must be stopped; a board that runs says the same at its address, in /following.json.",
    );
  withFollowedBoard(command).action(run);
}

async function run(options: FollowedBoard): Promise<void> {
  const following = await withBoardAtHand(options, (board) => board.following());
  const { signatories, letters, companies, since } = sumOf(following);
  const sum =
    since === null
      ? []
      : [
          `${signatories} signatories of ${letters} letters at ${companies} companies, recounted since ${since}`,
        ];
  printResult(options.json === true, following, [...following.workforces.flatMap(linesOf), ...sum]);
}

function linesOf({ workforce, url, verified, problem }: FollowedWorkforce): string[] {
  return [
    `${workforce} at ${url}`,
    ...(verified === null
      ? ["  not recounted yet"]
      : [`  ${verified.employer}: recounted on ${verified.day}, ${verified.size} leaves`]),
    ...(verified?.letters ?? []).map(
      (letter) =>
        `  ${isCounted(letter) ? letter.counted.mailbox : "no number"}  ${letter.title ?? letter.letter}`,
    ),
    ...(problem === null ? [] : [`  ${problem.day}: ${problem.code}`]),
  ];
}
