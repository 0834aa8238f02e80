/** Key statements (PROTOCOL §3.3): which RSA key a registrar uses for which slot and class of an epoch. */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical, parseCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import {
  classOf,
  epochNumber,
  evidenceList,
  hash32,
  invitationNumber,
  MAX_INVITATIONS,
  MAX_MANIFEST_BYTES,
  mailboxRules,
  publicKey,
  SLOTS,
  signature64,
  slotNumber,
  suite,
  version1,
} from "./common.ts";
import { bytesUpTo, day, type Infer, list, literal, object, rule } from "./shape.ts";

const fields = object({
  type: literal("key-statement"),
  v: version1,
  workforce: hash32,
  manifest: hash32,
  epoch: epochNumber,
  opens: day,
  closes: day,
  mailboxes: mailboxRules,
  evidence: evidenceList,
  registrar: publicKey,
  keys: list(
    object({ class: classOf, slot: slotNumber, suite, spki: bytesUpTo(400) }),
    SLOTS,
    2 * SLOTS,
    (key) => `${key.class} ${String(key.slot).padStart(2, "0")}`,
  ),
  invitations: list(object({ number: invitationNumber, suite, spki: bytesUpTo(400) }), 0, MAX_INVITATIONS),
  sig: signature64,
});

export type KeyStatement = Infer<typeof fields>;

export const keyStatement = rule(fields, (statement) => {
  if (statement.opens > statement.closes)
    return { path: "/closes", expected: "no earlier than the opening day" };
  const classes = new Set(statement.evidence.map((item) => item.class));
  if (
    statement.keys.length !== classes.size * SLOTS ||
    statement.keys.some((key) => !classes.has(key.class))
  ) {
    return { path: "/keys", expected: "one key for each slot of each class in the evidence list" };
  }
  if (
    statement.evidence.some((item) => item.kind === "vouch") !== statement.invitations.length > 0 ||
    statement.invitations.some((key, i) => key.number !== i)
  ) {
    return { path: "/invitations", expected: "keys numbered from 0 if and only if invitations are accepted" };
  }
  return null;
});

/** Parses the bytes of a statement file; its signature is not checked here. */
export function parseKeyStatement(file: Uint8Array): KeyStatement {
  return keyStatement.check(parseCanonical(file, MAX_MANIFEST_BYTES), "");
}

/** Hash under which an epoch leaf names a statement. */
export function keyStatementHash(file: Uint8Array): string {
  return encodeBase64url(domainHash("key-statement", file));
}

/** Hash that stands for a public key in tokens and derivations. */
export function spkiHash(spki: Uint8Array): string {
  return encodeBase64url(domainHash("spki", spki));
}

export function encodeKeyStatement(statement: KeyStatement): Uint8Array {
  return encodeCanonical(statement);
}
