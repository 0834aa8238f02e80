/**
 * Existing mail, as a registrar and a person's device read it, and the addressee's answers. Half of the mails are changed
 * before they are signed: their signature is right, and what is odd about them reaches the policy, or the reader of parts.
 */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { CoreError } from "@undersigned/core";
import {
  cutDown,
  listedSignatures,
  MailError,
  type MailRules,
  parseCutDown,
  parseHeader,
  proveMailbox,
  readKeyRecord,
} from "@undersigned/mail";
import { checkAnswerEvidence, type KeyOf, readAnswer } from "@undersigned/mail/answer";
import {
  answerMail,
  EXPECTED,
  htmlPart,
  multipartMail,
  plainPart,
  TODAY,
} from "../../packages/mail/test/answer-kit.ts";
import {
  FIELDS,
  mailOf,
  RULES,
  type SenderKey,
  signatureOver,
  signedMail,
} from "../../packages/mail/test/kit.ts";
import type { SeededRandom } from "../kit/seeded-random.ts";
import { mutateBytes } from "./mutate.ts";
import { type Target, takes } from "./target.ts";

/** More than a header may have. */
const MOST = 80 * 1024;
const NOW = Date.parse("2026-05-20T12:00:00Z");
const MAILBOX = "baker@example.com";

/** The same in every run, so that what was found stays what it was. */
const KEY: SenderKey = (() => {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 5)]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return { privateKey, record: `v=DKIM1; k=ed25519; p=${spki.subarray(-32).toString("base64")}` };
})();

const rules: MailRules = {
  ...RULES,
  keys: RULES.keys.map((key) => (key.name.startsWith("e.") ? { ...key, record: KEY.record } : key)),
};

const VECTORS = new URL("../../packages/mail/test/vectors/", import.meta.url);
const vectors = ["lieser/", "mailauth/"].flatMap((folder) =>
  readdirSync(new URL(folder, VECTORS))
    .filter((name) => name.endsWith(".eml"))
    .map((name) => new Uint8Array(readFileSync(new URL(`${folder}${name}`, VECTORS)))),
);
const signed = new Uint8Array(signedMail(FIELDS, { key: KEY }));
const mails = [signed, ...vectors];
const cut = cutOf(signed);

function cutOf(mail: Uint8Array): Uint8Array {
  const header = parseHeader(mail);
  const [listed] = listedSignatures(header);
  if (listed?.signature == null) throw new Error("the sample has no signature");
  return cutDown(header, listed.signature);
}

/** A mail whose fields were changed before it was signed. */
function signedAfterwards(random: SeededRandom): Uint8Array {
  const bytes = Buffer.from(FIELDS.join("\r\n"), "latin1");
  const changed = Buffer.from(mutateBytes(random, bytes, mails, MOST)).toString("latin1");
  const fields = changed.split(/\r\n(?![ \t])/);
  return new Uint8Array(mailOf([signatureOver(fields, { key: KEY }), ...fields]));
}

function changedMail(random: SeededRandom): Uint8Array {
  if (random.below(2) === 0) return signedAfterwards(random);
  return mutateBytes(random, mails[random.below(mails.length)] as Uint8Array, mails, MOST);
}

const answers = [
  answerMail({ key: KEY }),
  multipartMail("alternative", [plainPart(), htmlPart()], { key: KEY }),
  multipartMail(
    "mixed",
    [
      'Content-Type: multipart/alternative; boundary="c2"\r\n\r\n--c2\r\nContent-Type: text/plain; charset=iso-8859-15\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nA=\r\n=A4\r\n--c2--',
      "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nSubject: a\r\n\r\nb",
    ],
    { key: KEY },
  ),
];
const answerKey: KeyOf = async () => [KEY.record];

/** An answer whose fields or body were changed before it was signed, or after that. */
function changedAnswer(random: SeededRandom): Uint8Array {
  const seed = answers[random.below(answers.length)] as Uint8Array;
  const changed = mutateBytes(random, seed, [...answers, ...mails], MOST);
  if (random.below(3) === 0) return changed;
  const text = Buffer.from(changed).toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const fields = text.slice(0, Math.max(end, 0)).split(/\r\n(?![ \t])/);
  const unsigned = fields.filter((field) => !/^dkim-signature:/i.test(field));
  return answerMail({ key: KEY, fields: unsigned, body: text.slice(end + 4) });
}

const ERRORS = [MailError, CoreError];

export const mailTargets: readonly Target[] = [
  {
    name: "mail-header",
    weight: 8,
    most: MOST,
    seeds: mails,
    make: changedMail,
    takes: (input) =>
      takes(ERRORS, () => listedSignatures(parseHeader(input)).some(({ signature }) => signature !== null)),
  },
  {
    name: "mail-proof",
    weight: 16,
    most: MOST,
    seeds: [signed],
    make: changedMail,
    // A person's way: find the signature, judge it, cut down; then a registrar's way with what was cut down.
    takes: (input) =>
      takes(ERRORS, async () => {
        const header = parseHeader(input);
        const signature = await proveMailbox(header, rules, MAILBOX, NOW);
        const again = parseCutDown(cutDown(header, signature));
        try {
          await proveMailbox(again.header, rules, MAILBOX, NOW);
        } catch (error) {
          throw new Error(`refused once it was cut down: ${String(error)}`);
        }
      }),
  },
  {
    name: "mail-answer",
    weight: 4,
    most: 2 * MOST,
    seeds: answers,
    make: changedAnswer,
    // It never throws, and what is published of a mail that counts shows the same again.
    takes: (input) =>
      takes([], async () => {
        const read = await readAnswer(input, EXPECTED, answerKey, NOW);
        if (read.verdict === "unverified") return false;
        if (read.evidence === null) return true;
        const again = await checkAnswerEvidence(read.evidence, read.record, EXPECTED, TODAY);
        if (JSON.stringify(again) !== JSON.stringify(read))
          throw new Error("the evidence shows something else");
        return true;
      }),
  },
  {
    name: "mail-cut-down",
    weight: 8,
    most: MOST,
    seeds: [cut],
    make: (random) => {
      if (random.below(2) === 0) return mutateBytes(random, cut, mails, MOST);
      const mail = signedAfterwards(random);
      try {
        return cutOf(mail);
      } catch {
        return mail;
      }
    },
    takes: (input) =>
      takes(ERRORS, async () => {
        const { header } = parseCutDown(input);
        await proveMailbox(header, rules, MAILBOX, NOW);
      }),
  },
  {
    name: "mail-key-record",
    weight: 4,
    most: 8_192,
    seeds: RULES.keys.map(({ record }) => new TextEncoder().encode(record)),
    make: (random) => {
      const seeds = RULES.keys.map(({ record }) => new TextEncoder().encode(record));
      return mutateBytes(random, seeds[random.below(seeds.length)] as Uint8Array, seeds, 8_192);
    },
    takes: (input) => takes(ERRORS, () => readKeyRecord(new TextDecoder().decode(input))),
  },
];
