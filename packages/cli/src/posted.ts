/** The end of every command that sends something of a signatory: to a file, or to the board for a receipt. */
import { ClientError, postRequest, type SignatoryRequest } from "@undersigned/client";
import type { Receipt } from "@undersigned/core";
import { requireFree, writeObject } from "./io/files.ts";
import { printResult, say } from "./io/output.ts";
import { type PublicLog, today } from "./options/log-options.ts";

export interface PostOptions {
  readonly out?: string;
  readonly receipt?: string;
  readonly today?: string;
  readonly json?: boolean;
}

/** Before anything is asked or signed. */
export async function requireFreeOutputs(options: PostOptions): Promise<void> {
  await requireFree(options.out);
  await requireFree(options.receipt);
}

/** Writes the request to `--out`, or posts it and keeps or prints the receipt. */
export async function postOrWrite(
  log: PublicLog,
  request: SignatoryRequest,
  options: PostOptions,
): Promise<void> {
  if (options.out !== undefined) {
    await writeObject(options.out, request);
    say(
      "Written, not sent. Whoever has the file can send it for you with `undersigned post`, from any network.",
    );
    return;
  }
  await postAndKeep(log, request, options);
}

export async function postAndKeep(
  log: PublicLog,
  request: SignatoryRequest,
  options: PostOptions,
): Promise<void> {
  const { view, fetch, board } = log;
  try {
    const receipt = await postRequest(view, request, { fetch, board, today: options.today ?? today() });
    await keep(receipt, options);
  } catch (error) {
    // The board has taken the request and signed: what it promised is evidence, whatever is wrong with the day.
    if (error instanceof ClientError && error.receipt !== null) await keep(error.receipt, options);
    throw error;
  }
}

async function keep(receipt: Receipt, options: PostOptions): Promise<void> {
  if (options.receipt !== undefined) await writeObject(options.receipt, receipt);
  printResult(options.json === true, receipt, [
    `Taken. It will be in the log by the end of ${receipt.due} (UTC) as leaf ${receipt.leaf}.`,
  ]);
  if (options.receipt === undefined && options.json !== true) {
    say("The receipt was not kept; with --receipt FILE you can prove the board's promise.");
  }
}
