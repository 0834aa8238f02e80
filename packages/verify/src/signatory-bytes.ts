/**
 * Signatories' leaves as bytes, so that 200,000 of them need not be taken apart and put together again: which entries they
 * are, and the messages that signatories and registrars sign. What a leaf signs
 * is cut out of the leaf's own bytes, and a token's message is filled into a form made once by tokenMessage(). Both give the
 * bytes that core's signedMessage() and tokenMessage() give; a third of a recount's own time went there.
 */
import { domainMessage, type SignatoryLeaf, type TokenKey, tokenMessage } from "@undersigned/core";

const ascii = new TextEncoder();
const SIG_FIELD = ascii.encode(',"sig":"');
/** `,"sig":"`, 64 bytes as base64url, and the closing quote. */
const SIG_LENGTH = SIG_FIELD.length + 86 + 1;
const heads: Record<SignatoryLeaf["type"], Uint8Array> = {
  endorsement: domainMessage("endorsement", new Uint8Array(0)),
  revision: domainMessage("revision", new Uint8Array(0)),
  withdrawal: domainMessage("withdrawal", new Uint8Array(0)),
};

/**
 * M(type, leaf without `sig`) out of an entry that parseLeaf() has taken for a leaf of this type. In such an entry the first
 * `,"sig":"` is the field: what stands before it are numbers, null and text of closed alphabets.
 */
export function signedMessageOf(entry: Uint8Array, type: SignatoryLeaf["type"]): Uint8Array {
  const head = heads[type];
  const at = indexOfSig(entry);
  const message = new Uint8Array(head.length + entry.length - SIG_LENGTH);
  message.set(head);
  message.set(entry.subarray(0, at), head.length);
  message.set(entry.subarray(at + SIG_LENGTH), head.length + at);
  return message;
}

function indexOfSig(entry: Uint8Array): number {
  for (let at = entry.indexOf(SIG_FIELD[0]!); at >= 0; at = entry.indexOf(SIG_FIELD[0]!, at + 1)) {
    if (SIG_FIELD.every((byte, i) => entry[at + i] === byte)) return at;
  }
  throw new RangeError("An entry without sig is no leaf of a signatory.");
}

/**
 * How the canonical form of each of a signatory's leaves ends, and of no other leaf: `type` and `v` are the last of their
 * fields, and of no others'.
 */
const SIGNATORY_ENDS = ["endorsement", "revision", "withdrawal"].map((type) =>
  ascii.encode(`,"type":"${type}","v":1}`),
);

/** Whether the entry, if it is a leaf, is one of a signatory. Reads its end alone. */
export function isSignatorys(entry: Uint8Array): boolean {
  return SIGNATORY_ENDS.some((end) => {
    const from = entry.length - end.length;
    if (from < 0) return false;
    for (let i = end.length - 1; i >= 0; i--) if (entry[from + i] !== end[i]) return false;
    return true;
  });
}

const PREFIX_LENGTH = 32;
const KEY_LENGTH = 43;

/** `input_msg` of PROTOCOL §5 under one key: prefix, then the message for a slot's key. */
export class TokenInput {
  readonly #form: Uint8Array;
  readonly #keyAt: number;

  constructor(key: TokenKey) {
    // Two keys that differ in every character show where the message holds the key.
    const one = tokenMessage(key, "A".repeat(KEY_LENGTH));
    const other = tokenMessage(key, "B".repeat(KEY_LENGTH));
    this.#keyAt = PREFIX_LENGTH + one.findIndex((byte, i) => byte !== other[i]);
    this.#form = new Uint8Array(PREFIX_LENGTH + one.length);
    this.#form.set(one, PREFIX_LENGTH);
  }

  /** `prefix`: 32 bytes; `slotKey`: 43 characters of base64url. */
  fill(prefix: Uint8Array, slotKey: string): Uint8Array {
    const input = this.#form.slice();
    input.set(prefix);
    for (let i = 0; i < KEY_LENGTH; i++) input[this.#keyAt + i] = slotKey.charCodeAt(i);
    return input;
  }
}
