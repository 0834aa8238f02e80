/** What a workforce's first manifest and a later version of it have in common: the fields that follow from others. */
import {
  CoreError,
  decodeBase64url,
  type JsonObject,
  type JsonValue,
  logOrigin,
  quorumBounds,
  type WorkforceManifest,
  workforceManifest,
} from "@undersigned/core";
import type { Registrar } from "../ceremony/cards.ts";
import { CliError } from "../errors.ts";
import { withKnownSenders } from "./known-senders.ts";
import { type Draft, finish, sortedBy, sortedSet } from "./outline.ts";

/** What organisers write down themselves. Everything else comes from cards, from the quorum and from the chain. */
const OWN_FIELDS = new Set([
  "employer",
  "mailboxes",
  "evidence",
  "witnesses",
  "witnessQuorum",
  "openers",
  "headcount",
  "roles",
  "places",
  "codeMail",
  "existingMail",
  "vouching",
  "names",
]);

/** Throws `outline-field` for a field that is not the organisers' to write. */
export function requireOwnFields(given: JsonObject): void {
  const other = Object.keys(given).filter((field) => !OWN_FIELDS.has(field));
  if (other.length === 0) return;
  const derived = [
    "registrars",
    "quorum",
    "log",
    "board",
    "bounds",
    "type",
    "v",
    "version",
    "workforce",
    "previous",
  ];
  // What stands there is not repeated unless it is a name of this format: it may be anything.
  const named = other.filter((field) => derived.includes(field));
  throw new CliError(
    "outline-field",
    named.length > 0
      ? `The file says ${named.join(", ")}, which comes from cards and options: leave it out.`
      : `The file has a field that is not one of ${[...OWN_FIELDS].join(", ")}.`,
  );
}

/** Throws `quorum-refused` unless n/2 < k <= n. */
export function requireQuorum(registrars: number, quorum: number): void {
  const least = Math.floor(registrars / 2) + 1;
  if (quorum >= least && quorum <= registrars) return;
  const fits = least === registrars ? `--quorum ${registrars}` : `--quorum ${least} to ${registrars}`;
  throw new CliError(
    "quorum-refused",
    quorum > registrars
      ? `A quorum of ${quorum} needs as many registrars, and there are ${registrars}. Give ${fits}.`
      : `A quorum must be more than half of the registrars, or two halves could each enrol the same person. Of ${registrars}, give ${fits}.`,
  );
}

export interface Agreed {
  readonly registrars: readonly Registrar[];
  readonly quorum: number;
  readonly board: WorkforceManifest["board"];
  readonly logKey: string;
}

/** The canonical file of the version. Throws CliError `file-malformed`, naming the field, and `quorum-refused`. */
export function finishWorkforce(
  own: JsonObject,
  agreed: Agreed,
  chain: JsonObject,
  filled: readonly string[],
): Draft {
  const { registrars, quorum, board, logKey } = agreed;
  requireQuorum(registrars.length, quorum);
  const draft = {
    type: "workforce-manifest",
    v: 1,
    ...chain,
    ...own,
    mailboxes: sortMailboxes(own.mailboxes),
    evidence: sortedBy(own.evidence, "kind"),
    existingMail: sortExistingMail(own.existingMail),
    witnesses: sortedBy(own.witnesses, "name"),
    openers: sortedSet(own.openers),
    roles: sortedSet(own.roles),
    places: sortedSet(own.places),
    registrars: sortedBy(registrars as unknown as JsonValue, "identity"),
    quorum,
    bounds: quorumBounds(registrars.length, quorum),
    board: board as unknown as JsonValue,
    log: { key: logKey, origin: originOf(logKey) },
  };
  return finish(draft, filled, workforceManifest);
}

/** Known senders written out; senders by name, and records by name and first day, as the format wants them. */
function sortExistingMail(value: JsonValue | undefined): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? null;
  const { senders, records = [] } = value;
  return {
    ...value,
    senders: sortedBy(withKnownSenders(senders), "name"),
    records: sortedBy(sortedBy(records, "first"), "name"),
  };
}

function sortMailboxes(value: JsonValue | undefined): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? null;
  const { plus = true, dots = false, groups = [], domains = null } = value;
  const withAliases = Array.isArray(domains)
    ? domains.map((entry) =>
        typeof entry === "object" && entry !== null && !Array.isArray(entry)
          ? { ...entry, aliases: sortedSet(entry.aliases ?? []) }
          : entry,
      )
    : domains;
  return { ...value, plus, dots, groups: sortedSet(groups), domains: sortedBy(withAliases, "domain") };
}

function originOf(logKey: string): string {
  try {
    return logOrigin(decodeBase64url(logKey, 32));
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    throw new CliError("card-malformed", "The board's card has no log key.");
  }
}
