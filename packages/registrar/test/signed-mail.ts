/** Mails as an accepted sender's machine would send them, composed and signed by nodemailer, and cut down by package mail. */
import { generateKeyPairSync } from "node:crypto";
import { encodeBase64url, type JsonValue, mailReservationHash } from "@undersigned/core";
import { cutDown, listedSignatures, parseHeader } from "@undersigned/mail";
import type { LookUpTxt } from "@undersigned/service";
import { createTransport } from "nodemailer";

export type SenderKey = { readonly privateKey: string; readonly record: string };

export function senderKey(modulusLength = 2048): SenderKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
  const p = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  return {
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
    record: `v=DKIM1; k=rsa; p=${p}`,
  };
}

export const SENDER = {
  name: "Example sign-in",
  domain: "login.example.net",
  from: "no-reply@login.example.net",
  subject: null,
};
export const key = senderKey();
export const KEY_NAME = "s1._domainkey.login.example.net";
export const MAIL_DAY = "2031-03-20";

/** DNS that has these records and no others. */
export function dnsWith(records: Readonly<Record<string, string>>): LookUpTxt {
  return async (name) => (records[name] === undefined ? [] : [records[name]]);
}
export const dns = dnsWith({ [KEY_NAME]: key.record });
export const dnsDown: LookUpTxt = async () => {
  throw Object.assign(new Error("queryTxt ETIMEOUT"), { code: "ETIMEOUT" });
};

export type SignedMail = {
  readonly header: Uint8Array;
  readonly evidence: JsonValue;
  readonly signature: Uint8Array;
};

/** Another one each time, since each has an id of its own. */
export async function signedMail(
  to: string,
  changes: {
    day?: string;
    from?: string;
    domain?: string;
    selector?: string;
    key?: SenderKey;
    subject?: string;
  } = {},
): Promise<SignedMail> {
  const { day = MAIL_DAY, from = SENDER.from, domain = SENDER.domain, selector = "s1" } = changes;
  const { privateKey } = changes.key ?? key;
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    dkim: { domainName: domain, keySelector: selector, privateKey },
  });
  const { message } = await transport.sendMail({
    from: `Sign-in <${from}>`,
    to,
    subject: changes.subject ?? "New sign-in to your account",
    date: new Date(`${day}T09:30:00Z`),
    text: "Somebody has signed in.",
  });
  const header = parseHeader(message as unknown as Uint8Array);
  const signature = listedSignatures(header)[0]!.signature!;
  return mailOf(cutDown(header, signature), signature.bytes);
}

export function mailOf(header: Uint8Array, signature: Uint8Array): SignedMail {
  return { header, evidence: { kind: "existing-mail", header: encodeBase64url(header) }, signature };
}

/** What reserves the mail at a registrar. */
export function reservationOf(mail: SignedMail, registrar: string): JsonValue {
  return {
    kind: "existing-mail",
    mail: mailReservationHash(registrar, encodeBase64url(mail.signature)),
  };
}
