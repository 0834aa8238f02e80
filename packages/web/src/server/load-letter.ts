/** All that the pages of a letter show, from the verified view. */

import type { PublicSite } from "@undersigned/board";
import {
  type Day,
  encodeCanonical,
  type JsonValue,
  type LetterManifest,
  type Source,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Register } from "@undersigned/dealings";
import { hasNumber, type ShownTotals, type Tally } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { type FileSource, type LetterView, LIMITS, unlistedPath } from "@undersigned/verify";
import type { HistoriesOf } from "./followed/histories.ts";
import { type FollowedLetterData, loadFollowed } from "./followed/load-followed.ts";
import { type Afterwards, loadAfterwards, type RegisterOf } from "./load-afterwards.ts";
import { type KeptCopy, loadCopy } from "./load-copy.ts";
import type { readReleased } from "./load-released.ts";
import { type LetterRow, loadAllShown, loadShown, type ShownPage, type Totals } from "./load-signatories.ts";
import { type Versions, versionsOf } from "./load-versions.ts";
import { loggedAt, type OpenedWorkforce, type Views } from "./load-view.ts";
import { signatoriesCsv } from "./signatories-csv.ts";
import { type LetterState, letterState } from "./words/state.ts";

export interface LetterTally extends Tally {
  readonly state: LetterState;
}

export interface LetterData {
  readonly workforce: string;
  readonly letter: string;
  /** Null when its text is not among the public files. */
  readonly manifest: LetterManifest | null;
  /** Whether its text is read with its link. */
  readonly unlisted: boolean;
  /** Whether it was at first, and is public now. */
  readonly wasUnlisted: boolean;
  /** Played with made-up colleagues: in no log. */
  readonly rehearsal: boolean;
  readonly state: LetterState;
  readonly tally: LetterTally;
  readonly afterwards: Afterwards;
  /** The board's day. */
  readonly today: Day;
  /** The manifest that the letter's epoch began under: it says how signatories prove themselves. */
  readonly rules: WorkforceManifest;
  readonly versions: Versions;
  readonly provedFrom: Day;
  readonly lastDay: Day | null;
  /** Pages of signatories, 0 without a number. */
  readonly pages: number;
  /** Null without a number. */
  readonly totals: ShownTotals | null;
  readonly log: {
    readonly origin: string;
    readonly size: number;
    /** Base64. */
    readonly root: string;
    readonly cosigned: readonly string[];
    readonly witnesses: number;
  };
  /** Hashes of public files. */
  readonly files: {
    readonly workforceManifests: readonly string[];
    readonly statements: readonly { readonly registrar: string; readonly hash: string }[];
  };
  /** Where the board says that it is. */
  readonly board: string;
  readonly clientLogged: ReturnType<typeof loggedAt>;
  /** Hash of the client build that these pages load. */
  readonly client: string;
  /** Where registrars are asked, by origin. */
  readonly registrarOrigins: readonly string[];
}

export interface LetterPlace {
  readonly workforce: string;
  readonly letter: string;
}

export interface FoundLetter {
  readonly data: LetterData;
  /** What is shown on a page, which counts from 0. */
  shown(page: number): Promise<ShownPage>;
  /** Null where there is no list. */
  csv(): Promise<PublicFile | null>;
  /** Null where there is none. */
  readonly register: Register | null;
  /** What happened to it, and its numbers by day. */
  followed(): Promise<FollowedLetterData>;
  /** A kept copy that the letter names, by its hash; null for another, and for one that this board does not have. */
  copy(sha256: string): Promise<KeptCopy | null>;
}

export interface LettersOf {
  readonly site: PublicSite;
  readonly views: Views;
  readonly totals: Totals;
  readonly released: typeof readReleased;
  readonly registers: RegisterOf;
  readonly histories: HistoriesOf;
  readonly client: string;
}

/** Null for a workforce or letter that is not there. */
export async function loadLetter(
  of: LettersOf,
  { workforce, letter }: LetterPlace,
): Promise<FoundLetter | null> {
  const opened = await of.views.open(workforce);
  const view = opened?.view.letters.get(letter);
  const row = opened?.index.letters.find((entry) => entry.letter === letter);
  if (opened === null || view === undefined || row === undefined) return null;
  const { source } = opened;
  const tally = tallyOf(opened, view, row, of.site.day());
  const sealed = await isSealed(source, letter);
  const unlisted = sealed && view.manifest === null;
  const totals = hasNumber(tally) && !unlisted ? await of.totals.of(source, row, opened.index.size) : null;
  const data = {
    ...present(opened, view, tally, totals, totals === null ? 0 : row.pages, of.client),
    unlisted,
    wasUnlisted: sealed && !unlisted,
    rehearsal: of.site.isRehearsal(workforce),
    afterwards: await loadAfterwards(source, view),
    today: of.site.day(),
  };
  const csv = async () => {
    if (totals === null) return null;
    const released = await of.released(source, opened.index.size, letter);
    return signatoriesCsv(await loadAllShown(source, row), released);
  };
  const register = of.registers(view);
  const copy = (sha256: string) => loadCopy(source, sourcesOf(data, register), sha256);
  const followed = async () => {
    const found = await loadFollowed(opened, letter, {
      histories: of.histories,
      today: data.today,
      afterwards: data.afterwards,
    });
    // The view has the letter, as was seen above.
    return found as FollowedLetterData;
  };
  return { data, shown: (page) => loadShown(source, letter, page), csv, register, copy, followed };
}

/** All that may have a kept copy: of the letter's own document, and of what became of it, earlier states of rows too. */
function sourcesOf({ manifest, afterwards }: LetterData, register: Register | null): Source[] {
  const own = manifest?.supplement?.claims.flatMap(({ sources }) => sources) ?? [];
  const answers = afterwards.answers.flatMap((answer) =>
    answer.kind === "statement" ? [answer.record.source] : [],
  );
  const judged = afterwards.demands.flatMap(({ judgements }) =>
    judgements.flatMap(({ record }) => record.source ?? []),
  );
  const rows = [...(register?.history.values() ?? [])].flat().flatMap(({ entry }) => entry?.sources ?? []);
  return [...own, ...answers, ...judged, ...rows];
}

async function isSealed(source: FileSource, letter: string): Promise<boolean> {
  return (await source.read(unlistedPath(letter), LIMITS.sealedLetter)) !== null;
}

/** The first and the last batch day with endorsements. */
export function batchDays(row: LetterRow): Tally["days"] {
  return row.days;
}

export function tallyOf(
  { view }: OpenedWorkforce,
  letter: LetterView,
  row: LetterRow,
  today: Day,
): LetterTally {
  const { leaf, epoch } = letter;
  const closing = letter.closing?.leaf ?? null;
  return {
    state: letterState({ opens: leaf.opens, closes: letter.closes, closing }, today),
    early: earlyOf(letter),
    counted: row.counted,
    withdrawn: row.withdrawn,
    days: batchDays(row),
    provedFrom: provedFrom(epoch.version.manifest, epoch.leaf.opens),
    first: leaf.batch.first,
    domains: epoch.version.manifest.mailboxes.domains.map(({ domain }) => domain),
    employer: view.manifest.employer,
    headcount: view.manifest.headcount,
    closing,
  };
}

function earlyOf({ earlyClosing, leaf, closes, manifest }: LetterView): Tally["early"] {
  if (earlyClosing === null) return null;
  const { day, by } = earlyClosing.leaf;
  return { day, organisers: by.length, named: manifest !== null, instead: leaf.closes, closes };
}

/** A mail that somebody already had may be older than the epoch. */
function provedFrom({ existingMail }: WorkforceManifest, epochOpens: Day): Day {
  return existingMail !== null && existingMail.notBefore < epochOpens ? existingMail.notBefore : epochOpens;
}

function present(
  { view }: OpenedWorkforce,
  letter: LetterView,
  tally: LetterTally,
  totals: ShownTotals | null,
  pages: number,
  client: string,
): Omit<LetterData, "rehearsal" | "unlisted" | "wasUnlisted" | "afterwards" | "today"> {
  const rules = letter.epoch.version.manifest;
  const names = new Map(rules.registrars.map(({ identity, name }) => [identity, name]));
  const { origin, size, root } = view.checkpoint;
  return {
    workforce: view.workforce,
    letter: letter.leaf.letter,
    manifest: letter.manifest,
    state: tally.state,
    tally,
    rules,
    versions: versionsOf(view, letter.leaf.letter),
    provedFrom: tally.provedFrom,
    lastDay: tally.days?.last ?? null,
    pages,
    totals,
    log: {
      origin,
      size,
      root: Buffer.from(root).toString("base64"),
      cosigned: view.cosigned,
      witnesses: view.manifest.witnesses.length,
    },
    files: {
      workforceManifests: view.manifests.map((manifest) =>
        workforceManifestHash(encodeCanonical(manifest as unknown as JsonValue)),
      ),
      statements: letter.epoch.leaf.statements.map(({ registrar, statement }) => ({
        registrar: names.get(registrar) ?? registrar,
        hash: statement,
      })),
    },
    board: view.manifest.board.url,
    client,
    clientLogged: loggedAt(view, client),
    registrarOrigins: originsOf([...rules.registrars, ...view.manifest.registrars]),
  };
}

/** For `connect-src`: serialised origins, so nothing of a manifest's text gets into the header. */
export function originsOf(registrars: readonly { readonly url: string }[]): string[] {
  const origins = registrars.map(({ url }) => URL.parse(url)?.origin);
  return [...new Set(origins.filter((origin) => origin !== undefined && origin !== "null"))] as string[];
}
