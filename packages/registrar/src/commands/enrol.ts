/**
 * An enrolment (PROTOCOL §9): evidence in, blind signatures out, once for a mailbox and epoch.
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
  type EnrolmentRequest,
  RSA_MODULUS_BYTES,
  type RsaPublicKey,
  readMailbox,
  requestsHash,
} from "@undersigned/core";
import { RegistrarError } from "../errors.ts";
import { keySetName } from "../keys/load-epochs.ts";
import { requireTaken } from "../limits.ts";
import {
  type Registrar,
  requireActive,
  requireEvidence,
  requireOpenEpoch,
  requireWork,
} from "../registrar.ts";
import { signQueueFull } from "../signing/sign-pool.ts";

/**
 * The blind signatures, 256 bytes each, by slot. The enrolment is durable before any is made. Until the code proves the
 * mailbox, all mailboxes are answered alike, after the same work; of one that the rules refuse every code is wrong.
 * Throws as `reserve`, CoreError `rsa-out-of-range`, `wrong-code`, `too-many-tries`, `already-enrolled` (only to who has
 * proved the mailbox), and `second-party-down` and `signing-failed`, after which the same request completes.
 */
export async function enrol(
  registrar: Registrar,
  request: EnrolmentRequest,
  client: string,
): Promise<readonly Uint8Array[]> {
  requireActive(registrar);
  requireTaken(
    registrar.limiters.enrolmentsPerNetwork.take(client),
    "Too many enrolments came from this network. Try again in a minute.",
  );
  const { epoch, secrets } = await requireOpenEpoch(registrar, request.workforce, request.epoch);
  requireEvidence(epoch, request.evidence.kind, request.class);
  const { mailbox, refused } = readMailbox(request.evidence.mailbox, epoch.statement.mailboxes);
  const blinded = readBlinded(request, epoch.slots.get(request.class) ?? []);
  // Before the code is looked at, so that a refusal costs no try; what is stored already stays good.
  if (registrar.pool.full) {
    registrar.logger.event("sign-queue-full", {});
    registrar.attack.notice("sign-queue");
    // Who brings work keeps it; who brings none is asked for it below.
    if (request.work !== null) throw signQueueFull();
  }
  await requireWork(registrar, request.work);
  const requests = requestsHash({ ...request, registrar: registrar.identity.publicKey });
  registrar.guard.require({
    codeKey: secrets.code,
    mailbox,
    allowed: refused === null,
    requests,
    code: request.evidence.code,
    network: client,
  });

  const tag = await registrar.tagger.tag(epoch, secrets, mailbox);
  // The lock may have been lost while a second party was asked.
  requireActive(registrar);
  const mac = hmac(secrets.mac, tag, decodeBase64url(requests, 32));
  const outcome = await registrar.writer.enrol({
    epoch: epoch.number,
    evidence: request.evidence.kind,
    tag,
    mac,
  });
  if (outcome === "taken") {
    throw new RegistrarError(
      "already-enrolled",
      "This mailbox is enrolled already, with another recovery phrase. Use that one; if it was not you, tell the organisers.",
    );
  }
  return split(await registrar.pool.sign(keySetName(epoch.number, request.class), blinded));
}

/** All blinded messages in one piece. Each must be a number with 0 < m < n of its slot's key. */
function readBlinded(request: EnrolmentRequest, keys: readonly RsaPublicKey[]): Uint8Array {
  const blinded = new Uint8Array(keys.length * RSA_MODULUS_BYTES);
  for (const { slot, blinded: text } of request.slots) {
    const message = decodeBase64url(text, RSA_MODULUS_BYTES);
    if (!checkRsaSignatureRange(keys[slot]!, message) || message.every((byte) => byte === 0)) {
      throw new CoreError(
        "rsa-out-of-range",
        "A request does not belong to its slot's key. Load the page again and enrol anew.",
      );
    }
    blinded.set(message, slot * RSA_MODULUS_BYTES);
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
