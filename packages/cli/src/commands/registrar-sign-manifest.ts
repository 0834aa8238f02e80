/** `undersigned registrar-sign-manifest`: a registrar agrees to a workforce manifest. */
import { workforceManifestHash } from "@undersigned/core";
import type { Command } from "commander";
import { readInput, requireFree, writeObject } from "../io/files.ts";
import { printResult } from "../io/output.ts";
import type { ManifestSignature } from "../manifest-signature.ts";
import { type LockOptions, lockFor, withLock } from "../options/lock-options.ts";

interface Options extends LockOptions {
  readonly data: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addRegistrarSignManifest(program: Command): void {
  const command = program
    .command("registrar-sign-manifest")
    .summary("sign a workforce manifest that names this registrar")
    .argument("<manifest>", "what `undersigned workforce-draft` wrote; read it before you sign it")
    .requiredOption("--data <folder>", "the registrar's data folder")
    .requiredOption("-o, --out <file>", "where the signature is written, for the board's operator")
    .option("--json", "print one JSON object");
  withLock(command).action(run);
}

async function run(manifest: string, options: Options): Promise<void> {
  await requireFree(options.out);
  const manifestFile = await readInput(manifest, "the manifest");
  const { signManifest } = await import("@undersigned/registrar");
  const signed = await signManifest({ dataDir: options.data, lock: await lockFor(options), manifestFile });
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
