/** Signatories in a log: their keys, tokens and confirmed names, and what they sign. */
import {
  type Appearance,
  commitmentOf,
  concatBytes,
  type EndorsementClass,
  type EndorsementLeaf,
  encodeBase64url,
  encodeCanonical,
  encodeLeaf,
  type JsonValue,
  leafName,
  nameKey,
  type Opening,
  type RevisionLeaf,
  type SignatoryLeaf,
  type Signer,
  SUITE,
  sha256,
  signName,
  signObject,
  type Token,
  type TokenKey,
  tokenKey,
  tokenMessage,
  type WithdrawalLeaf,
} from "@undersigned/core";
import { OPENINGS_PER_PAGE } from "../log-parts/key-states.ts";
import type { Edit, Mutable } from "../log-parts/mutable.ts";
import { LetterLog } from "./letter-log.ts";
import type { ConfirmOptions, EndorseOptions, LetterHandle } from "./options.ts";

interface Head {
  readonly class: EndorsementClass;
  readonly seq: number;
  readonly leaf: string;
}

export class SignatoryLog extends LetterLog {
  readonly #heads = new Map<string, Head>();
  readonly #openings = new Map<string, Opening>();

  /** The slot's key of person `person`. */
  person(at: Pick<LetterHandle, "epoch" | "slot">, person: number): Signer {
    return this.signer(`person ${person} epoch ${at.epoch} slot ${at.slot}`);
  }

  /** A token of a registrar on a slot's key, signed outright: the same bytes as after blinding and unblinding. */
  token(
    at: Pick<TokenKey, "epoch" | "slot" | "class"> & {
      readonly workforce?: string;
      readonly registrar: number;
    },
    slotKey: string,
  ): Token {
    const rsa = this.rsaFor(at.epoch, at.registrar, at.class, at.slot);
    const registrar = this.registrars[at.registrar]!.publicKey;
    const key = tokenKey({ workforce: this.workforce, ...at, registrar }, rsa.spki);
    const message = tokenMessage(key, slotKey);
    const prefix = sha256(concatBytes(this.bytes("prefix"), message));
    const salt = concatBytes(prefix, sha256(prefix)).subarray(0, 48);
    const signature = rsa.signPss(concatBytes(prefix, message), salt);
    return { registrar, prefix: encodeBase64url(prefix), signature: encodeBase64url(signature) };
  }

  /** A name for a person's key in a letter's slot, confirmed by the quorum's registrars unless told otherwise. */
  confirmed(letter: LetterHandle, person: number, name: string, options: ConfirmOptions = {}): Appearance {
    const { epoch, slot } = { ...letter, ...options.at };
    const { workforce } = { workforce: this.workforce, ...options.at };
    const rule = options.rule ?? "pattern";
    const salt = this.salt(`name ${epoch} ${slot} ${person}`);
    const key = nameKey(this.person(letter, options.keyOf ?? person).publicKey, salt);
    const of = {
      workforce,
      epoch,
      slot,
      name: options.signedName ?? name,
      rule: options.signedRule ?? rule,
      key,
    };
    const numbers = options.registrars ?? Array.from({ length: this.manifest.quorum }, (_, i) => i);
    const by = (options.signers ?? numbers.map((number) => this.registrars[number]!))
      .map((signer) => ({ registrar: signer.publicKey, sig: signName(of, signer) }))
      .sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
    return { kind: "named", name, confirmed: { rule, salt, by }, role: null, place: null };
  }

  /** An endorsement, not yet in the log. */
  endorse(letter: LetterHandle, person: number, options: EndorseOptions = {}): EndorsementLeaf {
    const signer = this.person(letter, person);
    const cls = options.class ?? this.manifest.evidence[0]!.class;
    const numbers = options.registrars ?? Array.from({ length: this.manifest.quorum }, (_, i) => i);
    const unsigned: Omit<EndorsementLeaf, "sig"> = {
      type: "endorsement",
      v: 1,
      suite: SUITE as EndorsementLeaf["suite"],
      letter: letter.letter,
      class: cls,
      key: signer.publicKey,
      seq: 0,
      previous: null,
      commitment: this.salt("no opening"),
      tokens: numbers
        .map((registrar) =>
          this.token(
            { epoch: letter.epoch, slot: letter.slot, class: cls, registrar, ...options.tokens },
            signer.publicKey,
          ),
        )
        .sort((a, b) => (a.registrar < b.registrar ? -1 : 1))
        .map(({ registrar, prefix, signature }) => ({ registrar, prefix, signature })),
    };
    const opening = this.#opening(letter, signer, 0, options.appearance);
    const leaf = this.#signatoryLeaf(
      { ...unsigned, commitment: commitmentOf(opening) },
      signer,
      options.edit,
    );
    this.#remember(letter, person, leaf, cls, opening);
    return leaf;
  }

  revise(
    letter: LetterHandle,
    person: number,
    appearance: Appearance,
    options: { readonly edit?: Edit<RevisionLeaf> } = {},
  ): RevisionLeaf {
    const signer = this.person(letter, person);
    const head = this.#head(letter, person);
    const opening = this.#opening(letter, signer, head.seq + 1, appearance);
    const leaf = this.#signatoryLeaf<RevisionLeaf>(
      {
        type: "revision",
        v: 1,
        letter: letter.letter,
        key: signer.publicKey,
        seq: head.seq + 1,
        previous: head.leaf,
        commitment: commitmentOf(opening),
      },
      signer,
      options.edit,
    );
    this.#remember(letter, person, leaf, head.class, opening);
    return leaf;
  }

  withdraw(
    letter: LetterHandle,
    person: number,
    options: { readonly edit?: Edit<WithdrawalLeaf> } = {},
  ): WithdrawalLeaf {
    const signer = this.person(letter, person);
    const head = this.#head(letter, person);
    const leaf = this.#signatoryLeaf<WithdrawalLeaf>(
      {
        type: "withdrawal",
        v: 1,
        letter: letter.letter,
        key: signer.publicKey,
        seq: head.seq + 1,
        previous: head.leaf,
      },
      signer,
      options.edit,
    );
    this.#remember(letter, person, leaf, head.class, null);
    return leaf;
  }

  /** What is shown under a letter, by path. */
  protected openingFiles(letter: string): Map<string, Uint8Array> {
    const files = new Map<string, Uint8Array>();
    const keys = this.keyStates.of(letter).map(([, state]) => state);
    for (let page = 0; page * OPENINGS_PER_PAGE < keys.length; page++) {
      const entries = keys
        .slice(page * OPENINGS_PER_PAGE, (page + 1) * OPENINGS_PER_PAGE)
        .filter((key) => !key.withdrawn && this.#openings.has(key.leaf))
        .map((key) => ({ index: key.index, opening: this.#openings.get(key.leaf)! }))
        .sort((a, b) => a.index - b.index);
      files.set(
        `openings/${letter}/${page}.json`,
        encodeCanonical({ type: "openings", v: 1, letter, page, entries } as unknown as JsonValue),
      );
    }
    return files;
  }

  #opening(letter: LetterHandle, signer: Signer, seq: number, appearance?: Appearance): Opening {
    return {
      type: "opening",
      v: 1,
      letter: letter.letter,
      key: signer.publicKey,
      seq,
      salt: this.salt(`opening ${letter.letter} ${signer.publicKey} ${seq}`),
      appearance: appearance ?? { kind: "anonymous" },
    };
  }

  #signatoryLeaf<T extends SignatoryLeaf>(unsigned: Omit<T, "sig">, signer: Signer, edit?: Edit<T>): T {
    edit?.(unsigned as Mutable<T>);
    const withoutSig = unsigned as Omit<T, "sig"> & { readonly type: string };
    return signObject(withoutSig, signer) as unknown as T;
  }

  #remember(
    letter: LetterHandle,
    person: number,
    leaf: SignatoryLeaf,
    cls: EndorsementClass,
    opening: Opening | null,
  ): void {
    const name = leafName(encodeLeaf(leaf));
    this.#heads.set(`${letter.letter} ${person}`, { class: cls, seq: leaf.seq, leaf: name });
    if (opening !== null && opening.appearance.kind !== "anonymous") this.#openings.set(name, opening);
  }

  #head(letter: LetterHandle, person: number): Head {
    const head = this.#heads.get(`${letter.letter} ${person}`);
    if (head === undefined) throw new Error("Endorse before revising or withdrawing.");
    return head;
  }
}
