/**
 * An enrolment (PROTOCOL §9): evidence in, blind signatures out, once for a mailbox or an invitation and epoch.
 *
 * Stored first, signed afterwards: whatever fails in between, the same request completes it, because the stored MAC is
 * that of these requests and raw RSA gives the same answer each time. The other way round, two different requests of
 * one mailbox could both be signed before either is stored.
 */
import { createHmac } from "node:crypto";
import {
  CoreError,
  checkRsaSignatureRange,
  decodeBase64url,
  type Enrolment,
  type EnrolmentRequest,
  type EvidenceKind,
  type NameStatement,
  RSA_MODULUS_BYTES,
  type RsaPublicKey,
  requestsHash,
} from "@undersigned/core";
import { RegistrarError } from "../errors.ts";
import { readEvidence } from "../evidence/evidence.ts";
import { type Epoch, keySetName } from "../keys/load-epochs.ts";
import { requireTaken } from "../limits.ts";
import {
  type Registrar,
  requireActive,
  requireEvidence,
  requireOpenEpoch,
  requireWork,
} from "../registrar.ts";
import { signQueueFull } from "../signing/sign-pool.ts";
import type { BlindedSet } from "../signing/sign-worker.ts";
import { confirmName } from "./confirm-name.ts";

/** The blind signatures, 256 bytes each, by slot and by number, and the confirmation of the name. */
export type SignedEnrolment = {
  readonly slots: readonly Uint8Array[];
  readonly invitations: readonly Uint8Array[];
  readonly name: Enrolment["name"];
};

/**
 * The enrolment is durable before anything is signed. Until the evidence proves a mailbox, all mailboxes are answered alike,
 * after the same work. Throws as `reserve`, CoreError `rsa-out-of-range`, `bad-field` (invitations or a name that the class or
 * the manifest does not allow), what the kind of evidence does (`evidence/`), to who has proved it `already-enrolled`,
 * `mail-spent` and `invitation-used`, and `signing-failed`, after which the same request completes.
 */
export async function enrol(
  registrar: Registrar,
  request: EnrolmentRequest,
  client: string,
): Promise<SignedEnrolment> {
  requireActive(registrar);
  requireTaken(
    registrar.limiters.enrolmentsPerNetwork.take(client),
    "Too many enrolments came from this network. Try again in a minute.",
  );
  const { epoch, secrets } = await requireOpenEpoch(registrar, request.workforce, request.epoch);
  requireEvidence(epoch, request.evidence.kind, request.class);
  const at = { epoch, secrets, network: client };
  const prove = readEvidence(registrar, at, request.evidence);
  const sets = readBlindedSets(request, epoch);
  // Before the evidence is looked at, so that a refusal costs no try; what is stored already stays good.
  if (registrar.pool.full) {
    registrar.logger.event("sign-queue-full", {});
    registrar.attack.notice("sign-queue");
    // Who brings work keeps it; who brings none is asked for it below.
    if (request.work !== null) throw signQueueFull();
  }
  await requireWork(registrar, request.work);
  const requests = requestsHash({ ...request, registrar: registrar.identity.publicKey });
  const { tag, mailbox, mail } = await prove(requests);
  // The lock may have been lost while others were asked.
  requireActive(registrar);
  const mac = hmac(secrets.mac, tag, decodeBase64url(requests, 32));
  const { kind } = request.evidence;
  const outcome = await registrar.writer.enrol({ epoch: epoch.number, evidence: kind, tag, mac, mail });
  if (outcome === "taken" || outcome === "spent") throw enrolledBefore(kind, outcome);
  const names = mailbox === null ? null : await confirmName(registrar, at, mailbox, request.name);
  return await sign(registrar, sets, names);
}

async function sign(
  { pool }: Registrar,
  sets: readonly BlindedSet[],
  names: readonly NameStatement[] | null,
): Promise<SignedEnrolment> {
  const signed = await pool.sign({ sets, names: names ?? [] });
  const [slots, invitations] = signed.sets;
  const rule = names?.[0]?.rule;
  return {
    slots: split(slots!),
    invitations: invitations === undefined ? [] : split(invitations),
    name: rule === undefined ? null : { rule, sigs: [...signed.names] },
  };
}

/** What is to be signed: all slots of the class, then the invitations, if mailboxes may give some. */
function readBlindedSets(request: EnrolmentRequest, epoch: Epoch): BlindedSet[] {
  const of = request.class;
  const numbers = of === "mailbox" ? epoch.invitations : [];
  const { slots, invitations, name } = request;
  if (invitations.length !== numbers.length || invitations.some(({ number }, i) => number !== i)) {
    throw new CoreError(
      "bad-field",
      "A request asks for as many invitations as the manifest gives to a mailbox, and for none with an invitation.",
    );
  }
  if (of === "vouched" && name !== null) {
    throw new CoreError("bad-field", "A request with an invitation proves no mailbox and asks for no name.");
  }
  const sets = [
    { set: keySetName(epoch.number, of), blinded: readBlinded(slots, epoch.slots.get(of) ?? []) },
  ];
  if (numbers.length > 0) {
    const keys = numbers.map(({ key }) => key.rsa);
    sets.push({ set: keySetName(epoch.number, "invitations"), blinded: readBlinded(invitations, keys) });
  }
  return sets;
}

/** Blinded messages, one for each key, in one piece. Each must be a number with 0 < m < n of its key. */
function readBlinded(
  items: readonly { readonly blinded: string }[],
  keys: readonly RsaPublicKey[],
): Uint8Array {
  const blinded = new Uint8Array(keys.length * RSA_MODULUS_BYTES);
  for (const [i, key] of keys.entries()) {
    const message = decodeBase64url(items[i]!.blinded, RSA_MODULUS_BYTES);
    if (!checkRsaSignatureRange(key, message) || message.every((byte) => byte === 0)) {
      throw new CoreError(
        "rsa-out-of-range",
        "A request does not belong to its slot's key. Load the page again and enrol anew.",
      );
    }
    blinded.set(message, i * RSA_MODULUS_BYTES);
  }
  return blinded;
}

function split(signatures: Uint8Array): Uint8Array[] {
  return Array.from({ length: signatures.length / RSA_MODULUS_BYTES }, (_, slot) =>
    signatures.subarray(slot * RSA_MODULUS_BYTES, (slot + 1) * RSA_MODULUS_BYTES),
  );
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

function enrolledBefore(kind: EvidenceKind, outcome: "taken" | "spent"): RegistrarError {
  if (outcome === "spent") {
    return new RegistrarError(
      "mail-spent",
      "This mail was used already, with another recovery phrase. Use that one; if it was not you, tell the organisers.",
    );
  }
  if (kind === "vouch") {
    return new RegistrarError(
      "invitation-used",
      "This invitation was used already, with another recovery phrase. Use that one, or ask for another invitation.",
    );
  }
  return new RegistrarError(
    "already-enrolled",
    "This mailbox is enrolled already, with another recovery phrase. Use that one; if it was not you, tell the organisers.",
  );
}
