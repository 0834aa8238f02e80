/**
 * Invitations (PROTOCOL §5, §9; decision 14): what somebody who enrolled by mailbox gives to a colleague. Each registrar
 * has signed the invitation's key blindly, under a key for invitations of that number, so none of them can tell whose
 * it is. Whoever holds the secret may use it once.
 */
import { importRsaPss, type RsaPssKey, verifyRsaPss } from "#platform";
import { blindDerived } from "./blind-derived.ts";
import { finalize } from "./blind-rsa.ts";
import { concatBytes, decodeBase64url, encodeBase64url } from "./bytes.ts";
import { encodeCanonical, type JsonValue } from "./canonical-json.ts";
import { CoreError } from "./errors.ts";
import { MAX_INVITATIONS, MAX_REGISTRARS, SUITE } from "./formats/common.ts";
import { spkiHash } from "./formats/key-statement.ts";
import type { VouchEvidence } from "./formats/requests.ts";
import { domainMessage, hkdfExpand } from "./hash.ts";
import { parseRsaSpki, type RsaPublicKey } from "./rsa-public-key.ts";
import { type Signer, signDetached, signerFromSeed, verifyDetached } from "./signed.ts";

export interface InvitationRef {
  readonly workforce: string;
  readonly epoch: number;
  readonly number: number;
}

/** One registrar's key for invitations of one number. */
export interface InvitationKey extends InvitationRef {
  /** The registrar's identity key, base64url. */
  readonly registrar: string;
  /** SPKI hash, base64url. */
  readonly spki: string;
  readonly rsa: RsaPublicKey;
}

/** Reads a key of a statement strictly. Throws CoreError `bad-rsa-key`. */
export function invitationKey(
  where: InvitationRef & { readonly registrar: string },
  spkiText: string,
): InvitationKey {
  const spki = decodeBase64url(spkiText);
  const { workforce, epoch, number, registrar } = where;
  return { workforce, epoch, number, registrar, spki: spkiHash(spki), rsa: parseRsaSpki(spki) };
}

/** The message that a registrar signs blindly. `key` is the invitation's public key, base64url. */
export function invitationMessage(of: InvitationKey, key: string): Uint8Array {
  const { workforce, epoch, number, registrar, spki } = of;
  return domainMessage(
    "invitation",
    encodeCanonical({
      epoch,
      key,
      number,
      registrar,
      spki,
      suite: SUITE,
      type: "invitation",
      v: 1,
      workforce,
    }),
  );
}

/** What one invitation's secret (32 uniform bytes) is good for. */
export class InvitationSecrets {
  readonly at: InvitationRef;
  readonly #secret: Uint8Array;
  readonly #signer: Signer;

  constructor(at: InvitationRef, secret: Uint8Array) {
    const { workforce, epoch, number } = at;
    this.at = { workforce, epoch, number };
    this.#secret = secret;
    this.#signer = signerFromSeed(this.#derive("invitation-key", { epoch, number, workforce }, 32));
  }

  /** Public key of the invitation, base64url. */
  get key(): string {
    return this.#signer.publicKey;
  }

  get secret(): Uint8Array {
    return this.#secret;
  }

  #derive(thing: string, binding: JsonValue, length: number): Uint8Array {
    return hkdfExpand(this.#secret, domainMessage(thing, encodeCanonical(binding)), length);
  }

  #blinded(of: InvitationKey) {
    const { workforce, epoch, number, spki } = of;
    return blindDerived(of.rsa, invitationMessage(of, this.key), {
      prefix: this.#prefix(of),
      salt: this.#derive("invitation-salt", { epoch, number, spki, workforce }, 48),
      blinding: (attempt) =>
        this.#derive("invitation-blinding", { attempt, epoch, number, spki, workforce }, 272),
    });
  }

  #prefix({ workforce, epoch, number, spki }: InvitationKey): Uint8Array {
    return this.#derive("invitation-prefix", { epoch, number, spki, workforce }, 32);
  }

  /** The blinded message for one registrar, 256 bytes. Always the same one. */
  request(of: InvitationKey): Uint8Array {
    return this.#blinded(of).blindedMessage;
  }

  /** The registrar's signature (256 bytes) from its answer. Throws CoreError `signature-invalid` where it is not what was asked for. */
  unblind(of: InvitationKey, answer: Uint8Array): Uint8Array {
    const { input, inverse } = this.#blinded(of);
    return finalize(of.rsa, input, answer, inverse);
  }

  /** The evidence by which the registrar of `of` gives tokens for `requests` (`requestsHash`). */
  use(of: InvitationKey, signature: Uint8Array, requests: string): VouchEvidence {
    return {
      kind: "vouch",
      number: of.number,
      key: this.key,
      prefix: encodeBase64url(this.#prefix(of)),
      signature: encodeBase64url(signature),
      sig: signDetached("invitation-use", { requests }, this.#signer),
    };
  }
}

/** A key for invitations, made ready for many checks. */
export class InvitationVerifier {
  readonly key: InvitationKey;
  readonly #rsa: RsaPssKey | Promise<RsaPssKey>;

  constructor(key: InvitationKey) {
    this.key = key;
    this.#rsa = importRsaPss(key.rsa.spki);
  }

  /** Whether the registrar has signed `key` (base64url) as an invitation of this number. */
  async verify(key: string, prefix: string, signature: string): Promise<boolean> {
    const input = concatBytes(decodeBase64url(prefix, 32), invitationMessage(this.key, key));
    return verifyRsaPss(await this.#rsa, input, decodeBase64url(signature, 256));
  }

  /** Whether the evidence is this registrar's invitation, used for these requests by who holds its secret. */
  async accepts(evidence: VouchEvidence, requests: string): Promise<boolean> {
    return (
      evidence.number === this.key.number &&
      (await verifyDetached("invitation-use", { requests }, evidence.key, evidence.sig)) &&
      (await this.verify(evidence.key, evidence.prefix, evidence.signature))
    );
  }
}

/** What a link or QR code holds. */
export interface Invitation {
  readonly epoch: number;
  readonly number: number;
  /** 32 bytes. */
  readonly secret: Uint8Array;
  /** `registrar`: place in the list of the epoch's manifest; `signature`: 256 bytes. Rising, each once. */
  readonly tokens: readonly { readonly registrar: number; readonly signature: Uint8Array }[];
}

const HEAD = 1 + 2 + 1 + 32;
const TOKEN = 1 + 256;
const VERSION = 1;

/**
 * As base64url text of: version 1, epoch (2 bytes, big-endian), number, secret (32), then for each token the registrar's
 * place (1) and the signature (256).
 */
export function encodeInvitation({ epoch, number, secret, tokens }: Invitation): string {
  const head = Uint8Array.of(VERSION, epoch >> 8, epoch & 0xff, number);
  return encodeBase64url(
    concatBytes(head, secret, ...tokens.flatMap((t) => [Uint8Array.of(t.registrar), t.signature])),
  );
}

/** Throws CoreError `bad-invitation` for anything that `encodeInvitation` does not make. Nothing of it is repeated. */
export function parseInvitation(text: string): Invitation {
  const bytes = decodeInvitation(text);
  const count = (bytes.length - HEAD) / TOKEN;
  if (!Number.isInteger(count) || count < 1 || count > MAX_REGISTRARS) throw badInvitation();
  const epoch = bytes[1]! * 256 + bytes[2]!;
  const number = bytes[3]!;
  const tokens = Array.from({ length: count }, (_, i) => {
    const at = HEAD + i * TOKEN;
    return { registrar: bytes[at]!, signature: bytes.slice(at + 1, at + TOKEN) };
  });
  const rising = tokens.every(
    ({ registrar }, i) => registrar < MAX_REGISTRARS && (i === 0 || tokens[i - 1]!.registrar < registrar),
  );
  if (bytes[0] !== VERSION || epoch < 1 || number >= MAX_INVITATIONS || !rising) throw badInvitation();
  return { epoch, number, secret: bytes.slice(4, HEAD), tokens };
}

function decodeInvitation(text: string): Uint8Array {
  if (text.length > Math.ceil(((HEAD + MAX_REGISTRARS * TOKEN) * 4) / 3)) throw badInvitation();
  try {
    return decodeBase64url(text);
  } catch {
    throw badInvitation();
  }
}

function badInvitation(): CoreError {
  return new CoreError(
    "bad-invitation",
    "This is not a whole invitation. Copy the link again, from its beginning to its end, or scan the code again.",
  );
}
