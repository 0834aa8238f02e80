/** `undersigned letter publish`: opens a letter, so that it can be signed. */
import { type Fetch, post } from "@undersigned/client";
import {
  encodeLeaf,
  type JsonValue,
  type LetterManifest,
  leafName,
  letterId,
  parseLetterManifest,
  type Signer,
  signObject,
} from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import type { Command } from "commander";
import { chooseEpoch, slotsTaken } from "../../choose-epoch.ts";
import { CliError } from "../../errors.ts";
import { anyAnswer } from "../../io/any-answer.ts";
import { readInput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { openOpenerKey } from "../../opener-key.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { type BoardOptions, openLog, withBoard } from "../../options/log-options.ts";
import { epochValue } from "../../options/values.ts";

interface Options extends BoardOptions, LockOptions {
  readonly openerKey: string;
  readonly epoch?: number;
  readonly json?: boolean;
}

export function addLetterPublish(program: Command): void {
  const command = program
    .command("publish")
    .summary("open a letter for signing")
    .description(
      "Gives the letter the next slot of an epoch, signs its leaf, sends both to the board and looks whether it is in the log.",
    )
    .argument("<letter>", "what `undersigned letter draft` wrote; it cannot be changed afterwards")
    .requiredOption("--opener-key <file>", "what `undersigned opener-key` wrote")
    .option(
      "--epoch <n>",
      "the epoch; the newest with room that spans the letter's days if left out",
      epochValue,
    )
    .option("--json", "print one JSON object");
  withLock(withBoard(command)).action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const file = await readInput(path, "the letter");
  const manifest = parseLetterManifest(file);
  const letter = letterId(file);
  if (manifest.workforce !== options.workforce) {
    throw new CliError(
      "file-malformed",
      "The letter names another workforce than --workforce. Draft it anew.",
    );
  }
  const log = await openLog(options);
  const before = log.view.letters.get(letter);
  if (before === undefined) {
    const signer = await openOpenerKey(options.openerKey, await lockFor(options));
    await open(log.fetch, log.board, log.view, manifest, letter, signer, options.epoch);
  }
  const opened = before ?? (await openLog(options)).view.letters.get(letter);
  if (opened === undefined) {
    throw new CliError(
      "letter-not-there",
      "The board took the letter but its log does not hold it. Do the same again.",
    );
  }
  const { epoch, slot } = opened.leaf;
  printResult(options.json === true, { letter, epoch, slot }, [
    `letter: ${letter}`,
    `epoch ${epoch}, slot ${slot}`,
  ]);
}

async function open(
  fetch: Fetch,
  board: string,
  view: WorkforceView,
  manifest: LetterManifest,
  letter: string,
  signer: Signer,
  wanted: number | undefined,
): Promise<void> {
  if (!view.manifest.openers.includes(signer.publicKey)) {
    throw new CliError("not-an-opener", "The workforce's manifest does not let this key open letters.");
  }
  const epoch = chooseEpoch(view, manifest, wanted);
  const leaf = signObject(
    {
      type: "letter" as const,
      v: 1 as const,
      workforce: view.workforce,
      letter,
      version: 1 as const,
      epoch,
      slot: slotsTaken(view, epoch),
      previous: lastLetter(view),
      opens: manifest.opens,
      closes: manifest.closes,
      batch: manifest.batch,
      by: signer.publicKey,
    },
    signer,
  );
  const request = { type: "letter-request", v: 1, leaf, manifest } as unknown as JsonValue;
  await post(board, "v1/letters", request, anyAnswer, { fetch });
}

/** Leaf hash of the letter leaf that stands last in the log. */
function lastLetter(view: WorkforceView): string | null {
  const last = [...view.letters.values()].sort((a, b) => b.index - a.index)[0];
  return last === undefined ? null : leafName(encodeLeaf(last.leaf));
}
