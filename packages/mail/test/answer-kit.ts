/** Answers of an addressee for tests: mails of fields and a body, signed by the code of kit.ts, also as no honest server would. */
import { createHash } from "node:crypto";
import { type ExpectedAnswer, type KeyOf, type ReadAnswer, readAnswer } from "../src/answer/index.ts";
import { ed25519, rsa, type SenderKey, type Signing, signatureOver } from "./kit.ts";

export const NOW = Date.parse("2026-05-20T12:00:00Z");
export const TODAY = "2026-05-20";
export const NONCE = "ABCD-EFGH-JKMN-PQRS";
export const ADDRESS = "answer-abcdefghij2345672345@answers.example.org";
export const EXPECTED: ExpectedAnswer = {
  mailbox: "Chief@Example.com",
  address: ADDRESS,
  nonce: NONCE,
  notBefore: "2026-05-10",
};

export const HEADER: readonly string[] = [
  "Received: from a.example.com by b.example.org; Mon, 18 May 2026 09:30:02 +0000",
  "From: The Chief <chief@example.com>",
  `To: ${ADDRESS}`,
  `Subject: Re: Your letter (${NONCE})`,
  "Date: Mon, 18 May 2026 09:30:00 +0000",
  "Message-ID: <1@mail.example.com>",
  "MIME-Version: 1.0",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: 8bit",
];
export const BODY = "We have read your letter.\r\n\r\nWe will end the contract in June.\r\n";
export const TEXT = "We have read your letter.\n\nWe will end the contract in June.";

export const SIGNED =
  "From:To:Cc:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding";

/** What DNS says: the Ed25519 key by the selector e, the RSA key by r. */
export const keyOf: KeyOf = async (name) => {
  if (name === "e._domainkey.example.com") return [ed25519.record];
  if (name === "r._domainkey.example.com") return [rsa.record];
  return [];
};

/** The fields with one of them in place of the one of its name; or added on top, or without it. */
export function withField(field: string, fields = HEADER): string[] {
  const name = field.split(":")[0]!.toLowerCase();
  return fields.map((one) => (one.split(":")[0]!.toLowerCase() === name ? field : one));
}
export function without(name: string, fields = HEADER): string[] {
  return fields.filter((one) => one.split(":")[0]!.toLowerCase() !== name);
}

export interface Answer {
  readonly fields?: readonly string[];
  /** A character for each byte. */
  readonly body?: string;
  readonly key?: SenderKey;
  /** What the fields are when they are signed, and the body; as they are sent, if left out. */
  readonly signedFields?: readonly string[];
  readonly signedBody?: string;
  readonly signing?: Signing;
}

/** The DKIM-Signature field alone. Relaxed in both halves and by Ed25519 if nothing is said. */
export function signatureOf(answer: Answer): string {
  const { fields = HEADER, body = BODY, key = ed25519, signing = {} } = answer;
  const { c = "relaxed/relaxed" } = signing.tags ?? {};
  const hashed = hashedBody(answer.signedBody ?? body, c?.split("/")[1] ?? "simple");
  return signatureOver(answer.signedFields ?? fields, {
    ...signing,
    key,
    tags: {
      c,
      d: "example.com",
      h: SIGNED,
      bh: createHash("sha256").update(hashed, "latin1").digest("base64"),
      ...signing.tags,
    },
  });
}

export function answerMail(answer: Answer = {}): Uint8Array {
  const { fields = HEADER, body = BODY } = answer;
  return bytesOf([signatureOf(answer), ...fields], body);
}

export function bytesOf(fields: readonly string[], body: string): Uint8Array {
  return new Uint8Array(Buffer.from(`${fields.join("\r\n")}\r\n\r\n${body}`, "latin1"));
}

/** RFC 6376 section 3.4 anew, line by line. */
function hashedBody(body: string, how: string): string {
  let lines = body.split("\r\n");
  if (how === "relaxed") lines = lines.map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) return how === "relaxed" ? "" : "\r\n";
  return lines.map((line) => `${line}\r\n`).join("");
}

export function read(mail: Uint8Array, expected: Partial<ExpectedAnswer> = {}, ask = keyOf, now = NOW) {
  return readAnswer(mail, { ...EXPECTED, ...expected }, ask, now);
}

/** The reason, or "verified". */
export function outcome(answer: ReadAnswer): string {
  return answer.verdict === "verified" ? "verified" : answer.reason;
}

/** A multipart's Content-Type and body, of parts that are given whole. */
export function multipart(subtype: string, parts: readonly string[], boundary = "b1"): [string, string] {
  const lines = parts.flatMap((part) => [`--${boundary}`, part]);
  return [
    `Content-Type: multipart/${subtype}; boundary="${boundary}"`,
    [...lines, `--${boundary}--`, ""].join("\r\n"),
  ];
}

export const plainPart = (text = "Words.") => `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
export const htmlPart = (text = "<p>Words.</p>") => `Content-Type: text/html; charset=utf-8\r\n\r\n${text}`;

/** A signed mail of a multipart. */
export function multipartMail(subtype: string, parts: readonly string[], answer: Answer = {}): Uint8Array {
  const [type, body] = multipart(subtype, parts);
  const fields = withField(type, without("content-transfer-encoding", answer.fields));
  return answerMail({ ...answer, fields, body });
}
