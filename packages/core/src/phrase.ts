/**
 * The recovery phrase and all that derives from it (PROTOCOL §6). Same phrase, same bytes: requests can be repeated and a
 * lost phone costs nothing. Whoever holds the phrase is the person.
 */
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { randomBytes } from "#platform";
import { utf8Encode } from "./bytes.ts";
import { encodeCanonical, type JsonValue } from "./canonical-json.ts";
import { CoreError } from "./errors.ts";
import { domainMessage, hkdfExpand, hkdfExtract } from "./hash.ts";
import { type InvitationRef, InvitationSecrets } from "./invitation.ts";
import { type Signer, signerFromSeed } from "./signed.ts";

/** The slot of one person in one epoch of one workforce. */
export interface SlotRef {
  readonly workforce: string;
  readonly epoch: number;
  readonly slot: number;
}

/** Twelve fresh words. Never chosen by a person. */
export function generatePhrase(): string {
  return entropyToMnemonic(randomBytes(16), wordlist);
}

/** Lower case, single spaces: what people's typing may differ in without meaning another phrase. */
function tidy(phrase: string): string {
  return phrase.normalize("NFKD").trim().toLowerCase().split(/\s+/).join(" ");
}

/** The secrets of one phrase. */
export class Secrets {
  readonly #root: Uint8Array;

  /** Throws CoreError `bad-phrase` unless these are twelve words of the list with a right checksum. */
  constructor(phrase: string) {
    const words = tidy(phrase);
    let entropy: Uint8Array;
    try {
      if (words.split(" ").length !== 12) throw new Error("length");
      entropy = mnemonicToEntropy(words, wordlist);
    } catch {
      throw new CoreError(
        "bad-phrase",
        "These are not the twelve words of a recovery phrase. Check spelling and order.",
      );
    }
    this.#root = hkdfExtract(utf8Encode("undersigned/phrase/v1"), entropy);
  }

  #derive(thing: string, binding: JsonValue, length: number): Uint8Array {
    return hkdfExpand(this.#root, domainMessage(thing, encodeCanonical(binding)), length);
  }

  slotSigner({ workforce, epoch, slot }: SlotRef): Signer {
    return signerFromSeed(this.#derive("slot-key", { epoch, slot, workforce }, 32));
  }

  /** 32-byte message prefix of RFC 9474's randomised preparation. `spki` is the SPKI hash. */
  tokenPrefix({ workforce, epoch, slot }: SlotRef, spki: string): Uint8Array {
    return this.#derive("token-prefix", { epoch, slot, spki, workforce }, 32);
  }

  /** 48-byte PSS salt. */
  tokenSalt({ workforce, epoch, slot }: SlotRef, spki: string): Uint8Array {
    return this.#derive("token-salt", { epoch, slot, spki, workforce }, 48);
  }

  /** 272 bytes, to be read big-endian and reduced modulo n: 128 bits more than n, so the bias is below 2^-128. */
  blinding({ workforce, epoch, slot }: SlotRef, spki: string, attempt: number): Uint8Array {
    return this.#derive("blinding", { attempt, epoch, slot, spki, workforce }, 272);
  }

  commitmentSalt({ workforce, epoch, slot }: SlotRef, letter: string, seq: number): Uint8Array {
    return this.#derive("commitment-salt", { epoch, letter, seq, slot, workforce }, 32);
  }

  /** Orders registrars for one letter, the same at each try and unknown to anyone else. */
  tokenChoice({ workforce, epoch, slot }: SlotRef, letter: string, registrar: string): Uint8Array {
    return this.#derive("token-choice", { epoch, letter, registrar, slot, workforce }, 32);
  }

  /** Salt of the hash by which a registrar confirms a name for the slot's key (decision 15), 32 bytes. */
  nameSalt({ workforce, epoch, slot }: SlotRef): Uint8Array {
    return this.#derive("name-salt", { epoch, slot, workforce }, 32);
  }

  /** One of the invitations that this person may give (decision 14). */
  invitation({ workforce, epoch, number }: InvitationRef): InvitationSecrets {
    const secret = this.#derive("invitation", { epoch, number, workforce }, 32);
    return new InvitationSecrets({ workforce, epoch, number }, secret);
  }

  /** Orders a person's invitations, so that their numbers do not tell which was given first. 32 bytes. */
  invitationChoice({ workforce, epoch, number }: InvitationRef): Uint8Array {
    return this.#derive("invitation-choice", { epoch, number, workforce }, 32);
  }

  /** An organiser's key at one board (its public key, base64url), unrelated to any key that signs letters. */
  organiserSigner(board: string): Signer {
    return signerFromSeed(this.#derive("organiser-key", { board }, 32));
  }

  enrolmentFileKey(workforce: string): Uint8Array {
    return this.#derive("enrolment-file", { workforce }, 32);
  }
}
