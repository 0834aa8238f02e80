/**
 * A mail that the person already had (decision 13), cut down to what its DKIM signature covers. An attacker controls all of
 * it but the signature of an accepted sender, and may have got the mail from another registrar. So it counts only for the
 * requests that it was reserved for, and only if it is dated in a window that no other epoch shares.
 */
import {
  CoreError,
  canonicalMailbox,
  decodeBase64url,
  type ExistingMailRules,
  encodeBase64url,
  type MailEvidence,
  mailReservationHash,
  mailWindow,
} from "@undersigned/core";
import {
  checkPolicy,
  keyRecordName,
  MailError,
  type MailPolicy,
  type MailSignature,
  mailDay,
  mailRecipient,
  type ParsedHeader,
  parseCutDown,
  readKeyRecord,
  verifyHeader,
} from "@undersigned/mail";
import { RegistrarError } from "../errors.ts";
import type { Registrar } from "../registrar.ts";
import { spentMailHash } from "../tag/keyed-hashes.ts";
import type { EvidenceAt, Prove, Proved } from "./evidence.ts";

/**
 * Throws `mail-refused`. The proof throws `not-reserved`, `mail-refused`, `mail-key-retired`, `mail-key-unreachable`, `busy`,
 * and `second-party-down`, after which the same request completes.
 */
export function mailEvidence(registrar: Registrar, at: EvidenceAt, evidence: MailEvidence): Prove {
  const { header, signature } = orRefused(() => parseCutDown(decodeBase64url(evidence.header)));
  const { reservations, identity } = registrar;
  const mail = mailReservationHash(identity.publicKey, encodeBase64url(signature.bytes));
  return async (requests) => {
    if (!reservations.isHeld(at.epoch.number, mail, requests)) {
      throw new RegistrarError(
        "not-reserved",
        "This mail is not reserved for these requests, or not any more. Reserve it and send them again.",
      );
    }
    try {
      return await prove(registrar, at, header, signature);
    } catch (error) {
      throw asRefusal(error);
    }
  };
}

async function prove(
  registrar: Registrar,
  { epoch, secrets }: EvidenceAt,
  header: ParsedHeader,
  signature: MailSignature,
): Promise<Proved> {
  const rules = epoch.manifest.existingMail!;
  const policy = policyFor(registrar, epoch, rules);
  // No name is looked up for a stranger's mail.
  if (!rules.senders.some(({ domain }) => domain === signature.domain)) {
    throw new MailError("sender-not-accepted");
  }
  const mailbox = mailRecipient(header, signature, policy);
  const keyName = keyRecordName(signature);
  const keyRecord = await registrar.mailKeys.find(keyName, mailDay(header, signature), rules.records);
  const key = readKeyRecord(keyRecord);
  checkPolicy(header, signature, key, policy, mailbox);
  await verifyHeader(header, signature, key, registrar.clock.now());
  const hash = spentMailHash(secrets.tag, signature.bytes);
  return {
    tag: await registrar.tagger.tag(epoch, secrets, mailbox),
    mailbox,
    mail: { hash, keyName, keyRecord },
  };
}

function policyFor(
  { log }: Registrar,
  { number, statement }: EvidenceAt["epoch"],
  rules: ExistingMailRules,
): MailPolicy {
  const window = mailWindow(rules, statement.closes, log.mailClosesBefore(number));
  if (window === null) throw new MailError("outside-window");
  return {
    senders: rules.senders,
    window,
    canonical: (address) => canonicalMailbox(address, statement.mailboxes),
  };
}

function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** The sentences of package mail hold nothing of a mail. */
function asRefusal(error: unknown): unknown {
  if (error instanceof MailError) {
    return new RegistrarError(
      error.code === "key-revoked" ? "mail-key-retired" : "mail-refused",
      error.message,
    );
  }
  return error instanceof CoreError ? new RegistrarError("mail-refused", error.message) : error;
}
