/**
 * What is kept of invitations, mails and names: HMAC-SHA-256 under the epoch's tag key, each with a domain string of its own
 * (PROTOCOL §9), which begins no mailbox and no answer of a second party. 32 bytes; without the tag key they say nothing.
 * What they hide needs no second party where it is random: an invitation's key, a mail's signature.
 */
import { createHmac } from "node:crypto";
import { domainMessage, encodeCanonical } from "@undersigned/core";

function keyed(tagKey: Uint8Array, thing: string, message: Uint8Array): Uint8Array {
  return createHmac("sha256", tagKey).update(domainMessage(thing, message)).digest();
}

/** By which a registrar knows that an invitation was used. `key`: the invitation's public key, base64url. */
export function invitationTag(tagKey: Uint8Array, key: string, number: number): Uint8Array {
  return keyed(tagKey, "invitation-tag", encodeCanonical({ key, number }));
}

/** By which a registrar knows a mail again. `signature`: what its `b=` holds, decoded. */
export function spentMailHash(tagKey: Uint8Array, signature: Uint8Array): Uint8Array {
  return keyed(tagKey, "spent-mail", signature);
}

/** What a note says: that this name, letter for letter, is that of the (canonical) mailbox's owner. */
export function nameNoteHash(tagKey: Uint8Array, mailbox: string, name: string): Uint8Array {
  return keyed(tagKey, "name-note", encodeCanonical({ mailbox, name }));
}
