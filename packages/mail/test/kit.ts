/**
 * A sender of mails for tests, whose keys are made for the run. It signs by code of its own, from RFC 6376 anew, so that a
 * mistake of the verifier is not made here too; and it signs whatever it is told, also what no honest sender would.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  checkPolicy,
  listedSignatures,
  type MailErrorCode,
  type MailKey,
  type MailRules,
  type MailSignature,
  type ParsedHeader,
  parseHeader,
  readKeyRecord,
} from "../src/index.ts";
import { verifyHeader } from "../src/verify-header.ts";

export const NOW = Date.parse("2026-05-20T12:00:00Z");
export const MAILBOX = "baker@example.com";

export interface SenderKey {
  readonly privateKey: KeyObject;
  readonly record: string;
}

export function rsaKey(modulusLength = 2048, publicExponent = 65537): SenderKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent });
  const p = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  return { privateKey, record: `v=DKIM1; k=rsa; p=${p}` };
}

export function ed25519Key(): SenderKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const p = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  return { privateKey, record: `v=DKIM1; k=ed25519; p=${p}` };
}

export const rsa = rsaKey();
export const ed25519 = ed25519Key();

export const FIELDS: readonly string[] = [
  "Received: from a.example.net by b.example.net; Mon, 18 May 2026 09:30:02 +0000",
  "From: Sign-in <no-reply@login.example.net>",
  "To: The Baker <baker@example.com>",
  "Subject: New sign-in to your account",
  "Date: Mon, 18 May 2026 09:30:00 +0000",
  "Message-ID: <1@login.example.net>",
];

export const RULES: MailRules = {
  senders: [{ domain: "login.example.net", from: "no-reply@login.example.net", subject: "New sign-in *" }],
  window: { notBefore: "2026-05-01", notAfter: "2026-05-31" },
  canonical: (address) => address.toLowerCase(),
  keys: [
    {
      name: "r._domainkey.login.example.net",
      record: rsa.record,
      notBefore: "2026-01-01",
      notAfter: "2026-12-31",
    },
    {
      name: "e._domainkey.login.example.net",
      record: ed25519.record,
      notBefore: "2026-01-01",
      notAfter: "2026-12-31",
    },
  ],
};

export interface Signing {
  readonly key?: SenderKey;
  /** Tags in place of the usual ones, in addition, or (null) left out. */
  readonly tags?: Readonly<Record<string, string | null>>;
  /** The whole field, given its tags with `b=` last and empty, before it is signed. */
  readonly field?: (tags: string) => string;
  /** How the signature is written into the field. */
  readonly place?: (field: string, base64: string) => string;
}

/** A DKIM-Signature field over the fields. Signs with Ed25519 (selector e) if nothing is said. */
export function signatureOver(fields: readonly string[], signing: Signing = {}): string {
  const key = signing.key ?? ed25519;
  const isRsa = key.privateKey.asymmetricKeyType === "rsa";
  const tags: Record<string, string | null> = {
    v: "1",
    a: isRsa ? "rsa-sha256" : "ed25519-sha256",
    c: "relaxed/simple",
    d: "login.example.net",
    s: isRsa ? "r" : "e",
    h: "From:To:Subject:Date:Message-ID",
    bh: createHash("sha256").update("body\r\n").digest("base64"),
    b: "",
    ...signing.tags,
  };
  const { b, ...others } = tags;
  const list = Object.entries({ ...others, b }).flatMap(([name, value]) =>
    value === null ? [] : `${name}=${value}`,
  );
  const field = (signing.field ?? ((text) => `DKIM-Signature: ${text}`))(list.join("; "));
  const relaxed = (tags.c ?? "simple").startsWith("relaxed");
  const left = [...fields];
  const covered = (tags.h ?? "").split(":").flatMap((name) => {
    const at = left.findLastIndex((one) => one.split(":")[0]!.toLowerCase() === name.trim().toLowerCase());
    return at < 0 ? [] : left.splice(at, 1);
  });
  const data = Buffer.from(
    [...covered, field].map((one) => (relaxed ? relax(one) : one)).join("\r\n"),
    "latin1",
  );
  const signature = isRsa
    ? sign("sha256", data, key.privateKey)
    : sign(null, createHash("sha256").update(data).digest(), key.privateKey);
  return (signing.place ?? ((text, base64) => text + base64))(field, signature.toString("base64"));
}

function relax(field: string): string {
  const [name, ...value] = field.split(":");
  return `${name!.toLowerCase().trim()}:${value
    .join(":")
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim()}`;
}

/** A whole mail of fields. */
export function mailOf(fields: readonly string[]): Uint8Array {
  return Buffer.from(`${fields.join("\r\n")}\r\n\r\nbody\r\n`, "latin1");
}

/** A mail that is signed as told and has the signature on top. */
export function signedMail(fields: readonly string[] = FIELDS, signing: Signing = {}): Uint8Array {
  return mailOf([signatureOver(fields, signing), ...fields]);
}

/** `FIELDS` with another field in place of the one of its name. */
export function withField(field: string): string[] {
  const name = field.split(":")[0];
  return FIELDS.map((one) => (one.split(":")[0] === name ? field : one));
}

/** The only signature of a mail. Throws what it is refused with. */
export function onlySignature(mail: Uint8Array): { header: ParsedHeader; signature: MailSignature } {
  const header = parseHeader(mail);
  const [listed] = listedSignatures(header);
  if (listed?.signature == null) throw listed?.error ?? new Error("no signature");
  return { header, signature: listed.signature };
}

/** What a promise is refused with: a code of ours, "accepted", or (a bug) something else, which is thrown. */
export async function outcomeOf(work: () => unknown): Promise<MailErrorCode | "accepted"> {
  try {
    await work();
    return "accepted";
  } catch (error) {
    if (error instanceof Error && error.name === "MailError")
      return (error as Error & { code: MailErrorCode }).code;
    throw error;
  }
}

/** Whether the mail's one signature is of its header and the key. */
export function headerOutcome(mail: Uint8Array, key: SenderKey | MailKey = ed25519, now = NOW) {
  return outcomeOf(() => {
    const { header, signature } = onlySignature(mail);
    return verifyHeader(header, signature, "record" in key ? readKeyRecord(key.record) : key, now);
  });
}

/** What the policy alone says, for a mail whose signature need not be valid. */
export function policyOutcome(mail: Uint8Array, changes: Partial<MailRules> = {}, key: SenderKey = ed25519) {
  return outcomeOf(() => {
    const { header, signature } = onlySignature(mail);
    return checkPolicy(header, signature, readKeyRecord(key.record), { ...RULES, ...changes }, MAILBOX);
  });
}
