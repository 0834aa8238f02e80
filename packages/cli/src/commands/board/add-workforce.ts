/** `undersigned board add-workforce`: begins a workforce's log, or puts a later version of its manifest in force. */
import { type ManifestSignature, manifestSignature, workforceManifestHash } from "@undersigned/core";
import type { Command } from "commander";
import { withBoardAtHand } from "../../board-at-hand.ts";
import { CliError } from "../../errors.ts";
import { readInput, readObject } from "../../io/files.ts";
import { printResult } from "../../io/output.ts";
import { type LockOptions, withLock } from "../../options/lock-options.ts";
import { collect } from "../../options/values.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly database?: string;
  readonly signature: readonly string[];
  readonly json?: boolean;
}

export function addBoardAddWorkforce(program: Command): void {
  const command = program
    .command("add-workforce")
    .summary("serve a workforce, or a new version of its manifest")
    .description("On SQLite the board must be stopped; it serves the workforce from its next start.")
    .argument("<manifest>", "the workforce manifest")
    .requiredOption("--data <folder>", "the board's data folder")
    .option("--database <url>", "its database, where that is not in the data folder")
    .requiredOption(
      "--signature <file>",
      "what `undersigned registrar sign-manifest` wrote; once for each registrar",
      collect,
    )
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(manifest: string, options: Options): Promise<void> {
  const manifestFile = await readInput(manifest, "the manifest");
  const hash = workforceManifestHash(manifestFile);
  const signatures = await Promise.all(options.signature.map((path) => readSignature(path, hash)));
  const { workforce } = await withBoardAtHand(options, (board) =>
    board.addWorkforce({ manifestFile, signatures }),
  );
  printResult(options.json === true, { workforce, manifest: hash }, [`workforce: ${workforce}`]);
}

async function readSignature(
  path: string,
  hash: string,
): Promise<Pick<ManifestSignature, "registrar" | "sig">> {
  const { manifest, registrar, sig } = await readObject(path, "--signature", manifestSignature);
  if (manifest === hash) return { registrar, sig };
  throw new CliError("file-malformed", "A file given for --signature is of another manifest.");
}
