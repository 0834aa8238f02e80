/**
 * mailauth, another verifier, as the oracle: on mails that it and nodemailer sign, and on the same mails changed, it and we
 * say the same of the header, but for refusals of ours that are stated here. (It verifies the body too, so bodies stay as
 * they were signed.)
 */
import fc from "fast-check";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import nodemailer from "nodemailer";
import { describe, expect, it } from "vitest";
import type { MailErrorCode } from "../src/index.ts";
import {
  ed25519,
  FIELDS,
  headerOutcome,
  mailOf,
  NOW,
  rsa,
  type SenderKey,
  signatureOver,
  signedMail,
} from "./kit.ts";

const DOMAIN = "login.example.net";
const pem = (key: SenderKey) => key.privateKey.export({ format: "pem", type: "pkcs8" }).toString();

/** Whether mailauth, going by the RFCs exactly, passes the topmost signature. */
async function oraclePasses(mail: Uint8Array, record: string): Promise<boolean> {
  const { results } = await dkimVerify(Buffer.from(mail), {
    resolver: async () => [[record]],
    curTime: new Date(NOW),
    strict: true,
  } as Parameters<typeof dkimVerify>[1]);
  return results[0]?.status.result === "pass";
}

async function signByMailauth(
  mail: Uint8Array,
  key: SenderKey,
  canonicalization: string,
  headers: string,
): Promise<Uint8Array> {
  const { signatures } = await dkimSign(Buffer.from(mail), {
    canonicalization,
    signTime: new Date(NOW - 60_000),
    headerList: headers.split(":"),
    signatureData: [
      {
        signingDomain: DOMAIN,
        selector: "x",
        privateKey: pem(key),
        algorithm: key === rsa ? "rsa-sha256" : "ed25519-sha256",
        canonicalization,
      },
    ],
  } as unknown as Parameters<typeof dkimSign>[1]);
  expect(signatures).toContain("DKIM-Signature");
  return Buffer.concat([Buffer.from(signatures, "latin1"), mail]);
}

const fieldNames = ["From", "To", "Subject", "Date", "Message-ID", "X-A", "x-b"];
const content = fc
  .array(
    fc.constantFrom(
      "word",
      "a",
      " ",
      "  ",
      "\t",
      "\r\n ",
      "\r\n\t ",
      "=?utf-8?Q?x?=",
      ";",
      ":",
      "\xc3\xa9",
      "é",
      "@",
      '"',
    ),
    {
      maxLength: 8,
    },
  )
  // A line of white space alone is not for this list: see below.
  .map((parts) => `v${parts.join("").replace(/\r\n[ \t]+(?=\r\n|$)/g, " ")}`);
const someFields = fc
  .array(fc.tuple(fc.constantFrom(...fieldNames), fc.constantFrom(":", ": ", ":  ", ":\r\n "), content), {
    maxLength: 7,
  })
  .map((rows) => ["From: a@login.example.net", ...rows.map((row) => row.join(""))]);
const someHeaders = fc
  .array(fc.constantFrom(...fieldNames, "x-none"), { maxLength: 8 })
  .map((names) => ["From", ...names].join(":"));

/** What happens to a mail on its way: a field changed, added, taken away or moved. */
const change = fc.oneof(
  fc.record({ kind: fc.constant("none" as const) }),
  fc.record({
    kind: fc.constant("add" as const),
    at: fc.nat(9),
    text: content,
    name: fc.constantFrom(...fieldNames),
  }),
  fc.record({ kind: fc.constant("remove" as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant("move" as const), at: fc.nat(9), to: fc.nat(9) }),
  fc.record({ kind: fc.constant("space" as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant("letter" as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant("case" as const), at: fc.nat(9) }),
);

function changed(mail: Uint8Array, how: typeof change extends fc.Arbitrary<infer T> ? T : never): Uint8Array {
  const text = Buffer.from(mail).toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  // The signature, which is on top, stays there.
  const at = 1 + ("at" in how ? how.at % Math.max(fields.length - 1, 1) : 0);
  if (fields[at] !== undefined) {
    if (how.kind === "add") fields.splice(at, 0, `${how.name}: ${how.text}`);
    if (how.kind === "remove") fields.splice(at, 1);
    if (how.kind === "move") fields.splice(1 + (how.to % fields.length), 0, ...fields.splice(at, 1));
    if (how.kind === "space") fields[at] = `${fields[at].replace(":", ": ").replaceAll(" ", "  ")} `;
    if (how.kind === "letter") fields[at] += "x";
    if (how.kind === "case") fields[at] = fields[at].replace(/^[^:]+/, (name) => name.toUpperCase());
  }
  return Buffer.from(fields.join("\r\n") + text.slice(end), "latin1");
}

async function expectAgreement(mail: Uint8Array, key: SenderKey): Promise<boolean> {
  const passes = await oraclePasses(mail, key.record);
  const outcome = await headerOutcome(mail, key);
  expect(outcome).toBe(passes ? "accepted" : "signature-invalid");
  return passes;
}

describe("our verdict on a header is mailauth's", () => {
  it("on mails that mailauth signs, as they are and changed", async () => {
    const verdicts = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        someFields,
        someHeaders,
        fc.constantFrom("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"),
        fc.constantFrom(rsa, ed25519),
        change,
        async (fields, headers, canonicalization, key, how) => {
          const signed = await signByMailauth(mailOf(fields), key, canonicalization, headers);
          expect(await expectAgreement(signed, key)).toBe(true);
          verdicts[Number(await expectAgreement(changed(signed, how), key))]!++;
        },
      ),
      { numRuns: 80 },
    );
    // The changes must be of both kinds, or this says little.
    expect(Math.min(...verdicts)).toBeGreaterThan(8);
  });

  it("on mails that are signed over any list of fields, those that are not there and those that come later too", async () => {
    const verdicts = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        someFields,
        someHeaders,
        fc.constantFrom("simple/simple", "relaxed/simple"),
        change,
        async (fields, h, c, how) => {
          const signed = mailOf([signatureOver(fields, { tags: { h, c } }), ...fields]);
          expect(await expectAgreement(signed, ed25519)).toBe(true);
          verdicts[Number(await expectAgreement(changed(signed, how), ed25519))]!++;
        },
      ),
      { numRuns: 80 },
    );
    expect(Math.min(...verdicts)).toBeGreaterThan(8);
  });

  it("on mails that nodemailer writes and signs, as they are and changed", async () => {
    const transport = nodemailer.createTransport({
      streamTransport: true,
      buffer: true,
      newline: "windows",
      dkim: { domainName: DOMAIN, keySelector: "x", privateKey: pem(rsa) },
    });
    const words = fc.array(fc.constantFrom("New", "sign-in", "für", "你好", "a,b", '"q"', "x".repeat(60)), {
      minLength: 1,
      maxLength: 12,
    });
    const verdicts = [0, 0];
    await fc.assert(
      fc.asyncProperty(words, words, change, async (subject, name, how) => {
        const { message } = await transport.sendMail({
          from: { name: "Sign-in", address: "no-reply@login.example.net" },
          to: { name: name.join(" "), address: "baker@example.com" },
          subject: subject.join(" "),
          text: "body",
          headers: { "X-Long": subject.join(" ") },
        });
        const mail = message as unknown as Buffer;
        expect(await expectAgreement(mail, rsa)).toBe(true);
        verdicts[Number(await expectAgreement(changed(mail, how), rsa))]!++;
      }),
      { numRuns: 25 },
    );
    expect(Math.min(...verdicts)).toBeGreaterThan(2);
  });

  it.each([
    [
      "a signature from two days ahead",
      { tags: { t: String(NOW / 1000 + 172_800) } },
      "signature-from-future",
      true,
    ],
    ["space before a colon", { fields: ["X : y", ...FIELDS] }, "field-malformed", true],
    [
      "a continued line of white space alone",
      { fields: [...FIELDS, "X: a\r\n \r\n b"] },
      "folding-refused",
      true,
    ],
    ["a control character", { fields: [...FIELDS, "X: \x01"] }, "character-refused", true],
    [
      "other signatures signed along",
      { tags: { h: "From:DKIM-Signature" }, fields: [...FIELDS, signatureOver(FIELDS)] },
      "signatures-signed",
      true,
    ],
    ["a key that is a test", { record: "; t=y" }, "key-testing", true],
  ] as const)("but for %s", async (_, { tags = {}, fields = FIELDS, record = "" }: Case, ours, theirs) => {
    const key = { ...ed25519, record: ed25519.record + record };
    const mail = signedMail(fields, { tags });
    expect(await oraclePasses(mail, key.record)).toBe(theirs);
    expect(await headerOutcome(mail, key)).toBe(ours satisfies MailErrorCode | "accepted");
  });
});

interface Case {
  readonly tags?: Readonly<Record<string, string>>;
  readonly fields?: readonly string[];
  readonly record?: string;
}
