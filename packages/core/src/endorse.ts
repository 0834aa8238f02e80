/** What a signatory makes from the phrase: endorsement, revision, withdrawal, each with its opening (PROTOCOL §4, §7). */
import { compareBytes, encodeBase64url } from "./bytes.ts";
import { CoreError } from "./errors.ts";
import { type EndorsementClass, SUITE } from "./formats/common.ts";
import { type EndorsementLeaf, encodeLeaf, leafName, type SignatoryLeaf } from "./formats/leaves.ts";
import { type Appearance, commitmentOf, type Opening } from "./formats/opening.ts";
import {
  type EndorsementRequest,
  type RevisionRequest,
  remainderMessage,
  type WithdrawalRequest,
} from "./formats/requests.ts";
import type { Secrets, SlotRef } from "./phrase.ts";
import { signDetached, signObject } from "./signed.ts";
import type { Token } from "./token.ts";

/** A letter's place: where it stands decides which of a person's keys signs it. */
export interface LetterRef extends SlotRef {
  readonly letter: string;
}

/** Where a key stands: what its next leaf has to follow. */
export interface KeyHead {
  readonly seq: number;
  /** Leaf hash of the leaf with that seq, base64url. */
  readonly leaf: string;
}

function openingFor(secrets: Secrets, at: LetterRef, seq: number, appearance: Appearance): Opening {
  return {
    type: "opening",
    v: 1,
    letter: at.letter,
    key: secrets.slotSigner(at).publicKey,
    seq,
    salt: encodeBase64url(secrets.commitmentSalt(at, at.letter, seq)),
    appearance,
  };
}

/** An anonymous signatory's opening stays with the person: nothing of it is to be shown. */
function shownOnly(opening: Opening): Opening | null {
  return opening.appearance.kind === "anonymous" ? null : opening;
}

/**
 * The endorsement of a letter with exactly `quorum` of the tokens, chosen as PROTOCOL §6 says. Deterministic.
 * Throws CoreError `too-few-tokens`.
 */
export function makeEndorsement(
  secrets: Secrets,
  at: LetterRef,
  of: {
    readonly class: EndorsementClass;
    readonly tokens: readonly Token[];
    readonly quorum: number;
    readonly appearance: Appearance;
    readonly remainder: EndorsementRequest["remainder"];
  },
): EndorsementRequest {
  if (of.tokens.length < of.quorum) {
    throw new CoreError(
      "too-few-tokens",
      "Fewer registrars have answered than this workforce demands. Finish enrolling first.",
    );
  }
  const chosen = of.tokens
    .map((token) => ({ token, rank: secrets.tokenChoice(at, at.letter, token.registrar) }))
    .sort((a, b) => compareBytes(a.rank, b.rank))
    .slice(0, of.quorum)
    .map(({ token }) => token)
    .sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
  const signer = secrets.slotSigner(at);
  const opening = openingFor(secrets, at, 0, of.appearance);
  const leaf = signObject(
    {
      type: "endorsement" as const,
      v: 1 as const,
      suite: SUITE as EndorsementLeaf["suite"],
      letter: at.letter,
      class: of.class,
      key: signer.publicKey,
      seq: 0 as const,
      previous: null,
      commitment: commitmentOf(opening),
      tokens: chosen.map(({ registrar, prefix, signature }) => ({ registrar, prefix, signature })),
    },
    signer,
  );
  return {
    type: "endorsement-request",
    v: 1,
    leaf,
    opening: shownOnly(opening),
    remainder: of.remainder,
    sig: signDetached("endorsement-request", remainderMessage(nameOf(leaf), of.remainder), signer),
  };
}

/** A change of appearance that follows `head`. Deterministic. */
export function makeRevision(
  secrets: Secrets,
  at: LetterRef,
  head: KeyHead,
  appearance: Appearance,
): RevisionRequest {
  const signer = secrets.slotSigner(at);
  const seq = head.seq + 1;
  const opening = openingFor(secrets, at, seq, appearance);
  const leaf = signObject(
    {
      type: "revision" as const,
      v: 1 as const,
      letter: at.letter,
      key: signer.publicKey,
      seq,
      previous: head.leaf,
      commitment: commitmentOf(opening),
    },
    signer,
  );
  return { type: "revision-request", v: 1, leaf, opening: shownOnly(opening) };
}

/** A withdrawal that follows `head`. Deterministic. */
export function makeWithdrawal(secrets: Secrets, at: LetterRef, head: KeyHead): WithdrawalRequest {
  const signer = secrets.slotSigner(at);
  const leaf = signObject(
    {
      type: "withdrawal" as const,
      v: 1 as const,
      letter: at.letter,
      key: signer.publicKey,
      seq: head.seq + 1,
      previous: head.leaf,
    },
    signer,
  );
  return { type: "withdrawal-request", v: 1, leaf };
}

/** The name (leaf hash) of a leaf object. */
export function nameOf(leaf: SignatoryLeaf): string {
  return leafName(encodeLeaf(leaf));
}
