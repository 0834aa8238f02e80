/** From an outline to a workforce manifest (PROTOCOL §3.1). */
import {
  CoreError,
  decodeBase64url,
  type JsonObject,
  type JsonValue,
  logOrigin,
  parseWorkforceManifest,
  quorumBounds,
  type WorkforceManifest,
  workforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { CliError } from "../errors.ts";
import { type Draft, fillIn, finish, requireObject, sortedBy, sortedSet } from "./outline.ts";

const CODE_MAIL = {
  subject: "Your code",
  body: "Your code is {code}.\n\nType it where you asked for it. It holds for ten minutes. If you did not ask for it, do nothing.\n",
};

/**
 * The outline has the fields of a workforce manifest; `employer`, `mailboxes`, `registrars`, `quorum`, `log` (its key),
 * `board` and `openers` must be there. Bounds, origin and order follow. With `before`, the file of the manifest in
 * force, the draft is the version after it. Throws CliError `file-malformed`.
 */
export function draftWorkforce(outline: JsonValue, before?: Uint8Array): Draft {
  const given = requireObject(outline);
  const { draft, filled } = fillIn(given, {
    type: "workforce-manifest",
    v: 1,
    ...chain(before),
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    bounds: boundsOf(given),
    witnesses: [],
    witnessQuorum: 0,
    headcount: null,
    roles: [],
    places: [],
    codeMail: CODE_MAIL,
  });
  const sorted = {
    ...draft,
    mailboxes: sortMailboxes(draft.mailboxes),
    evidence: sortedBy(draft.evidence, "kind"),
    registrars: sortedBy(draft.registrars, "identity"),
    witnesses: sortedBy(draft.witnesses, "name"),
    openers: sortedSet(draft.openers),
    roles: sortedSet(draft.roles),
    places: sortedSet(draft.places),
    log: withOrigin(draft.log),
  };
  return finish(sorted, filled, workforceManifest);
}

function chain(before: Uint8Array | undefined): JsonObject {
  if (before === undefined) return { version: 1, workforce: null, previous: null };
  let manifest: WorkforceManifest;
  try {
    manifest = parseWorkforceManifest(before);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    throw new CliError(
      "file-malformed",
      `The file given for the version before is no workforce manifest. ${error.message}`,
    );
  }
  const hash = workforceManifestHash(before);
  return { version: manifest.version + 1, workforce: manifest.workforce ?? hash, previous: hash };
}

function boundsOf({ registrars, quorum }: JsonObject): JsonValue {
  if (!Array.isArray(registrars) || typeof quorum !== "number") return null;
  const { forge, double, outage } = quorumBounds(registrars.length, quorum);
  // Below 0 where the quorum is none, which is to be refused by that name.
  return { forge: Math.max(forge, 0), double: Math.max(double, 0), outage: Math.max(outage, 0) };
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

function withOrigin(log: JsonValue | undefined): JsonValue {
  if (typeof log !== "object" || log === null || Array.isArray(log) || typeof log.key !== "string")
    return log ?? null;
  try {
    return { origin: logOrigin(decodeBase64url(log.key, 32)), ...log };
  } catch (error) {
    if (error instanceof CoreError) return log;
    throw error;
  }
}
