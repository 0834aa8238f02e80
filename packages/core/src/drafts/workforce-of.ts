/**
 * From a workforce's draft to its manifest (PROTOCOL §3.1). The page runs it while somebody types, the board before it freezes: the
 * same fields and the same context give the same bytes.
 */
import { encodeCanonical, type JsonObject, type JsonValue } from "../canonical-json.ts";
import type { Day } from "../day.ts";
import { CoreError } from "../errors.ts";
import { CLASS_OF_EVIDENCE, MAX_MANIFEST_BYTES, serverUrl } from "../formats/common.ts";
import { type WorkforceManifest, workforceManifest } from "../formats/workforce-manifest.ts";
import { assembleWorkforce } from "./assemble-workforce.ts";
import { coarsen, type Fate } from "./coarser.ts";
import { codeMailOf, evidenceOf, existingMailOf, namesOf, vouchingOf } from "./evidence-of.ts";
import { mailboxesOf } from "./mailboxes-of.ts";
import { type Problem, Problems } from "./problems.ts";
import { registrarsOf } from "./registrars-of.ts";
import { sharedOf } from "./shared-of.ts";
import { type WorkforceValues, workforceValues } from "./workforce-fields.ts";

export interface WorkforceContext {
  /** Keys that may open letters, base64url: those of the owners. */
  readonly openers: readonly string[];
  /** The board's key, the log key that is free for this workforce, and the address that the board knows of itself. */
  readonly board: { readonly key: string; readonly log: string; readonly url: string };
  /** Of a new version: the manifest in force and its hash. */
  readonly before: { readonly manifest: WorkforceManifest; readonly hash: string } | null;
  readonly day: Day;
}

export interface WorkforceResult {
  /** Null where a problem stops it. */
  readonly manifest: WorkforceManifest | null;
  readonly problems: readonly Problem[];
  /** What becomes of each role and place that the draft names. */
  readonly shown: { readonly roles: readonly Fate[]; readonly places: readonly Fate[] };
}

/** `fields`: JSON text by name, as documents hold it. Never rejects for what stands in a field. Checks the cards' signatures. */
export async function workforceOf(
  fields: ReadonlyMap<string, string>,
  context: WorkforceContext,
): Promise<WorkforceResult> {
  const values = workforceValues(fields);
  const problems = new Problems();
  const before = context.before?.manifest ?? null;
  const registrars = await registrarsOf(values, before, problems);
  const quorum = quorumOf(values, registrars.length, problems);
  const least = problems.number("leastShared", values.leastShared, "least-shared", 1, 100_000) ?? 1;
  if (values.leastShared !== null && least < 10) {
    problems.warn("leastShared", "thin-roles");
  }
  sharedOf("roles", values.roles, before?.roles ?? [], problems);
  sharedOf("places", values.places, before?.places ?? [], problems);
  const roles = coarsen(trimmed(values.roles), least, new Set(before?.roles));
  const places = coarsen(trimmed(values.places), least, new Set(before?.places));
  if (context.openers.length === 0) {
    problems.stop("", "no-openers");
  } else if (context.openers.length === 1) {
    problems.warn("", "one-opener");
  }
  const own = {
    employer: problems.text("employer", values.employer, "employer", 200),
    mailboxes: mailboxesOf(values, problems),
    evidence: evidenceOf(values, problems).map((kind) => ({ kind, class: CLASS_OF_EVIDENCE[kind] })),
    codeMail: codeMailOf(values, problems),
    existingMail: existingMailOf(values, problems),
    vouching: vouchingOf(values, problems),
    names: namesOf(values, problems),
    ...witnessesOf(values, problems),
    headcount: headcountOf(values, context.day, problems),
    roles: [...roles.values],
    places: [...places.values],
    openers: [...context.openers],
  };
  const url = boardUrlOf(values, context, problems);
  const board = { key: context.board.key, url };
  const agreed = { registrars, quorum, board, logKey: before?.log.key ?? context.board.log };
  const manifest = finish(own, agreed, context, problems);
  return { manifest, problems: problems.all, shown: { roles: roles.fates, places: places.fates } };
}

function trimmed(values: WorkforceValues["roles"]) {
  return values.map(({ name, people, coarser }) => ({ name: name.trim(), people, coarser: coarser.trim() }));
}

function finish(
  own: JsonObject,
  agreed: Parameters<typeof assembleWorkforce>[1],
  { before }: WorkforceContext,
  problems: Problems,
): WorkforceManifest | null {
  if (problems.stopped) return null;
  const chain =
    before === null
      ? { version: 1, workforce: null, previous: null }
      : {
          version: before.manifest.version + 1,
          workforce: before.manifest.workforce ?? before.hash,
          previous: before.hash,
        };
  try {
    const manifest = workforceManifest.check(assembleWorkforce(own, agreed, chain), "");
    if (encodeCanonical(manifest as unknown as JsonValue).length <= MAX_MANIFEST_BYTES) return manifest;
    problems.stop("", "workforce-too-large");
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    problems.stop("", "no-workforce-manifest", { detail: error.message });
  }
  return null;
}

function quorumOf({ quorum }: WorkforceValues, registrars: number, problems: Problems): number {
  const value = problems.number("quorum", quorum, "quorum", 1, 15);
  if (value === null || registrars === 0) return 1;
  if (value > registrars) {
    problems.stop("quorum", "quorum-of-more");
  } else if (value * 2 <= registrars) {
    problems.stop("quorum", "quorum-of-half");
  }
  return value;
}

function witnessesOf({ witnesses, witnessQuorum }: WorkforceValues, problems: Problems) {
  const quorum = problems.number("witnessQuorum", witnessQuorum, "witness-quorum", 0, 16);
  if (quorum !== null && quorum > witnesses.length) {
    problems.stop("witnessQuorum", "witness-quorum-of-more");
  }
  const list = witnesses.map(({ name, vkey }) => ({
    name: problems.text("witnesses", name, "witness-name", 200),
    vkey: problems.text("witnesses", vkey, "witness-key", 4000),
  }));
  if (new Set(list.map(({ name }) => name)).size !== list.length) {
    problems.stop("witnesses", "witnesses-repeated");
  }
  return { witnesses: list, witnessQuorum: quorum ?? 0 };
}

function headcountOf({ headcount }: WorkforceValues, today: Day, problems: Problems) {
  if (headcount === null) {
    problems.warn("headcount", "no-headcount");
    return null;
  }
  const number = problems.number("headcount", headcount.number, "headcount", 1, 100_000_000);
  const day = problems.day("headcount", headcount.day, "headcount-day");
  if (day !== null && day > today) problems.stop("headcount", "headcount-to-come");
  return {
    number,
    source: problems.text("headcount", headcount.source, "headcount-source", 300),
    day,
  };
}

function boardUrlOf({ boardUrl }: WorkforceValues, { board }: WorkforceContext, problems: Problems): string {
  const url = (boardUrl.trim() === "" ? board.url : boardUrl.trim()).replace(/\/+$/, "");
  try {
    return serverUrl.check(url, "");
  } catch {
    problems.stop("boardUrl", "board-address");
    return url;
  }
}
