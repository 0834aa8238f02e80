/** `undersigned post`: sends a request that somebody handed over. Needs no phrase, and learns none. */
import type { SignatoryRequest } from "@undersigned/client";
import { endorsementRequest, revisionRequest, shape, withdrawalRequest } from "@undersigned/core";
import type { Command } from "commander";
import { readObject } from "../io/files.ts";
import { type BoardOptions, openLog, withBoard, withToday } from "../options/log-options.ts";
import { type PostOptions, postAndKeep, requireFreeOutputs } from "../posted.ts";

const anyRequest = shape.union<SignatoryRequest>("type", {
  "endorsement-request": endorsementRequest,
  "revision-request": revisionRequest,
  "withdrawal-request": withdrawalRequest,
});

export function addPost(program: Command): void {
  const command = program
    .command("post")
    .summary("send a signature that somebody handed you as a file")
    .argument("<file>", "what `undersigned sign --out` and its like wrote")
    .option("--receipt <file>", "keep the board's receipt here, for the signatory")
    .option("--json", "print the receipt as JSON");
  withToday(withBoard(command)).action(run);
}

async function run(file: string, options: BoardOptions & PostOptions): Promise<void> {
  await requireFreeOutputs(options);
  const request = await readObject(file, "the request", anyRequest);
  await postAndKeep(await openLog(options), request, options);
}
