/** `undersigned phrase`: makes a recovery phrase. */
import { generatePhrase } from "@undersigned/core";
import type { Command } from "commander";
import { print, say } from "../io/output.ts";

export function addPhrase(program: Command): void {
  program
    .command("phrase")
    .summary("make a recovery phrase")
    .description("Makes twelve words from which everything of yours derives. Write them down on paper.")
    .action(() => {
      print(generatePhrase());
      say(
        "Write these words down, on paper. Whoever has them is you; without them nothing can be changed or taken back.",
      );
      say("Do not keep them on a work device or in a file.");
    });
}
