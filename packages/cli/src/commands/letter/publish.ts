/** `undersigned letter publish`: opens a letter, so that it can be signed. */
import { makeLetterLeaf, post } from "@undersigned/client";
import {
  createLinkKey,
  type JsonValue,
  type LetterManifest,
  letterId,
  parseLetterManifest,
  type SealedLetter,
  type Signer,
  sealLetter,
} from "@undersigned/core";
import type { Command } from "commander";
import { CliError } from "../../errors.ts";
import { anyAnswer } from "../../io/any-answer.ts";
import { readInput } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { openOpenerKey } from "../../opener-key.ts";
import { type LetterLink, linkOf, readLink, writeLink } from "../../options/link-file.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";
import { type BoardOptions, openLog, type PublicLog, withBoard } from "../../options/log-options.ts";
import { epochValue } from "../../options/values.ts";

interface Options extends BoardOptions, LockOptions {
  readonly openerKey: string;
  readonly epoch?: number;
  readonly unlisted?: string;
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
    .option(
      "--unlisted <file>",
      "keep the text for those who have the letter's link, which is written to this file before anything is sent; the same file again gives the same link",
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
  const unlisted = options.unlisted === undefined ? null : await prepareLink(options.unlisted, log, letter);
  if (before === undefined) {
    const signer = await openOpenerKey(options.openerKey, await lockFor(options));
    const sealed =
      unlisted === null
        ? null
        : await sealLetter(file, unlisted.linkKey, { workforce: log.view.workforce, letter });
    await open(log, manifest, sealed, signer, options.epoch);
  }
  const opened = before ?? (await openLog(options)).view.letters.get(letter);
  if (opened === undefined) {
    throw new CliError(
      "letter-not-there",
      "The board took the letter but its log does not hold it. Do the same again.",
    );
  }
  const { epoch, slot } = opened.leaf;
  const link = unlisted === null ? null : linkOf(log.board, unlisted);
  printResult(options.json === true, { letter, epoch, slot, ...(link !== null && { link }) }, [
    `letter: ${letter}`,
    `epoch ${epoch}, slot ${slot}`,
    ...(link === null
      ? []
      : [
          `link: ${link}`,
          "Who has the link can read the letter and pass the link on. That the letter is there, and its number, everybody can see.",
        ]),
  ]);
}

/** The link is durable before the letter is published: nobody can make it a second time. */
async function prepareLink(path: string, { board, view }: PublicLog, letter: string): Promise<LetterLink> {
  const { workforce } = view;
  const known = await readLink(path, workforce).catch((error: unknown) => {
    if (error instanceof CliError && error.code === "file-missing") return null;
    throw error;
  });
  if (known !== null && known.letter !== letter) {
    throw new CliError("file-exists", "The file holds the link of another letter. Name another file.");
  }
  if (known !== null) return known;
  const link = { workforce, letter, linkKey: createLinkKey() };
  await writeLink(path, linkOf(board, link));
  return link;
}

async function open(
  { fetch, board, view }: PublicLog,
  manifest: LetterManifest,
  unlisted: SealedLetter | null,
  signer: Signer,
  wanted: number | undefined,
): Promise<void> {
  const leaf = makeLetterLeaf(view, manifest, signer, wanted);
  const request = { type: "letter-request", v: 1, leaf, manifest, unlisted } as unknown as JsonValue;
  await post(board, "v1/letters", request, anyAnswer, { fetch });
}
