/** A workforce manifest that a registrar can be measured under. */
import {
  decodeBase64url,
  encodeCanonical,
  type JsonValue,
  logOrigin,
  quorumBounds,
  signerFromSeed,
  type WorkforceManifest,
} from "@undersigned/core";

/** File bytes. The keys of board and log do nothing here. */
export function manifestFor(identity: string): Uint8Array {
  const board = signerFromSeed(new Uint8Array(32).fill(1)).publicKey;
  const log = signerFromSeed(new Uint8Array(32).fill(2)).publicKey;
  const manifest: WorkforceManifest = {
    type: "workforce-manifest",
    v: 1,
    version: 1,
    workforce: null,
    previous: null,
    employer: "Example Works",
    mailboxes: { domains: [{ domain: "example.com", aliases: [] }], plus: true, dots: true, groups: [] },
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    registrars: [{ identity, name: "First", operator: "First Office", url: "https://one.example.com" }],
    quorum: 1,
    bounds: quorumBounds(1, 1),
    log: { key: log, origin: logOrigin(decodeBase64url(log)) },
    board: { key: board, url: "https://board.example.com" },
    witnesses: [],
    witnessQuorum: 0,
    openers: [board],
    headcount: null,
    roles: [],
    places: [],
    existingMail: null,
    vouching: null,
    names: null,
    codeMail: { subject: "Your code", body: "Your code is {code}." },
  };
  return encodeCanonical(manifest as unknown as JsonValue);
}
