/** Fields of a workforce's draft, and the values in them. */
import { evidenceKind, MAX_INVITATIONS } from "../formats/common.ts";
import { boolean, list, nullable, object, oneOf } from "../formats/shape.ts";
import { type FieldTable, field, typed, typedNumber, type ValueOf, valueIn } from "./field.ts";
import { KNOWN_SENDERS, type KnownSender } from "./known-senders.ts";

/** What registrars mail to a mailbox. */
export const USUAL_CODE_MAIL = {
  subject: "Your code",
  body: "Your code is {code}.\n\nType it where you asked for it. It holds for ten minutes. If you did not ask for it, do nothing.\n",
};

/** Of a role or place: fewer people than this share it, and it is shown coarser. */
export const USUAL_LEAST_SHARED = 20;

const shared = list(
  /** `people`: how many have it, as far as organisers know. `coarser`: what is shown where too few do; empty for nothing. */
  object({ name: typed(500), people: typedNumber, coarser: typed(500) }),
  0,
  500,
);
const sender = object({
  name: typed(500),
  domain: typed(500),
  from: typed(1000),
  /** Empty for any. */
  subject: typed(1000),
});
const record = object({ name: typed(1000), record: typed(4000), first: typed(40), last: typed(40) });
const knownSender = oneOf(...(Object.keys(KNOWN_SENDERS) as KnownSender[]));

export const workforceFields = {
  employer: field(typed(2000), ""),
  domains: field(list(object({ domain: typed(500), aliases: list(typed(500), 0, 50) }), 0, 50), []),
  /** Whether what follows a + in a mailbox is ignored. */
  plus: field(boolean, true),
  /** Whether dots in a mailbox are ignored. */
  dots: field(boolean, false),
  /** Mailboxes that several people read; * stands for anything. */
  groups: field(list(typed(200), 0, 500), []),
  evidence: field(list(evidenceKind, 0, 3), ["mailbox-code"]),
  codeMail: field(object({ subject: typed(1000), body: typed(10_000) }), USUAL_CODE_MAIL),
  /** Counts if `evidence` has `existing-mail`. `known`: senders that need no description. */
  existingMail: field(
    object({
      known: list(knownSender, 0, 50),
      senders: list(sender, 0, 50),
      notBefore: typed(40),
      notAfter: typed(40),
      records: list(record, 0, 100),
    }),
    { known: [], senders: [], notBefore: "", notAfter: "", records: [] },
  ),
  /** Counts if `evidence` has `vouch`. */
  vouching: field(object({ invitations: typedNumber }), { invitations: Math.min(3, MAX_INVITATIONS) }),
  /** How mailboxes are made of names, where registrars confirm names; null where they do not. */
  names: field(nullable(object({ pattern: typed(200), order: oneOf("given-family", "family-given") })), null),
  /** Texts of registrars' card files. */
  registrars: field(list(typed(8192), 0, 15), []),
  /** In a new version: identity keys of registrars of the version in force that stay as they are. */
  keptRegistrars: field(list(typed(43), 0, 15), []),
  quorum: field(typedNumber, null),
  witnesses: field(list(object({ name: typed(500), vkey: typed(4000) }), 0, 16), []),
  witnessQuorum: field(typedNumber, 0),
  /** Empty for the address that the board knows of itself. */
  boardUrl: field(typed(1000), ""),
  roles: field(shared, []),
  places: field(shared, []),
  leastShared: field(typedNumber, USUAL_LEAST_SHARED),
  headcount: field(nullable(object({ number: typedNumber, source: typed(2000), day: typed(40) })), null),
} as const satisfies FieldTable;

export type WorkforceValues = {
  readonly [N in keyof typeof workforceFields]: ValueOf<(typeof workforceFields)[N]>;
};

/** `fields`: JSON text by name. */
export function workforceValues(fields: ReadonlyMap<string, string>): WorkforceValues {
  return Object.fromEntries(
    Object.entries(workforceFields).map(([name, rule]) => [name, valueIn(rule as never, fields.get(name))]),
  ) as unknown as WorkforceValues;
}
