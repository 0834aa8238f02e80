/** `undersigned mirror`: a verified copy of everything that a board publishes, for any static web server. */
import { FollowError, MIRROR_LIMITS, type Mirrored, mirrorBoard } from "@undersigned/follow";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { fetchFor } from "../io/network.ts";
import { print, printResult } from "../io/output.ts";
import { startProgress } from "../io/progress.ts";
import { withProxy } from "../options/log-options.ts";
import { collect, id, wholeNumber } from "../options/values.ts";

interface Options {
  readonly workforce?: readonly string[];
  readonly maxGigabytes: number;
  readonly maxPages: number;
  readonly proxy?: string;
  readonly json?: boolean;
}

/** Beyond that many, a damaged log repeats itself. */
const SHOWN_FAILURES = 50;

export function addMirror(program: Command): void {
  const command = program
    .command("mirror")
    .summary("keep a verified copy of a board that any static web server serves")
    .description(
      "Copies the public files of every workforce and all pages that are linked. Each log is recounted before anything in the folder is replaced: if one is wrong, nothing changes. Run it again to bring the copy up to date; what was withheld or erased at the board goes from the copy, too.",
    )
    .argument(
      "<url>",
      "address of the board, or of another mirror, on https; plain http leads to this machine only",
    )
    .argument("<folder>", "where the copy is kept: a new folder, or an earlier copy's")
    .option(
      "--workforce <id>",
      "copy this workforce, by the id that you have from elsewhere; may be given several times. All that the board names, if left out",
      (value: string, before: string[] | undefined) => collect(id(value), before),
    )
    .option(
      "--max-gigabytes <n>",
      "take no more than that in one run",
      wholeNumber(1, 10_000),
      MIRROR_LIMITS.bytes / 1e9,
    )
    .option(
      "--max-pages <n>",
      "take no more pages and pictures than that",
      wholeNumber(1, 10_000_000),
      MIRROR_LIMITS.pages,
    )
    .option("--json", "print one JSON object");
  withProxy(command).action(run);
}

async function run(url: string, folder: string, options: Options): Promise<void> {
  const { workforce: workforces, maxGigabytes, maxPages, proxy, json = false } = options;
  const fetch = proxy === undefined ? undefined : await fetchFor({ proxy });
  const progress = startProgress("leaves");
  const mirrored = await mirrorBoard({
    ...{ url, folder },
    ...(workforces && { workforces }),
    ...(fetch && { fetch }),
    limits: { ...MIRROR_LIMITS, bytes: maxGigabytes * 1e9, pages: maxPages },
    onProgress: ({ leaves, size }) => progress.update(leaves, size),
  })
    .catch((error: unknown) => refuse(error, json))
    .finally(progress.stop);
  printResult(json, { mirror: "ok", ...mirrored }, linesOf(mirrored));
}

/** What is wrong with a log is said as `undersigned verify` says it. */
function refuse(error: unknown, json: boolean): never {
  if (!(error instanceof FollowError) || error.report === null) throw error;
  const { failures, workforce } = error.report;
  if (json) printResult(true, { mirror: "failed", workforce, failures }, []);
  else {
    const shown = failures.slice(0, SHOWN_FAILURES);
    print(`workforce ${workforce}`);
    for (const { code, leaf, message } of shown)
      print(`  ${code}${leaf === null ? "" : ` (leaf ${leaf})`}: ${message}`);
    if (failures.length > shown.length) print(`  and ${failures.length - shown.length} more`);
  }
  throw new CliError(
    "recount-failed",
    `${failures.length} checks do not hold. Nothing of this log is to be quoted, and nothing in the folder was changed.`,
  );
}

function linesOf({ url, workforces, files, changed, removed }: Mirrored): string[] {
  return [
    `mirror of ${url}: ${files} files, of which ${changed} are new or changed; ${removed} removed`,
    ...workforces.map(
      ({ workforce, employer, size, letters }) =>
        `  ${employer}: ${letters} letters, ${size} leaves, recounted (${workforce})`,
    ),
  ];
}
