/** `undersigned workforce check`: what of a manifest is right, and what is missing before it can come into force. */

import { boardPrefix } from "@undersigned/client";
import { manifestSignature, parseWorkforceManifest, workforceManifestHash } from "@undersigned/core";
import { boundsWords } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import { httpSource, openWorkforce } from "@undersigned/verify";
import type { Command } from "commander";
import { manifestBytes } from "../../ceremony/agreement.ts";
import { readCards } from "../../ceremony/cards.ts";
import { type Checked, checkManifest } from "../../ceremony/check-manifest.ts";
import { manifestLines } from "../../ceremony/describe-manifest.ts";
import { differenceLines } from "../../ceremony/difference.ts";
import { CliError } from "../../errors.ts";
import { readInput, readObject } from "../../io/files.ts";
import { fetchThrough } from "../../io/network.ts";
import { printResult } from "../../io/output.ts";
import { withProxy } from "../../options/log-options.ts";
import { collect } from "../../options/values.ts";

interface Options {
  readonly card?: readonly string[];
  readonly signature?: readonly string[];
  readonly after?: string;
  readonly log?: string;
  readonly proxy?: string;
  readonly json?: boolean;
}

export function addWorkforceCheck(program: Command): void {
  const command = program
    .command("check")
    .summary("tell what of a manifest is right, and what is missing")
    .description(
      "Compares the manifest with cards, signatures, the version before it, and the log. Ends with 0 only if nothing is missing and nothing is wrong.",
    )
    .argument("<manifest>", "what `undersigned workforce new` or `amend` wrote")
    .option("--card <file>", "the card of a registrar or of the board; may be given many times", collect)
    .option("--signature <file>", "what `undersigned registrar sign-manifest` wrote; many times", collect)
    .option("--after <manifest>", "the manifest before this one")
    .option("--log <url>", "address of the board or a mirror: is the manifest in the logged chain?")
    .option("--json", "print one JSON object");
  withProxy(command).action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const file = await readInput(path, "the manifest");
  const manifest = parseWorkforceManifest(file);
  const beforeFile = options.after === undefined ? null : await readInput(options.after, "--after");
  const checked = await checkManifest({
    file,
    beforeFile,
    cards: await readCards(options.card ?? []),
    signatures: await Promise.all(
      (options.signature ?? []).map((one) => readObject(one, "--signature", manifestSignature)),
    ),
    logged: options.log === undefined ? null : await loggedHashes(options.log, file, options.proxy),
  });
  const before = beforeFile === null ? null : parseWorkforceManifest(beforeFile);
  const changed = before === null ? [] : differenceLines(before, manifest);
  const { workforce, version } = manifest;
  const hash = workforceManifestHash(file);
  const result = {
    workforce: workforce ?? hash,
    manifest: hash,
    version,
    bounds: boundsWords(sayIn("en"), manifest.bounds),
  };
  printResult(options.json === true, { ...result, changed, ...checked }, [
    ...manifestLines(file, manifest),
    ...changed.map((line) => `changed: ${line}`),
    ...checkedLines(checked),
  ]);
  if (checked.missing.length + checked.wrong.length === 0) return;
  throw new CliError(
    "manifest-incomplete",
    `${checked.wrong.length} things are wrong and ${checked.missing.length} are missing.`,
  );
}

function checkedLines({ right, missing, wrong }: Checked): string[] {
  return [
    ...right.map((line) => `right: ${line}`),
    ...missing.map((line) => `missing: ${line}`),
    ...wrong.map((line) => `WRONG: ${line}`),
  ];
}

/** Hashes of the manifests in the log's chain, the first one first. Throws VerifyError. */
async function loggedHashes(log: string, file: Uint8Array, proxy: string | undefined): Promise<string[]> {
  const workforce = parseWorkforceManifest(file).workforce ?? workforceManifestHash(file);
  const fetch = await fetchThrough(proxy);
  const source = httpSource(boardPrefix(log, workforce), { fetch: fetch as typeof globalThis.fetch });
  const { manifests } = await openWorkforce(source, workforce);
  return manifests.map((one) => workforceManifestHash(manifestBytes(one)));
}
