/** Parts that several formats share (PROTOCOL §1, §2). */
import {
  boolean,
  bytes,
  type Infer,
  integer,
  list,
  literal,
  matching,
  object,
  oneOf,
  rule,
} from "./shape.ts";

/** The only suite of version 1: blind RSA tokens on Ed25519 keys. */
export const SUITE = "RSABSSA-SHA384-PSS-Randomized-2048+Ed25519";
export const SLOTS = 16;
export const MAX_REGISTRARS = 15;
/** Most invitations that one mailbox may give. */
export const MAX_INVITATIONS = 8;
export const MAX_LEAF_BYTES = 8192;
export const MAX_MANIFEST_BYTES = 262_144;
/** Most bytes of a change of the register; the other records have as many as a manifest. */
export const MAX_DEALINGS_BYTES = 4_194_304;
/** Most bytes of a public file with which an answer by mail is checked again. */
export const MAX_EVIDENCE_BYTES = 1_048_576;
/** Most bytes of a letter's PDF. */
export const MAX_DOCUMENT_BYTES = 8_000_000;

export const hash32 = bytes(32);
export const publicKey = bytes(32);
export const signature64 = bytes(64);
export const rsaBytes = bytes(256);
export const version1 = literal(1);
export const suite = literal(SUITE);
export const invitationNumber = integer(0, MAX_INVITATIONS - 1);
export const slotNumber = integer(0, SLOTS - 1);
export const epochNumber = integer(1, 65_535);
export const classOf = oneOf("mailbox", "vouched");
export const evidenceKind = oneOf("mailbox-code", "existing-mail", "vouch");

export type EndorsementClass = Infer<typeof classOf>;
export type EvidenceKind = Infer<typeof evidenceKind>;
export const CLASSES: readonly EndorsementClass[] = ["mailbox", "vouched"];

export const perClass = object({ mailbox: integer(), vouched: integer() });
export type PerClass = Infer<typeof perClass>;

/** Address of a board or a registrar; paths are put below it. */
export const serverUrl = matching(
  /^https?:\/\/[A-Za-z0-9.[\]:-]+(?:\/[A-Za-z0-9._~/-]*)?$/,
  300,
  "an http or https address without query and fragment",
);

export const domainName = matching(
  /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  253,
  "a domain in lower case ASCII",
);

/** Which class evidence of a kind proves. */
export const CLASS_OF_EVIDENCE = {
  "existing-mail": "mailbox",
  "mailbox-code": "mailbox",
  vouch: "vouched",
} as const satisfies Record<EvidenceKind, EndorsementClass>;

export const evidenceList = rule(
  list(object({ kind: evidenceKind, class: classOf }), 1, 8, (item) => item.kind),
  (items) =>
    items.every((item) => CLASS_OF_EVIDENCE[item.kind] === item.class)
      ? null
      : { path: "", expected: "kinds of evidence, each with the class that it proves" },
);

export const mailboxRules = object({
  domains: list(
    object({ domain: domainName, aliases: list(domainName, 0, 50, (item) => item) }),
    1,
    50,
    (item) => item.domain,
  ),
  plus: boolean,
  dots: boolean,
  groups: list(
    matching(
      /^[a-z0-9!#$%&'*+/=?^_{|}~.`-]{1,64}$/,
      64,
      "a lower-case local part in which * stands for anything",
    ),
    0,
    500,
    (item) => item,
  ),
});
export type MailboxRules = Infer<typeof mailboxRules>;

export const batchClassRule = object({ min: integer(1, 100_000), every: integer(1, 366) });
export const batchRule = object({
  first: integer(1, 1_000_000),
  classes: object({ mailbox: batchClassRule, vouched: batchClassRule }),
});
export type BatchRule = Infer<typeof batchRule>;
