/**
 * Key records (RFC 6376 section 3.6.1, RFC 8463 section 4): what a domain publishes in DNS. A registrar asks
 * there; a device, and a registrar that cannot, take records that the manifest pins with the days for which they count.
 */
import { checkEd25519PublicKey, type Day } from "@undersigned/core";
import { readRsaPublicKey } from "./der.ts";
import { MailError } from "./errors.ts";
import { decodeBase64, parseTags, splitColons, type Tags } from "./tag-list.ts";

export type MailKey = (
  | { readonly algorithm: "rsa-sha256"; readonly modulus: bigint; readonly bits: number }
  | { readonly algorithm: "ed25519-sha256"; readonly publicKey: Uint8Array }
) & {
  /** `t=s`: no domain below the key's own may use it. */
  readonly strict: boolean;
};

/** A key record and the days, first and last, of the mails for which it is accepted. */
export interface PinnedKey {
  /** `<s>._domainkey.<d>` */
  readonly name: string;
  /** The text of the TXT record, its strings joined. */
  readonly record: string;
  readonly notBefore: Day;
  readonly notAfter: Day;
}

const MIN_BITS = 2048;
const MAX_BITS = 4096;
/** Of characters, as in a manifest; an RSA key of 4096 bits needs 800. */
const LONGEST_RECORD = 2_000;

/**
 * Reads the text of a TXT record. Throws MailError `tags-malformed`, `tag-repeated`, `key-malformed`, `key-revoked`,
 * `key-testing`, `key-not-for-mail`, `key-weak` (RSA under 2048 bits or an exponent other than 65537) or `key-odd` (RSA over
 * 4096 bits or an even modulus, an Ed25519 key that core's strict rule refuses).
 */
export function readKeyRecord(record: string): MailKey {
  const tags = parseTags(record);
  // Section 3.6.1: v= is optional, and the first tag where it is there.
  if (tags.has("v") && (first(tags) !== "v" || tags.get("v")?.value !== "DKIM1")) {
    throw new MailError("key-malformed");
  }
  const flags = listed(tags, "t", "");
  if (flags.includes("y")) throw new MailError("key-testing");
  if (!listed(tags, "s", "*").some((service) => service === "*" || service === "email")) {
    throw new MailError("key-not-for-mail");
  }
  if (!listed(tags, "h", "sha256").includes("sha256")) throw new MailError("key-not-for-mail");
  const bytes = decodeBase64(tags.get("p")?.value ?? "?");
  if (bytes === null) throw new MailError("key-malformed");
  if (bytes.length === 0) throw new MailError("key-revoked");
  const strict = flags.includes("s");
  const type = tags.get("k")?.value ?? "rsa";
  if (type === "rsa") return { algorithm: "rsa-sha256", ...readRsa(bytes), strict };
  if (type !== "ed25519") throw new MailError("key-not-for-mail");
  if (bytes.length !== 32) throw new MailError("key-malformed");
  if (!checkEd25519PublicKey(bytes)) throw new MailError("key-odd");
  return { algorithm: "ed25519-sha256", publicKey: bytes, strict };
}

function first(tags: Tags): string | undefined {
  return tags.keys().next().value;
}

function listed(tags: Tags, name: string, otherwise: string): string[] {
  return splitColons(tags.get(name)?.value ?? otherwise);
}

function readRsa(der: Uint8Array): { modulus: bigint; bits: number } {
  const key = readRsaPublicKey(der);
  if (key === null) throw new MailError("key-malformed");
  const bits = key.n.toString(2).length;
  if (bits < MIN_BITS || key.e !== 65537n) throw new MailError("key-weak");
  if (bits > MAX_BITS || key.n % 2n === 0n) throw new MailError("key-odd");
  return { modulus: key.n, bits };
}

/**
 * The one key record among the texts that DNS holds for a name, where other text may stand too (a domain may answer for
 * every name); null where there is no text. Throws MailError `key-ambiguous` where two are keys, and where none is what
 * `readKeyRecord` says of the first, or `key-malformed`.
 */
export function recordFromTexts(texts: readonly string[]): string | null {
  const first = texts[0];
  if (first === undefined) return null;
  const [key, other] = texts.filter(isKeyRecord);
  if (other !== undefined) throw new MailError("key-ambiguous");
  if (key !== undefined) return key;
  readKeyRecord(first);
  throw new MailError("key-malformed");
}

function isKeyRecord(text: string): boolean {
  try {
    readKeyRecord(text);
    return text.length <= LONGEST_RECORD;
  } catch (error) {
    if (error instanceof MailError) return false;
    throw error;
  }
}

/**
 * The pinned key of a name (`keyRecordName`) for a mail of a day. Throws MailError `key-unknown` where nothing is pinned by
 * that name, `key-out-of-span` where nothing is for that day, `key-ambiguous` where two are, and what `readKeyRecord` throws.
 */
export function keyFromPinned(pinned: readonly PinnedKey[], name: string, day: Day): MailKey {
  return readKeyRecord(recordFromPinned(pinned, name, day));
}

/** The text of that key's record. Throws MailError as `keyFromPinned` does, but for what the record holds. */
export function recordFromPinned(pinned: readonly PinnedKey[], name: string, day: Day): string {
  const named = pinned.filter((key) => key.name.toLowerCase() === name);
  if (named.length === 0) throw new MailError("key-unknown");
  const [key, other] = named.filter((one) => one.notBefore <= day && day <= one.notAfter);
  if (key === undefined) throw new MailError("key-out-of-span");
  if (other !== undefined) throw new MailError("key-ambiguous");
  return key.record;
}
