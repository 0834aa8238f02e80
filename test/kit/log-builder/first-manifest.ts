/** The first manifest of a workforce, before an edit. */
import {
  decodeBase64url,
  logOrigin,
  quorumBounds,
  type Signer,
  type WorkforceManifest,
} from "@undersigned/core";
import { formatVkey, KEY_TYPE_COSIGNATURE_ED25519 } from "@undersigned/log";
import type { Mutable } from "../log-parts/mutable.ts";
import type { WorkforceOptions } from "./options.ts";

export interface WorkforceSigners {
  readonly registrars: readonly Signer[];
  readonly logSigner: Signer;
  readonly boardSigner: Signer;
  readonly opener: Signer;
  readonly witnesses: readonly Signer[];
}

export function firstManifest(
  of: WorkforceSigners,
  options: WorkforceOptions,
  k: number,
): Mutable<WorkforceManifest> {
  const logKey = decodeBase64url(of.logSigner.publicKey);
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
      dots: true,
      groups: [],
    },
    evidence: [
      { kind: "mailbox-code", class: "mailbox" },
      ...(options.vouching === undefined ? [] : [{ kind: "vouch", class: "vouched" } as const]),
    ],
    registrars: of.registrars.map((signer, i) => ({
      identity: signer.publicKey,
      name: `Registrar ${i + 1}`,
      operator: `Operator ${String.fromCharCode(65 + i)}`,
      url: `https://registrar-${i + 1}.example.com`,
    })),
    quorum: k,
    bounds: quorumBounds(of.registrars.length, k),
    log: { key: of.logSigner.publicKey, origin: logOrigin(logKey) },
    board: { key: of.boardSigner.publicKey, url: "https://board.example.com" },
    witnesses: of.witnesses.map((signer, i) => ({
      name: `witness-${i}.example.com`,
      vkey: formatVkey(
        `witness-${i}.example.com`,
        KEY_TYPE_COSIGNATURE_ED25519,
        decodeBase64url(signer.publicKey),
      ),
    })),
    witnessQuorum: options.witnessQuorum ?? options.witnesses ?? 0,
    openers: [of.opener.publicKey],
    headcount:
      options.headcount === null
        ? null
        : { number: options.headcount ?? 14_000, source: "Annual report 2025", day: "2026-01-31" },
    roles: ["Engineer", "Nurse"],
    places: ["Hamburg", "Lagos"],
    existingMail: null,
    vouching: options.vouching === undefined ? null : { invitations: options.vouching },
    names: options.names ?? null,
    codeMail: { subject: "Your code", body: "Your code is {code}." },
  };
}
