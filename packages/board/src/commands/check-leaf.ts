/** Checks that leaves of signatories have in common. All input is a stranger's. */
import {
  appearanceAllowed,
  commitmentOf,
  decodeBase64url,
  type EndorsementClass,
  encodeCanonical,
  encodeLeaf,
  isNameConfirmed,
  leafHashOf,
  type Opening,
  type SignatoryLeaf,
  signedMessage,
} from "@undersigned/core";
import { BoardError } from "../errors.ts";
import type { LetterContext } from "../model/letter-book.ts";
import type { SignaturePool } from "../signatures/signature-pool.ts";
import type { Outcome } from "../storage/pool-writer.ts";

/** The leaf hash, 32 bytes. Throws `too-large` beyond 8,192 bytes of leaf. */
export function hashOf(leaf: SignatoryLeaf): Uint8Array {
  return leafHashOf(encodeLeaf(leaf));
}

/**
 * Whether what is to be shown fits its leaf and is offered: the bytes to keep, or null for an anonymous signatory, who
 * sends nothing. Throws `opening-mismatch` or `appearance-not-offered`.
 */
export function checkOpening(
  letter: LetterContext,
  leaf: SignatoryLeaf & { readonly commitment: string },
  opening: Opening | null,
): Uint8Array | null {
  const { roles, places } = letter.epoch.manifest;
  const appearance = opening === null ? ({ kind: "anonymous" } as const) : opening.appearance;
  if (opening !== null) {
    const { letter: id, key, seq } = opening;
    const fits =
      opening.appearance.kind !== "anonymous" &&
      id === leaf.letter &&
      key === leaf.key &&
      seq === leaf.seq &&
      commitmentOf(opening) === leaf.commitment;
    if (!fits) {
      throw new BoardError(
        "opening-mismatch",
        "What shall be shown is not what the leaf commits to: build both again, and send no opening to stay anonymous.",
      );
    }
  }
  if (!appearanceAllowed(appearance, { roles, places }, letter)) {
    throw new BoardError(
      "appearance-not-offered",
      "The letter does not offer to appear like this: choose among its kinds, show a name that was confirmed if it takes no other, and take roles and places from its lists.",
    );
  }
  return opening === null ? null : encodeCanonical(opening);
}

/**
 * Throws `name-not-confirmed` unless a name that is to be shown as confirmed was confirmed, as a recount will check it:
 * one that slipped through would put the whole letter in doubt. Costs as many checks of signatures as the quorum, so it
 * comes after the leaf's own.
 */
export async function requireNameConfirmed(
  letter: LetterContext,
  cls: EndorsementClass,
  opening: Opening | null,
): Promise<void> {
  if (opening === null) return;
  const { manifest, statements } = letter.epoch;
  const { workforce, leaf } = letter;
  const confirmed = await isNameConfirmed(
    opening,
    { workforce, epoch: leaf.epoch, slot: leaf.slot },
    {
      class: cls,
      pattern: manifest.names !== null,
      quorum: manifest.quorum,
      registrars: new Set(statements.map(({ registrar }) => registrar)),
    },
  );
  if (!confirmed) {
    throw new BoardError(
      "name-not-confirmed",
      "The registrars that must have confirmed this name have not: enrol again with it, or show it as your own word.",
    );
  }
}

/** Throws `signature-invalid` unless the leaf's key has signed the leaf, and the further messages. */
export async function checkSignatures(
  signatures: SignaturePool,
  leaf: SignatoryLeaf,
  further: readonly { readonly message: Uint8Array; readonly signature: Uint8Array }[] = [],
): Promise<void> {
  const publicKey = decodeBase64url(leaf.key, 32);
  const own = { message: signedMessage(leaf), signature: decodeBase64url(leaf.sig, 64) };
  const checks = [own, ...further].map((one) => ({ publicKey, ...one }));
  if (!(await signatures.verifyAll(checks))) {
    throw new BoardError("signature-invalid", "A signature is not by the key that it names: sign again.");
  }
}

const REFUSALS: Readonly<Record<Exclude<Outcome["kind"], "accepted">, string>> = {
  "already-endorsed": "This key has endorsed the letter with another leaf: repeat that one, or revise it.",
  "letter-not-open": "The letter takes no endorsements today: see its days.",
  "sequence-taken": "This key has another leaf with this number: read its state, and follow the newest one.",
  "predecessor-unknown": "The leaf does not follow this key's newest one: read its state and build it again.",
  "too-many-pending": "This key has too many changes waiting: try again after the next tick.",
};

/** Throws for a leaf that was not accepted. Returns whether its endorsement is in the log already. */
export function requireAccepted(outcome: Outcome): boolean {
  if (outcome.kind === "accepted") return outcome.released;
  throw new BoardError(outcome.kind, REFUSALS[outcome.kind]);
}

/** Throws `letter-not-open` before the letter's first day. */
export function requireOpened(letter: LetterContext, today: string): void {
  if (today < letter.leaf.opens) {
    throw new BoardError("letter-not-open", `The letter opens on ${letter.leaf.opens}: come back then.`);
  }
}
