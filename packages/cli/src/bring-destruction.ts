/** Brings a registrar's statement that its keys are destroyed to the board, and looks whether it is in the log. */
import { boardPrefix, ClientError, type Fetch, post } from "@undersigned/client";
import type { DestructionLeaf, DestructionRequest, JsonValue } from "@undersigned/core";
import { httpSource, openWorkforce, readStated } from "@undersigned/verify";
import { CliError } from "./errors.ts";
import { anyAnswer } from "./io/any-answer.ts";

/** Safe to repeat. Throws `board-not-told`, and ClientError and VerifyError for what the board refuses or gives. */
export async function bringDestruction(board: string, leaf: DestructionLeaf, fetch: Fetch): Promise<void> {
  const prefix = boardPrefix(board, leaf.workforce);
  const request: DestructionRequest = { type: "destruction-request", v: 1, leaf };
  try {
    await post(prefix, "v1/destructions", request as unknown as JsonValue, anyAnswer, { fetch });
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "no-answer") throw error;
    throw notTold("The board does not answer.");
  }
  const source = httpSource(prefix, { fetch: fetch as typeof globalThis.fetch });
  const { stated } = await openWorkforce(source, leaf.workforce, { stated: readStated });
  const logged = stated?.destructions.get(`${leaf.epoch} ${leaf.registrar}`);
  if (logged?.sig !== leaf.sig) throw notTold("The board took the statement, and its log does not hold it.");
}

function notTold(what: string): CliError {
  return new CliError("board-not-told", `${what} The keys are destroyed; give the same command again later.`);
}
