/** What is published about a world's workforce and its letters. */
import {
  addDays,
  type BatchRule,
  decodeBase64url,
  encodeBase64url,
  type LetterManifest,
  logOrigin,
  quorumBounds,
  randomBytes,
  type Signer,
  type WorkforceManifest,
} from "@undersigned/core";

export const OPENS = "2031-03-03";
export const CLOSES = "2031-03-31";

/** Of registrars in the manifest's order. */
export function workforceManifest(
  registrars: WorkforceManifest["registrars"],
  quorum: number,
  logKey: string,
  board: { readonly key: string; readonly url: string },
  opener: Signer,
): WorkforceManifest {
  return {
    type: "workforce-manifest",
    v: 1,
    version: 1,
    workforce: null,
    previous: null,
    employer: "Example Works",
    mailboxes: {
      domains: [{ domain: "example.com", aliases: ["mail.example.com"] }],
      plus: true,
      dots: false,
      groups: ["all"],
    },
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    registrars,
    quorum,
    bounds: quorumBounds(registrars.length, quorum),
    log: { key: logKey, origin: logOrigin(decodeBase64url(logKey, 32)) },
    board,
    witnesses: [],
    witnessQuorum: 0,
    openers: [opener.publicKey],
    headcount: { number: 1400, source: "Annual report", day: "2031-01-01" },
    roles: ["Engineer"],
    places: [],
    existingMail: null,
    vouching: null,
    names: null,
    codeMail: { subject: "Your code", body: "Your code is {code}.\n\nNobody will ask you for it." },
  };
}

export function letterManifest(workforce: string, opener: Signer, batch: BatchRule): LetterManifest {
  return {
    type: "letter-manifest",
    v: 1,
    workforce,
    salt: encodeBase64url(randomBytes(32)),
    language: "en",
    title: "A letter",
    addressee: { name: "The Chief Executive", organisation: "Example Works", mailbox: null },
    body: "We ask you to stop.",
    demands: [{ id: "stop", title: "Stop", text: "Stop it.", met: "It has stopped." }],
    supplement: null,
    appearances: ["anonymous", "named", "role"],
    names: "any",
    opens: OPENS,
    closes: CLOSES,
    delivers: addDays(CLOSES, 7),
    delivery: "By hand.",
    batch,
    organisers: [opener.publicKey],
    replaces: null,
  };
}
