/** A thread that does to one mail after another what a registrar does: reads it, judges it, verifies its signature. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { checkPolicy, parseCutDown, readKeyRecord, verifyHeader } from "@undersigned/mail";
import { countOver, type Span } from "../lib/rate-threads.ts";

const NOW = Date.parse("2026-05-20T12:00:00Z");
/** No mail is read twice in a row, so that nothing is quick because it was there already. */
const MAILS = 500;

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64");
/** As a registrar keeps it for an hour. */
const key = readKeyRecord(`v=DKIM1; k=rsa; p=${spki}`);
const policy = {
  senders: [{ domain: "login.example.net", from: "no-reply@login.example.net", subject: "New sign-in *" }],
  window: { notBefore: "2026-05-01", notAfter: "2026-05-31" },
  canonical: (address: string) => address.toLowerCase(),
};

/** A mail as it leaves a device: the signature, then what it covers, the last field first. */
function cutDownMail(person: string): { mailbox: string; bytes: Uint8Array } {
  const fields = [
    ["Message-ID", `<${person}.1@login.example.net>`],
    ["Date", "Mon, 18 May 2026 09:30:00 +0000"],
    ["Subject", "New sign-in to your account from another place"],
    ["MIME-Version", "1.0"],
    ["Content-Type", 'multipart/alternative; boundary="=_0123456789abcdef"'],
    ["To", `${person}@example.com`],
    ["From", "Sign-in notices <no-reply@login.example.net>"],
  ] as const;
  const bodyHash = createHash("sha256").update(person).digest("base64");
  const names = fields.map(([name]) => name).reverse();
  const signature = `v=1; a=rsa-sha256; c=relaxed/relaxed; d=login.example.net; s=s1; h=${names.join(":")}; bh=${bodyHash}; b=`;
  const signed = fields.map(([name, value]) => `${name.toLowerCase()}:${value}`).reverse();
  const data = [...signed, `dkim-signature:${signature}`].join("\r\n");
  const value = signature + sign("sha256", Buffer.from(data), privateKey).toString("base64");
  const lines = [`DKIM-Signature: ${value}`, ...fields.map(([name, text]) => `${name}: ${text}`)];
  return { mailbox: `${person}@example.com`, bytes: Buffer.from(`${lines.join("\r\n")}\r\n`) };
}

const mails = Array.from({ length: MAILS }, (_, i) => cutDownMail(`p${String(i).padStart(4, "0")}`));

async function once(count: number): Promise<void> {
  const { mailbox, bytes } = mails[count % MAILS] as (typeof mails)[number];
  const { header, signature } = parseCutDown(bytes);
  checkPolicy(header, signature, key, policy, mailbox);
  await verifyHeader(header, signature, key, NOW);
}

let next = 0;

parentPort?.on("message", async (span: Span) =>
  parentPort?.postMessage(await countOver(span, () => once(next++))),
);
