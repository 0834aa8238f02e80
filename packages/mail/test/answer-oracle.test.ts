/**
 * Two other projects' code as oracles. mailauth, going by the RFCs, says the same as we of whole mails that it and nodemailer
 * sign, as they are and with their bodies changed. postal-mime, a lax parser, reads the same words where we read any, from
 * mails that nodemailer composes in all its structures.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@undersigned/core";
import fc from "fast-check";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import nodemailer from "nodemailer";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { canonicalBody, readBody } from "../src/answer/body.ts";
import { toBytes } from "../src/header.ts";
import { listedSignatures, parseHeader } from "../src/index.ts";
import { ADDRESS, bytesOf, HEADER, NONCE, NOW, outcome, read } from "./answer-kit.ts";
import { ed25519, rsa, type SenderKey } from "./kit.ts";

const pem = (key: SenderKey) => key.privateKey.export({ format: "pem", type: "pkcs8" }).toString();

async function oracle(mail: Uint8Array, record: string) {
  const { results } = await dkimVerify(Buffer.from(mail), {
    resolver: async () => [[record]],
    curTime: new Date(NOW),
    strict: true,
  } as Parameters<typeof dkimVerify>[1]);
  return results[0]?.status.result;
}

async function signByMailauth(mail: Uint8Array, key: SenderKey, canonicalization: string) {
  const { signatures } = await dkimSign(Buffer.from(mail), {
    canonicalization,
    signTime: new Date(NOW - 60_000),
    signatureData: [
      {
        signingDomain: "example.com",
        selector: key === rsa ? "r" : "e",
        privateKey: pem(key),
        algorithm: key === rsa ? "rsa-sha256" : "ed25519-sha256",
        canonicalization,
      },
    ],
  } as unknown as Parameters<typeof dkimSign>[1]);
  return Buffer.concat([Buffer.from(signatures, "latin1"), mail]);
}

/** The relaxed form that is hashed, and that we read, has no spaces at the ends of lines. */
const withoutLineEnds = (text: string) => text.replace(/ +(?=\n)/g, "").trimEnd();

const pieces = fc.array(
  fc.constantFrom("word", "a", ".", " ", "  ", "\t", "\r\n", "\r\n\r\n", " \r\n", "--", "=", "\xc3\xbc"),
  { maxLength: 14 },
);

describe("our verdict on a whole mail is mailauth's", () => {
  it("with the body as it was signed, and changed on the way", async () => {
    const verdicts = { pass: 0, changed: 0 };
    await fc.assert(
      fc.asyncProperty(
        pieces,
        pieces,
        fc.constantFrom("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"),
        fc.constantFrom(rsa, ed25519),
        async (before, after, canonicalization, key) => {
          const body = `Words.${before.join("")}`;
          const signed = await signByMailauth(bytesOf(HEADER, body), key, canonicalization);
          const text = Buffer.from(signed).toString("latin1");
          expect(await oracle(signed, key.record)).toBe("pass");
          expect(outcome(await read(signed))).toBe("verified");
          for (const other of [
            `${body}${after.join("")}`,
            `Words.${after.join("")}`,
            body.replaceAll(" ", "  "),
          ]) {
            const mail = Buffer.from(text.slice(0, text.indexOf("\r\n\r\n") + 4) + other, "latin1");
            const passes = (await oracle(mail, key.record)) === "pass";
            expect(outcome(await read(mail))).toBe(passes ? "verified" : "body-changed");
            verdicts[passes ? "pass" : "changed"]++;
          }
        },
      ),
      { numRuns: 40 },
    );
    // Both must come up, or this says little.
    expect(Math.min(verdicts.pass, verdicts.changed)).toBeGreaterThan(20);
  });
});

describe("the words that we read", () => {
  const transport = nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    dkim: { domainName: "example.com", keySelector: "r", privateKey: pem(rsa) },
  });
  const words = fc.array(
    fc.constantFrom(
      "Yes",
      "no",
      "für",
      "你好",
      "we=ll",
      "--b",
      "שלום",
      "x".repeat(90),
      "\n",
      "\n\n",
      "> a",
      "é.",
      ".",
    ),
    { minLength: 1, maxLength: 20 },
  );

  it("are postal-mime's and those that nodemailer was given, in every structure", async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.constantFrom("quoted-printable" as const, "base64" as const),
        fc.record({ html: fc.boolean(), file: fc.boolean(), picture: fc.boolean() }),
        async (list, textEncoding, { html, file, picture }) => {
          const text = `So: ${list.join(" ")}`;
          const { message } = await transport.sendMail({
            from: { name: "Die Chefin für alles", address: "chief@example.com" },
            to: ADDRESS,
            subject: `Re: Brief für Sie ${NONCE}`,
            date: new Date(NOW - 86_400_000),
            text,
            textEncoding,
            ...(html ? { html: "<p>So <img src='cid:a'></p>" } : {}),
            attachments: [
              ...(file ? [{ filename: "a.txt", content: "not shown" }] : []),
              ...(picture ? [{ filename: "a.png", content: "x", cid: "a" }] : []),
            ],
          });
          const mail = message as unknown as Buffer;
          const answer = await read(mail);
          if (answer.verdict !== "verified") throw new Error(answer.reason);
          expect(withoutLineEnds(answer.text)).toBe(withoutLineEnds(text));
          expect(answer.subject).toBe(`Re: Brief für Sie ${NONCE}`);
          const theirs = await PostalMime.parse(mail);
          expect(withoutLineEnds(theirs.text ?? "")).toBe(withoutLineEnds(text));
          expect(theirs.subject).toBe(answer.subject);
          expect(theirs.from?.address).toBe("chief@example.com");
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the bodies of two other projects' mails", () => {
  const folder = join(import.meta.dirname, "vectors");
  const files = globSync("*/*.eml", { cwd: folder }).sort();

  it("are as they were signed, but for the one that says otherwise in its name", () => {
    const changed = files.filter((file) => {
      const mail = readFileSync(join(folder, file));
      const body = readBody(mail);
      const signatures = listedSignatures(parseHeader(mail)).flatMap(({ signature }) => signature ?? []);
      return signatures.some((signature) => {
        const hash = sha256(toBytes(canonicalBody(body, signature.bodyCanonicalization)));
        return Buffer.compare(hash, signature.bodyHash) !== 0;
      });
    });
    expect(files.length).toBe(25);
    expect(changed).toEqual(["lieser/rfc6376-A.2-body_modified.eml"]);
  });
});
