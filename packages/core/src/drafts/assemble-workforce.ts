/** The parts of a workforce's manifest put together: what follows from others is derived, and lists are sorted as the format wants. */
import { decodeBase64url } from "../bytes.ts";
import type { JsonObject, JsonValue } from "../canonical-json.ts";
import { logOrigin, quorumBounds, type WorkforceManifest } from "../formats/workforce-manifest.ts";
import { sortedBy, sortedSet } from "./tidy.ts";

export interface AgreedParts {
  readonly registrars: readonly WorkforceManifest["registrars"][number][];
  readonly quorum: number;
  readonly board: WorkforceManifest["board"];
  /** 32 bytes, base64url. */
  readonly logKey: string;
}

/**
 * What `workforceManifest` is to check. `own`: the organisers' fields; `chain`: version, workforce and previous. Throws CoreError
 * `bad-encoding` or `bad-length` for a log key that is none.
 */
export function assembleWorkforce(own: JsonObject, agreed: AgreedParts, chain: JsonObject): JsonObject {
  const { registrars, quorum, board, logKey } = agreed;
  return {
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
    log: { key: logKey, origin: logOrigin(decodeBase64url(logKey, 32)) },
  };
}

/** Senders by name, and records by name and first day. */
function sortExistingMail(value: JsonValue | undefined): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? null;
  const { senders, records = [] } = value;
  return {
    ...value,
    senders: sortedBy(senders, "name"),
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
