/** Everything below interop/ that is made: the valid set, the small one, its broken copies, and the list of all. */
import { type FileSource, type LetterReport, makeBundle, recount } from "@undersigned/verify";
import { type Zippable, zipSync } from "fflate";
import type { BrokenCase, World } from "./broken-case.ts";
import { batchCases } from "./cases-batches.ts";
import { checkpointCases, knownCases } from "./cases-checkpoints.ts";
import { chronicleCases } from "./cases-chronicle.ts";
import { clientCases } from "./cases-clients.ts";
import { destructionCases } from "./cases-destructions.ts";
import { earlyClosingCases } from "./cases-early-closings.ts";
import { ed25519Cases, endorsementCases } from "./cases-endorsements.ts";
import { epochCases } from "./cases-epochs.ts";
import { malformedCases, missingCases } from "./cases-files.ts";
import { furtherCases } from "./cases-further-life.ts";
import { leafCases } from "./cases-leaves.ts";
import { closingCases, letterCases } from "./cases-letters.ts";
import { manifestCases } from "./cases-manifests.ts";
import { confirmedNameCases } from "./cases-names.ts";
import { issuanceCases } from "./cases-numbers.ts";
import { openingCases } from "./cases-openings.ts";
import { laterCases } from "./cases-revisions.ts";
import { entryCases, tileCases } from "./cases-tiles.ts";
import { tokenCases } from "./cases-tokens.ts";
import { vouchingCases } from "./cases-vouching.ts";
import { invitationExample } from "./invitation-example.ts";
import type { Files } from "./set-builder.ts";
import { filesOf, makeSmallSet } from "./small-set.ts";
import type { TestKeys } from "./test-keys.ts";
import { makeValidSet } from "./valid-set.ts";

/** A row of cases.json. */
export interface CaseRow {
  /** Below interop/; a folder where it ends with a slash. */
  readonly file: string;
  readonly workforce: string;
  /** Below interop/. */
  readonly known: string | null;
  /** Codes that a verifier names at least; none for a set that it accepts. */
  readonly expect: readonly string[];
  /** Codes that our verifier names in consequence, and no others; null where anything may follow. */
  readonly follows: readonly string[] | null;
  readonly why: string;
  /** Of a set that is accepted: what is counted. */
  readonly letters?: readonly LetterRow[];
}

export interface LetterRow {
  readonly letter: string;
  readonly state: string;
  readonly counted: number;
  readonly withdrawn: number;
  readonly endorsed: number;
  /** Of class vouched; all else is of class mailbox. */
  readonly vouched: number;
  readonly named: number;
  readonly confirmed: number;
  readonly role: number;
  readonly hidden: number;
  readonly deliveries: number;
  readonly responses: number;
  /** Of the responses. */
  readonly withheld: number;
  readonly judgements: number;
  /** Rows that the register has now. */
  readonly dealings: number;
  /** Entries of the chronicle that are in force. */
  readonly chronicle: number;
}

export function worldOf(keys: TestKeys): World {
  return { keys, valid: makeValidSet(keys), small: makeSmallSet(keys) };
}

export function casesOf(world: World): BrokenCase[] {
  return [
    ...missingCases(),
    ...malformedCases(),
    ...openingCases(),
    ...confirmedNameCases(world),
    ...checkpointCases(world),
    ...entryCases(),
    ...tileCases(),
    ...knownCases(world),
    ...leafCases(world),
    ...manifestCases(world),
    ...epochCases(world),
    ...vouchingCases(world),
    ...letterCases(world),
    ...closingCases(),
    ...earlyClosingCases(world),
    ...furtherCases(world),
    ...chronicleCases(world),
    ...issuanceCases(world),
    ...clientCases(world),
    ...destructionCases(world),
    ...batchCases(),
    ...endorsementCases(world),
    ...ed25519Cases(),
    ...tokenCases(world),
    ...laterCases(),
  ];
}

/** Path below interop/ to bytes, cases.json included; of the broken copies, only those that are named, if any are. */
export async function makeAll(world: World, only: readonly string[] | null = null): Promise<Files> {
  const all: Files = new Map();
  const rows: CaseRow[] = [];
  const invitation = JSON.stringify(invitationExample(world.valid), null, 1);
  all.set("invitation.json", new TextEncoder().encode(`${invitation}\n`));
  await addValid(world, all, rows);
  await addSmall(world, all, rows);
  for (const of of casesOf(world)) {
    if (only === null || only.includes(of.name)) await addCase(world, of, all, rows);
  }
  all.set("cases.json", new TextEncoder().encode(`${JSON.stringify(rows, null, 1)}\n`));
  return all;
}

async function addValid({ valid }: World, all: Files, rows: CaseRow[]): Promise<void> {
  const { workforce } = valid.builder;
  const files = await valid.builder.files({ signatories: true });
  for (const [path, file] of files) all.set(`valid/${path}`, file);
  all.set("valid.zip", await makeBundle(memorySource(files), workforce));
  const letters = await lettersOf(files, workforce);
  const rest = { workforce, known: null, expect: [], follows: [], letters };
  rows.push({ file: "valid/", why: "The valid set, as files.", ...rest });
  rows.push({ file: "valid.zip", why: "The valid set, as a bundle.", ...rest });
}

async function addSmall({ small }: World, all: Files, rows: CaseRow[]): Promise<void> {
  const { workforce } = small.builder;
  const files = await filesOf(small);
  all.set("small.zip", await makeBundle(memorySource(files), workforce));
  rows.push({
    file: "small.zip",
    workforce,
    known: null,
    expect: [],
    follows: [],
    why: "The small set as it stands. Each file of broken/ differs from it in what its row says, and in what follows from that.",
    letters: await lettersOf(files, workforce),
  });
}

/** Adds a case's files and its row; gives the row. */
export async function addCase(world: World, of: BrokenCase, all: Files, rows: CaseRow[]): Promise<CaseRow> {
  const set = makeSmallSet(world.keys, of.change);
  const files = await filesOf(set, of.change);
  const file = `broken/${of.name}.zip`;
  const { workforce } = set.builder;
  all.set(file, zipOf(files));
  const known = of.known === undefined ? null : `broken/${of.name}.checkpoint`;
  if (of.known !== undefined && known !== null) all.set(known, await of.known(set));
  const { expect, follows = [], why } = of;
  const row: CaseRow = {
    file,
    workforce,
    known,
    expect: [...expect].sort(),
    follows: follows === null ? null : [...follows].sort(),
    why,
    ...(expect.length === 0 ? { letters: await lettersOf(files, workforce) } : {}),
  };
  rows.push(row);
  return row;
}

/** Public files out of memory. */
export function memorySource(files: Files): FileSource {
  return { read: async (path) => files.get(path)?.slice() ?? null };
}

/** As our own verifier counts; that the numbers are right, the tests and check.py say. */
async function lettersOf(files: Files, workforce: string): Promise<LetterRow[]> {
  const report = await recount(memorySource(files), { workforce });
  return report.letters.map(rowOf);
}

export function rowOf(of: LetterReport): LetterRow {
  const { letter, state, counted, withdrawn, endorsed, appearances, deliveries, responses, judgements } = of;
  return {
    letter,
    state,
    counted: counted.mailbox,
    withdrawn: withdrawn.mailbox,
    endorsed: endorsed.mailbox,
    vouched: counted.vouched,
    named: appearances.mailbox.named,
    confirmed: appearances.mailbox.confirmed,
    role: appearances.mailbox.role,
    hidden: appearances.mailbox.hidden,
    deliveries: deliveries.length,
    responses: responses.length,
    withheld: responses.filter((response) => response.withheld !== null).length,
    judgements: judgements.length,
    dealings: of.dealings.at(-1)?.rows ?? 0,
    chronicle: of.chronicle.filter(({ kind, replacedBy }) => kind !== "removal" && replacedBy === null)
      .length,
  };
}

/** The same bytes for the same files. */
function zipOf(files: Files): Uint8Array {
  const mtime = new Date(1980, 0, 1);
  const members: Zippable = {};
  for (const path of [...files.keys()].sort()) {
    members[path] = [files.get(path)!, { level: 9, mtime, os: 3, attrs: 0o644 << 16 }];
  }
  return zipSync(members);
}
