/** Workforce manifests (PROTOCOL §3.1): who the people are, who may vouch for that, under which keys. */

import { decodeBase64url, encodeBase64url, encodeHex } from "../bytes.ts";
import { parseCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import { checkNamePattern } from "../name-rule.ts";
import {
  type EvidenceKind,
  evidenceList,
  hash32,
  MAX_INVITATIONS,
  MAX_MANIFEST_BYTES,
  MAX_REGISTRARS,
  mailboxRules,
  publicKey,
  serverUrl,
  version1,
} from "./common.ts";
import { existingMailRules, nameRules } from "./evidence-rules.ts";
import { day, type Infer, integer, list, literal, matching, nullable, object, rule, text } from "./shape.ts";

const fields = object({
  type: literal("workforce-manifest"),
  v: version1,
  version: integer(1, 1_000_000),
  workforce: nullable(hash32),
  previous: nullable(hash32),
  employer: text(1, 200),
  mailboxes: mailboxRules,
  evidence: evidenceList,
  registrars: list(
    object({ identity: publicKey, name: text(1, 100), operator: text(1, 200), url: serverUrl }),
    1,
    MAX_REGISTRARS,
    (item) => item.identity,
  ),
  quorum: integer(1, MAX_REGISTRARS),
  bounds: object({ forge: integer(), double: integer(), outage: integer() }),
  log: object({
    key: publicKey,
    origin: matching(/^undersigned-log\/[0-9a-f]{64}$/, 80, "the log's origin"),
  }),
  board: object({ key: publicKey, url: serverUrl }),
  witnesses: list(object({ name: text(1, 200), vkey: text(1, 4000) }), 0, 16, (item) => item.name),
  witnessQuorum: integer(0, 16),
  openers: list(publicKey, 1, 32, (item) => item),
  headcount: nullable(object({ number: integer(1, 100_000_000), source: text(1, 300), day })),
  roles: list(text(1, 100), 0, 500, (item) => item),
  places: list(text(1, 100), 0, 500, (item) => item),
  codeMail: object({ subject: text(1, 100), body: text(1, 2000, { lines: true }) }),
  existingMail: nullable(existingMailRules),
  vouching: nullable(object({ invitations: integer(1, MAX_INVITATIONS) })),
  names: nullable(nameRules),
});

export type WorkforceManifest = Infer<typeof fields>;

/** The three bounds of a quorum of k among n (DESIGN's promise "one signature a mailbox, or fewer"). */
export function quorumBounds(n: number, k: number): WorkforceManifest["bounds"] {
  return { forge: k - 1, double: 2 * k - n - 1, outage: n - k };
}

/** The origin line that belongs to a log key. */
export function logOrigin(logKey: Uint8Array): string {
  return `undersigned-log/${encodeHex(domainHash("origin", logKey))}`;
}

/** What mail programs make links of, whether or not it was meant as one. */
const LINK = /:\/\/|\bwww\./i;

export const workforceManifest = rule(fields, (m) => {
  const n = m.registrars.length;
  if (m.quorum * 2 <= n || m.quorum > n)
    return { path: "/quorum", expected: "more than half of the registrars" };
  const bounds = quorumBounds(n, m.quorum);
  if (
    m.bounds.forge !== bounds.forge ||
    m.bounds.double !== bounds.double ||
    m.bounds.outage !== bounds.outage
  ) {
    return { path: "/bounds", expected: "k-1, 2k-n-1 and n-k" };
  }
  if (m.log.origin !== logOrigin(decodeBase64url(m.log.key, 32))) {
    return { path: "/log/origin", expected: "the one that belongs to the log key" };
  }
  const first = m.version === 1;
  if (first !== (m.workforce === null) || first !== (m.previous === null)) {
    return { path: "/previous", expected: "null in the first version and a hash in later ones" };
  }
  if (m.witnessQuorum > m.witnesses.length) {
    return { path: "/witnessQuorum", expected: "at most the number of witnesses" };
  }
  const names = m.mailboxes.domains.flatMap((entry) => [entry.domain, ...entry.aliases]);
  if (new Set(names).size !== names.length) {
    return { path: "/mailboxes/domains", expected: "domains and aliases that occur once each" };
  }
  if (m.codeMail.body.split("{code}").length !== 2 || LINK.test(m.codeMail.body)) {
    return { path: "/codeMail/body", expected: "text with {code} in it once and without a link" };
  }
  const accepts = (kind: EvidenceKind) => m.evidence.some((item) => item.kind === kind);
  if (accepts("existing-mail") !== (m.existingMail !== null)) {
    return { path: "/existingMail", expected: "there if and only if existing mail is accepted" };
  }
  if (accepts("vouch") !== (m.vouching !== null)) {
    return { path: "/vouching", expected: "there if and only if invitations are accepted" };
  }
  if (m.names !== null) {
    const problem = checkNamePattern(m.names.pattern, m.mailboxes.dots);
    if (problem !== null) return { path: "/names/pattern", expected: problem };
  }
  if (LINK.test(m.codeMail.subject)) return { path: "/codeMail/subject", expected: "text without a link" };
  return null;
});

/** Parses the bytes of a manifest file. Throws CoreError `not-canonical`, `too-large`, `bad-field`, `unknown-field`. */
export function parseWorkforceManifest(file: Uint8Array): WorkforceManifest {
  return workforceManifest.check(parseCanonical(file, MAX_MANIFEST_BYTES), "");
}

/** Hash of a manifest file, base64url; of the first manifest it is the workforce id. */
export function workforceManifestHash(file: Uint8Array): string {
  return encodeBase64url(domainHash("workforce-manifest", file));
}
