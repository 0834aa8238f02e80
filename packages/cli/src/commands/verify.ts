/** `undersigned verify`: recounts from public files alone. Exit code 0 only if every check holds. */

import { resolve } from "node:path";
import {
  type Failure,
  type FileSource,
  type LetterReport,
  openSource,
  type Report,
  recount,
} from "@undersigned/verify";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { requireFree, writeOutput } from "../io/files.ts";
import { fetchFor } from "../io/network.ts";
import { print, printResult } from "../io/output.ts";
import { startProgress } from "../io/progress.ts";
import { knownCheckpoint, linkKeys, withKnown, withProxy, withWorkforce } from "../options/log-options.ts";
import { id } from "../options/values.ts";

interface Options {
  readonly workforce: string;
  readonly known?: string;
  readonly letter?: string;
  readonly linkFile?: string;
  readonly keepCheckpoint?: string;
  readonly proxy?: string;
  readonly json?: boolean;
}

/** The public file that says size and root, signed by the log. */
const CHECKPOINT = "checkpoint";
/** Beyond that many, a damaged log repeats itself. `--json` has them all. */
const SHOWN_FAILURES = 50;

export function addVerify(program: Command): void {
  const command = program
    .command("verify")
    .summary("count signatures from the public files alone")
    .description(
      "Checks every leaf, token and signature of a log. Needs nobody's word, and no network for a folder or bundle.",
    )
    .argument("<source>", "address of a board or mirror, a folder with the files, or a bundle")
    .option("--letter <id>", "report this letter alone; the whole log is checked all the same", id)
    .option("--link-file <file>", "file with the link of an unlisted letter: its text is read, too")
    .option(
      "--keep-checkpoint <file>",
      "keep the signed checkpoint, if all holds, to give with --known next time; may be the same file",
    )
    .option("--json", "print the whole report as one JSON object");
  withProxy(withKnown(withWorkforce(command))).action(run);
}

async function run(from: string, options: Options): Promise<void> {
  await requireKeepable(options);
  const files = await openSource(from, options.workforce, { fetch: await fetchFor(options) });
  let note: Uint8Array | null = null;
  const source: FileSource = {
    async read(path, maxBytes) {
      const file = await files.read(path, maxBytes);
      if (path === CHECKPOINT) note = file;
      return file;
    },
  };
  const progress = startProgress("leaves");
  const report = await recount(source, {
    workforce: options.workforce,
    ...(await knownCheckpoint(options)),
    ...(await linkKeys(options.linkFile, options.workforce)),
    ...(options.letter !== undefined && { letter: options.letter }),
    onProgress: ({ leaves, size }) => progress.update(leaves, size),
  }).finally(progress.stop);

  if (options.json === true) printResult(true, report, []);
  else printReport(report);
  if (report.ok && note !== null && options.keepCheckpoint !== undefined) {
    await writeOutput(options.keepCheckpoint, note, { replace: true });
  }
  if (!report.ok) {
    throw new CliError(
      "recount-failed",
      `${report.failures.length} checks do not hold. Nothing of this log is to be quoted.`,
    );
  }
  if (options.letter !== undefined && report.letters.length === 0) {
    throw new CliError("recount-failed", "Every check holds, but this letter is not in the log.");
  }
}

/** A checkpoint is replaced by one that was shown to continue it, and nothing else is. Throws `file-exists`. */
async function requireKeepable({ keepCheckpoint, known }: Options): Promise<void> {
  if (keepCheckpoint === undefined) return;
  if (known === undefined || resolve(known) !== resolve(keepCheckpoint)) await requireFree(keepCheckpoint);
}

function printReport(report: Report): void {
  for (const failure of report.failures.slice(0, SHOWN_FAILURES)) print(failureLine(failure));
  const more = report.failures.length - SHOWN_FAILURES;
  if (more > 0) print(`… and ${more} more; --json names all of them.`);
  for (const letter of report.letters) print(...letterLines(letter), "");
  if (report.issuance.length > 0) print(...report.issuance.map(issuanceLine), "");
  if (report.notChecked.length > 0)
    print("What this does not show:", ...report.notChecked.map(({ message }) => `- ${message}`), "");
  if (report.checkpoint !== null)
    print(
      "Checkpoint (to compare with what others see; --keep-checkpoint keeps it signed):",
      report.checkpoint,
    );
  print(...report.letters.map((letter) => letter.sentence));
}

/** Each failure with its leaf, so that two people who disagree look at the same place. */
function failureLine({ code, leaf, letter, message }: Failure): string {
  const where = [leaf === null ? null : `leaf ${leaf}`, letter === undefined ? null : `letter ${letter}`];
  const named = where.filter((part) => part !== null).join(", ");
  return `FAILED ${code}${named === "" ? "" : ` (${named})`}: ${message}`;
}

function letterLines(letter: LetterReport): string[] {
  const { counted, withdrawn, appearances, closing, earlyClosing, headcount, days } = letter;
  const shown = appearances.mailbox;
  const confirmed = shown.named === 0 ? "" : ` (${shown.confirmed} confirmed by work mailbox)`;
  return [
    titleLine(letter),
    `  letter      ${letter.letter}`,
    `  state       ${letter.state}, signed from ${letter.opens} to ${letter.closes}`,
    ...(earlyClosing === null
      ? []
      : [
          `              ${earlyClosing.by.length} organisers moved the last day from ${earlyClosing.instead}, as stated on ${earlyClosing.day}`,
        ]),
    `  counted     ${counted.mailbox}${headcount === null ? " (no headcount is stated)" : ` of headcount ${headcount.number} (${headcount.source}, ${headcount.day})`}`,
    `              ${shown.named} by name${confirmed}, ${shown.role} by role, ${shown.anonymousOrErased} with nothing shown${shown.hidden === 0 ? "" : `, ${shown.hidden} hidden`}`,
    ...(counted.vouched > 0 ? [`  vouched for ${counted.vouched}, counted apart`] : []),
    `  taken back  ${withdrawn.mailbox}`,
    ...(days === null ? [] : [`  came out    ${days.first} to ${days.last}`]),
    ...(closing === null ? [] : [`  at closing  ${closing.counts.mailbox} (${closing.day})`]),
    ...furtherLines(letter),
  ];
}

/** What became of it: each thing with its leaf, to be looked up. */
function furtherLines(letter: LetterReport): string[] {
  const { deliveries, responses, judgements, dealings, chronicle } = letter;
  const register = dealings.at(-1);
  return [
    ...deliveries.map(
      (row) => `  handed over ${row.delivered} (${row.how}, leaf ${row.leaf}), document ${row.document}`,
    ),
    ...responses.map((row) => {
      const gone = row.withheld === null ? "" : `, withheld on ${row.withheld.day}: ${row.withheld.reason}`;
      return `  answered    ${row.day} (${row.kind}, leaf ${row.leaf}${gone})`;
    }),
    ...judgements.map(({ judgement, day, leaf }) => {
      const until = judgement.until === null ? "" : ` by ${judgement.until}`;
      return `  judged      ${day} (leaf ${leaf}): demand ${judgement.demand} ${judgement.state}${until}`;
    }),
    ...(register === undefined
      ? []
      : [`  register    ${register.rows} rows (${register.day}, leaf ${register.leaf})`]),
    ...chronicle.map((row) => {
      const gone = row.withheld === null ? "" : `, withheld on ${row.withheld.day}: ${row.withheld.reason}`;
      const since = row.replacedBy === null ? "" : `, not in force since leaf ${row.replacedBy}`;
      const on = row.entry === null ? row.day : row.entry.on;
      return `  chronicle   ${on} (${row.kind}, leaf ${row.leaf}${gone}${since})`;
    }),
  ];
}

function titleLine({ title, text }: LetterReport): string {
  if (title === null) return "(the text of this letter is not public)";
  return text === "opened" ? `${title} (not public: read with the letter's link)` : title;
}

function issuanceLine({
  name,
  epoch,
  class: cls,
  issued,
  most,
  endorsed,
  destroyed,
}: Report["issuance"][number]): string {
  const of = `${name} (epoch ${epoch}${cls === "vouched" ? ", vouched for" : ""})`;
  const stated =
    issued === null
      ? "has not stated how many it issued"
      : `issued ${issued}${most === null || most === issued ? "" : ` to ${most}`}, as it states`;
  const keys =
    destroyed === null
      ? "it has not stated that its keys were destroyed"
      : `it stated on ${destroyed} that its keys were destroyed`;
  return `${of} ${stated}; endorsed with its tokens: ${endorsed} at most under one letter; ${keys}.`;
}
