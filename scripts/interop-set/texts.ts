/** Manifests of the two workforces and their letters: invented, and short where nothing depends on their length. */
import {
  decodeBase64url,
  encodeBase64url,
  type LetterManifest,
  logOrigin,
  quorumBounds,
  sha256,
  utf8Encode,
  type WorkforceManifest,
} from "@undersigned/core";
import { formatVkey, KEY_TYPE_COSIGNATURE_ED25519 } from "@undersigned/log";
import type { Mutable } from "./set-builder.ts";
import type { TestKeys, WorkforceKeys } from "./test-keys.ts";

const WITNESS = "witness.example.com";

/** Where a format wants 32 random bytes. */
export function madeUp(name: string): string {
  return encodeBase64url(sha256(utf8Encode(`undersigned interop salt\n${name}`)));
}

export function firstManifest(
  keys: TestKeys,
  own: WorkforceKeys,
  employer: string,
  headcount: number,
): Mutable<WorkforceManifest> {
  const n = keys.registrars.length;
  return {
    type: "workforce-manifest",
    v: 1,
    version: 1,
    workforce: null,
    previous: null,
    employer,
    mailboxes: {
      domains: [{ domain: "example.com", aliases: ["mail.example.com"] }],
      plus: true,
      dots: true,
      groups: ["all-*", "info"],
    },
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    registrars: keys.registrars.map(({ publicKey }, i) => ({
      identity: publicKey,
      name: `Registrar ${i + 1}`,
      operator: `Example Operator ${"ABC"[i]}`,
      url: `https://registrar-${i + 1}.example.com`,
    })),
    quorum: 2,
    bounds: quorumBounds(n, 2),
    log: { key: own.log.publicKey, origin: logOrigin(decodeBase64url(own.log.publicKey)) },
    board: { key: own.board.publicKey, url: "https://board.example.com" },
    witnesses: [
      {
        name: WITNESS,
        vkey: formatVkey(WITNESS, KEY_TYPE_COSIGNATURE_ED25519, decodeBase64url(own.witness.publicKey)),
      },
    ],
    witnessQuorum: 1,
    openers: [own.opener.publicKey],
    headcount: { number: headcount, source: "Annual report 2026", day: "2026-12-31" },
    roles: ["Engineer", "Nurse"],
    places: ["Hamburg", "Lagos", "São Paulo"],
    existingMail: null,
    vouching: null,
    names: { pattern: "{given}{family}{n}", order: "given-family" },
    codeMail: { subject: "Your code", body: "Your code is {code}.\nWe never send links." },
  };
}

/** Lets people prove a mailbox by a mail that they have, and each of them invite two. */
export function withAllEvidence(manifest: Mutable<WorkforceManifest>): Mutable<WorkforceManifest> {
  return {
    ...manifest,
    evidence: [
      { kind: "existing-mail", class: "mailbox" },
      { kind: "mailbox-code", class: "mailbox" },
      { kind: "vouch", class: "vouched" },
    ],
    existingMail: {
      senders: [
        {
          name: "Pay slips",
          domain: "payroll.example.com",
          from: "no-reply@payroll.example.com",
          subject: "Your pay slip*",
        },
      ],
      notBefore: "2026-07-01",
      notAfter: "2026-12-31",
      records: [
        {
          name: "s1._domainkey.payroll.example.com",
          record: "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
          first: "2026-07-01",
          last: "2026-12-31",
        },
      ],
    },
    vouching: { invitations: 2 },
  };
}

export function letterManifest(
  workforce: string,
  own: WorkforceKeys,
  of: Pick<LetterManifest, "title" | "opens" | "closes" | "batch"> & Partial<LetterManifest>,
): Mutable<LetterManifest> {
  return {
    type: "letter-manifest",
    v: 1,
    workforce,
    salt: madeUp(of.title),
    language: "en",
    addressee: { name: "The chief executive", organisation: "Example Works", mailbox: null },
    body: "We ask you to end the trial.\n\nIt was never meant to last.",
    demands: [
      { id: "end", title: "End the trial", text: "End it this quarter.", met: "The trial has ended." },
    ],
    supplement: null,
    appearances: ["anonymous", "named", "role"],
    names: "any",
    delivers: of.closes,
    delivery: "Handed over in print.",
    organisers: [own.organiser.publicKey],
    replaces: null,
    ...structuredClone(of),
  } as Mutable<LetterManifest>;
}
