/**
 * DKIM-Signature fields (RFC 6376 section 3.5; RFC 8301 and RFC 8463 for the algorithms). All of it is an attacker's until
 * `verifyHeader` has agreed. `bh=`, the hash of the body, must be there; it is compared where the body is asked for too
 * (answer/), and never for an existing mail, whose body stays where it is.
 */
import { MailError } from "./errors.ts";
import { fieldValue, type HeaderField, type ParsedHeader } from "./header.ts";
import { isDomain, isWithin } from "./names.ts";
import { decodeBase64, parseTags, splitColons, type Tags } from "./tag-list.ts";

export type Canonicalization = "simple" | "relaxed";
export type MailAlgorithm = "rsa-sha256" | "ed25519-sha256";

export interface MailSignature {
  readonly field: HeaderField;
  /** The field's raw text with nothing between the "=" of `b=` and the next ";" (section 3.7). */
  readonly emptied: string;
  /** `a=` */
  readonly algorithm: MailAlgorithm;
  /** The header's half of `c=`. */
  readonly canonicalization: Canonicalization;
  /** The body's half of `c=`; simple where it has none. */
  readonly bodyCanonicalization: Canonicalization;
  /** `bh=`, decoded: SHA-256 of the body in that form. */
  readonly bodyHash: Uint8Array;
  /** `d=`, in lower case. */
  readonly domain: string;
  /** `s=`, in lower case. */
  readonly selector: string;
  /** `h=`, in lower case, in order; a name may be there more often than fields have it. */
  readonly signedNames: readonly string[];
  /** `b=`, decoded: what a registrar hashes to know a mail again. */
  readonly bytes: Uint8Array;
  /** The domain of `i=`; that of `d=` where there is none. */
  readonly identityDomain: string;
  /** `t=`, seconds since 1970. */
  readonly signedAt: number | null;
  /** `x=`, seconds since 1970. */
  readonly expiresAt: number | null;
  /** Whether there is an `l=`: the body may go on after what is signed. */
  readonly limitsBody: boolean;
}

/** A mail may bear signatures that are of no use, beside one that is. */
export type ListedSignature =
  | { readonly signature: MailSignature; readonly error: null }
  | { readonly signature: null; readonly error: MailError };

const SIGNATURE_FIELD = "dkim-signature";
const FIELD_NAME = /^[\x21-\x39\x3b-\x7e]+$/;
const LABELS = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const SECONDS = /^\d{1,12}$/;

/** The signatures of a mail from the top down, each one read or refused by itself. Does not throw. */
export function listedSignatures(header: ParsedHeader): readonly ListedSignature[] {
  return header.fields
    .filter((field) => field.name === SIGNATURE_FIELD)
    .map((field) => {
      try {
        return { signature: readSignature(field), error: null };
      } catch (error) {
        if (error instanceof MailError) return { signature: null, error };
        throw error;
      }
    });
}

/** Where the domain publishes the key: `<s>._domainkey.<d>`, in lower case. */
export function keyRecordName(signature: MailSignature): string {
  return `${signature.selector}._domainkey.${signature.domain}`;
}

/**
 * Throws MailError `tags-malformed`, `tag-repeated`, `signature-malformed`, `algorithm-refused`, `from-not-signed`,
 * `signatures-signed` or `identity-foreign`.
 */
export function readSignature(field: HeaderField): MailSignature {
  const value = fieldValue(field);
  const tags = parseTags(value);
  if (required(tags, "v") !== "1") throw new MailError("signature-malformed");
  const algorithm = required(tags, "a");
  if (algorithm !== "rsa-sha256" && algorithm !== "ed25519-sha256") throw new MailError("algorithm-refused");
  const domain = required(tags, "d").toLowerCase();
  const selector = required(tags, "s").toLowerCase();
  if (!isDomain(domain) || selector.length > 253 || !LABELS.test(selector)) {
    throw new MailError("signature-malformed");
  }
  const bytes = decodeBase64(required(tags, "b"));
  const bodyHash = decodeBase64(required(tags, "bh"));
  if (bytes === null || bytes.length === 0 || bodyHash?.length !== 32) {
    throw new MailError("signature-malformed");
  }
  const { start, end } = tags.get("b")!;
  const offset = field.raw.length - value.length;
  return {
    field,
    emptied: field.raw.slice(0, offset + start) + field.raw.slice(offset + end),
    algorithm,
    ...readCanonicalizations(tags),
    bodyHash,
    domain,
    selector,
    signedNames: readSignedNames(tags),
    bytes,
    identityDomain: readIdentity(tags, domain),
    ...readTimes(tags),
    limitsBody: readLimit(tags),
  };
}

function required(tags: Tags, name: string): string {
  const tag = tags.get(name);
  if (tag === undefined) throw new MailError("signature-malformed");
  return tag.value;
}

/** `c=`: header, or header/body; simple where it is silent. `q=`, which says where keys are, must allow DNS. */
function readCanonicalizations(tags: Tags): Pick<MailSignature, "canonicalization" | "bodyCanonicalization"> {
  const match = /^(simple|relaxed)(?:\/(simple|relaxed))?$/.exec(tags.get("c")?.value ?? "simple");
  const methods = splitColons(tags.get("q")?.value ?? "dns/txt");
  if (match === null || !methods.includes("dns/txt")) throw new MailError("signature-malformed");
  const [, header, body = "simple"] = match;
  return { canonicalization: header as Canonicalization, bodyCanonicalization: body as Canonicalization };
}

function readSignedNames(tags: Tags): string[] {
  const names = splitColons(required(tags, "h").toLowerCase());
  if (!names.every((name) => FIELD_NAME.test(name))) throw new MailError("signature-malformed");
  if (!names.includes("from")) throw new MailError("from-not-signed");
  // Another signature would have to be sent with this one, and section 3.5 wants care with it.
  if (names.includes(SIGNATURE_FIELD)) throw new MailError("signatures-signed");
  return names;
}

/** `i=`: an optional local part, "@", and the domain of `d=` or one below it. */
function readIdentity(tags: Tags, domain: string): string {
  const identity = tags.get("i")?.value.toLowerCase();
  if (identity === undefined) return domain;
  const at = identity.lastIndexOf("@");
  const own = identity.slice(at + 1);
  if (at < 0 || /[ \t\r\n]/.test(identity) || !isDomain(own)) throw new MailError("signature-malformed");
  if (!isWithin(own, domain)) throw new MailError("identity-foreign");
  return own;
}

/** `t=` and `x=`; where both are there, `x=` must be the later one. */
function readTimes(tags: Tags): { signedAt: number | null; expiresAt: number | null } {
  const signedAt = readSeconds(tags, "t");
  const expiresAt = readSeconds(tags, "x");
  if (signedAt !== null && expiresAt !== null && expiresAt <= signedAt) {
    throw new MailError("signature-malformed");
  }
  return { signedAt, expiresAt };
}

function readSeconds(tags: Tags, name: string): number | null {
  const value = tags.get(name)?.value;
  if (value === undefined) return null;
  if (!SECONDS.test(value)) throw new MailError("signature-malformed");
  return Number(value);
}

function readLimit(tags: Tags): boolean {
  const value = tags.get("l")?.value;
  if (value !== undefined && !/^\d{1,76}$/.test(value)) throw new MailError("signature-malformed");
  return value !== undefined;
}
