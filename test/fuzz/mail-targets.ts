/**
 * Existing mail, as a registrar and a person's device read it. Half of the mails are changed before they are signed: their
 * signature is right, and what is odd about them reaches the policy.
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
