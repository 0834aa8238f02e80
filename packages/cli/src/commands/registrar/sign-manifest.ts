/** `undersigned registrar sign-manifest`: a registrar looks at a workforce manifest, and agrees to it. */
import { type ManifestSignature, parseWorkforceManifest, workforceManifestHash } from "@undersigned/core";
import type { Command } from "commander";
import { manifestLines } from "../../ceremony/describe-manifest.ts";
import { differenceLines } from "../../ceremony/difference.ts";
import { CliError } from "../../errors.ts";
import { readInput, requireFree, writeObject } from "../../io/files.ts";
import { printResult, say } from "../../io/output.ts";
import { ask } from "../../io/prompt.ts";
import { type LockOptions, lockFor, withLock } from "../../options/lock-options.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly after?: string;
  readonly out: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addRegistrarSignManifest(program: Command): void {
  const command = program
    .command("sign-manifest")
    .summary("sign a workforce manifest that names this registrar")
    .description(
      "Shows what would be signed, and refuses a manifest whose entry for this registrar is not its card. Compare the hash with the other registrars by voice before you agree.",
    )
    .argument("<manifest>", "what `undersigned workforce new` or `amend` wrote")
    .requiredOption("--data <folder>", "the registrar's data folder")
    .option("--after <manifest>", "the manifest in force, where this is a later version: shows what changes")
    .requiredOption("-o, --out <file>", "where the signature is written, for the board's operator")
    .option("--yes", "agree without being asked: for scripts, after somebody has looked")
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(path: string, options: Options): Promise<void> {
  await requireFree(options.out);
  const manifestFile = await readInput(path, "the manifest");
  const beforeFile = options.after === undefined ? undefined : await readInput(options.after, "--after");
  const changed = changesIn(manifestFile, beforeFile);
  const { signManifest } = await import("@undersigned/registrar");
  const lock = await lockFor(options);
  const signed = await signManifest({ dataDir: options.data, lock, manifestFile, beforeFile });
  // Signing has checked that the manifest is one, and that its entry is this registrar's.
  for (const line of manifestLines(manifestFile, parseWorkforceManifest(manifestFile), signed.registrar))
    say(line);
  for (const line of changed) say(`changed: ${line}`);
  if (options.yes !== true) await requireAgreement();
  const signature: ManifestSignature = {
    type: "manifest-signature",
    v: 1,
    manifest: workforceManifestHash(manifestFile),
    registrar: signed.registrar,
    sig: signed.sig,
  };
  await writeObject(options.out, signature);
  printResult(options.json === true, signature, [`signed: ${signature.manifest}`]);
}

/** Nobody signs a change without having been shown it. */
function changesIn(manifestFile: Uint8Array, beforeFile: Uint8Array | undefined): string[] {
  const manifest = parseWorkforceManifest(manifestFile);
  if (manifest.version === 1) return [];
  if (beforeFile === undefined) {
    throw new CliError(
      "after-needed",
      "This is a later version: give the manifest in force with --after, to see what changes.",
    );
  }
  if (manifest.previous !== workforceManifestHash(beforeFile)) {
    throw new CliError("file-malformed", "The manifest given for --after is not the one before this one.");
  }
  return differenceLines(parseWorkforceManifest(beforeFile), manifest);
}

async function requireAgreement(): Promise<void> {
  const answer = await ask("Is all of this right? Type yes to sign: ", "--yes");
  if (answer === "yes") return;
  throw new CliError("not-confirmed", "Nothing was signed.");
}
