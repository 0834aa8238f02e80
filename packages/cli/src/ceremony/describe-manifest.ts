/** A workforce manifest in words, for whoever is asked to make, sign or check one. */
import { decodeBase64url, encodeHex, type WorkforceManifest, workforceManifestHash } from "@undersigned/core";
import { boundsWords } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import type { Registrar } from "./cards.ts";
import { evidenceLines } from "./evidence-lines.ts";

/** The hash in groups of four, to be read out and compared: 64 digits from 0 to 9 and a to f. */
export function spokenHash(hash: string): string {
  return encodeHex(decodeBase64url(hash, 32)).replace(/(.{4})(?=.)/g, "$1 ");
}

/** What a manifest says, a line each. `own` is the identity of the registrar that reads it, if one does. */
export function manifestLines(file: Uint8Array, manifest: WorkforceManifest, own?: string): string[] {
  const hash = workforceManifestHash(file);
  const { registrars, quorum, board, headcount, openers } = manifest;
  return [
    `employer: ${manifest.employer}`,
    `version: ${manifest.version}`,
    ...manifest.mailboxes.domains.map(mailboxLine),
    `mailbox rules: ${ruleWords(manifest.mailboxes)}`,
    ...evidenceLines(manifest),
    ...registrars.map((registrar) => registrarLine(registrar, registrar.identity === own)),
    `quorum: ${quorum} of ${registrars.length}`,
    ...boundsWords(sayIn("en"), manifest.bounds).map((sentence) => `  ${sentence}`),
    `board: ${board.url}`,
    `keys that may open letters: ${openers.length}`,
    `headcount: ${headcount === null ? "not stated" : `${headcount.number} on ${headcount.day} (${headcount.source})`}`,
    `manifest: ${hash}`,
    `to read out: ${spokenHash(hash)}`,
  ];
}

function mailboxLine({ domain, aliases }: WorkforceManifest["mailboxes"]["domains"][number]): string {
  return `mailboxes: anything@${domain}${aliases.length > 0 ? `, the same as at ${aliases.join(", ")}` : ""}`;
}

function ruleWords({ plus, dots, groups }: WorkforceManifest["mailboxes"]): string {
  return [
    plus ? "what follows a + is ignored" : "a + is part of the name",
    dots ? "dots are ignored" : "dots count",
    groups.length === 0 ? "no group mailboxes are left out" : `left out: ${groups.join(", ")}`,
  ].join("; ");
}

function registrarLine({ name, operator, url }: Registrar, own: boolean): string {
  return `registrar: ${name}, run by ${operator}, at ${url}${own ? " (this one)" : ""}`;
}
