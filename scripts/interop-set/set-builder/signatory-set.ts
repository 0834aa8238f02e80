/** Signatories in a set: their tokens and confirmed names, what they sign, what is shown and hidden of it. */
import {
  type Appearance,
  blindRequest,
  type ConfirmedName,
  type EndorsementClass,
  type EndorsementLeaf,
  encodeBase64url,
  encodeCanonical,
  encodeLeaf,
  type HiddenEntry,
  type InvitationKey,
  type InvitationRef,
  invitationKey,
  type JsonValue,
  type KeyHead,
  type LetterRef,
  leafName,
  makeEndorsement,
  makeRevision,
  makeWithdrawal,
  type NameStatement,
  nameKey,
  type Opening,
  type OpeningsEntry,
  type RevisionLeaf,
  type SignatoryLeaf,
  type Signer,
  signName,
  signObject,
  type Token,
  type TokenKey,
  tokenKey,
  unblind,
  type WithdrawalLeaf,
} from "@undersigned/core";
import { OPENINGS_PER_PAGE } from "../../../test/kit/log-parts/key-states.ts";
import type { Edit, Mutable } from "../../../test/kit/log-parts/mutable.ts";
import { LetterSet } from "./letter-set.ts";
import type { Files } from "./workforce-set.ts";

type NamedAppearance = Extract<Appearance, { kind: "named" }>;

export interface Confirmation {
  readonly rule?: ConfirmedName["rule"];
  /** Who has signed; the first k registrars unless told. */
  readonly signers?: readonly Signer[];
  /** What they have signed where it is not what the opening says. */
  readonly says?: Partial<NameStatement>;
}

/** Tokens by all that they depend on: enrolling is slow, and most sets have people in common. */
const enrolled = new Map<string, Token>();

export class SignatorySet extends LetterSet {
  readonly openings = new Map<string, Opening>();
  /** By the name of the leaf, as `openings`. */
  readonly hidden = new Map<string, HiddenEntry["hidden"]>();

  readonly #heads = new Map<string, KeyHead>();

  tokenKey(
    registrar: number,
    { workforce, epoch, slot }: Omit<LetterRef, "letter">,
    cls: EndorsementClass = "mailbox",
  ): TokenKey {
    const identity = this.keys.registrars[registrar]!.publicKey;
    const { spki } = this.keys.slotKey(epoch, registrar, slot, cls);
    return tokenKey({ workforce, epoch, slot, class: cls, registrar: identity }, spki);
  }

  invitationKey(registrar: number, at: InvitationRef): InvitationKey {
    const identity = this.keys.registrars[registrar]!.publicKey;
    const { spki } = this.keys.invitationKey(registrar, at.number);
    return invitationKey({ ...at, registrar: identity }, spki);
  }

  /** A person's token, by way of a blind request. */
  token(person: number, registrar: number, at: LetterRef, cls: EndorsementClass = "mailbox"): Token {
    const key = this.tokenKey(registrar, at, cls);
    const name = [person, registrar, at.workforce, at.epoch, at.slot, cls].join(" ");
    const known = enrolled.get(name);
    if (known !== undefined) return known;
    const { secrets } = this.keys.people[person]!;
    const answer = this.keys.slotKey(at.epoch, registrar, at.slot, cls).sign(blindRequest(secrets, key));
    const token = unblind(secrets, key, answer);
    enrolled.set(name, token);
    return token;
  }

  /** An endorsement with the tokens of `quorum` registrars out of all three, as a client makes it. */
  endorse(
    person: number,
    at: LetterRef,
    appearance: Appearance = { kind: "anonymous" },
    edit?: Edit<Omit<EndorsementLeaf, "sig">>,
    cls: EndorsementClass = "mailbox",
  ): EndorsementLeaf {
    const { secrets } = this.keys.people[person]!;
    const request = makeEndorsement(secrets, at, {
      class: cls,
      tokens: [0, 1, 2].map((registrar) => this.token(person, registrar, at, cls)),
      quorum: this.manifest.quorum,
      appearance,
      remainder: "release",
    });
    const leaf = edit === undefined ? request.leaf : resign(request.leaf, edit, secrets.slotSigner(at));
    this.#remember(leaf, request.opening);
    return leaf;
  }

  /** A name that registrars have confirmed for a person's key in a letter's slot: honestly, unless told otherwise. */
  confirmed(person: number, at: LetterRef, name: string, of: Confirmation = {}): NamedAppearance {
    const { secrets } = this.keys.people[person]!;
    const { workforce, epoch, slot } = at;
    const rule = of.rule ?? "pattern";
    const salt = encodeBase64url(secrets.nameSalt(at));
    const statement = {
      workforce,
      epoch,
      slot,
      name,
      rule,
      key: nameKey(secrets.slotSigner(at).publicKey, salt),
      ...of.says,
    };
    const by = (of.signers ?? this.keys.registrars.slice(0, this.manifest.quorum))
      .map((signer) => ({ registrar: signer.publicKey, sig: signName(statement, signer) }))
      .sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
    return { kind: "named", name, confirmed: { rule, salt, by }, role: null, place: null };
  }

  revise(
    person: number,
    at: LetterRef,
    appearance: Appearance,
    edit?: Edit<Omit<RevisionLeaf, "sig">>,
  ): RevisionLeaf {
    const { secrets } = this.keys.people[person]!;
    const request = makeRevision(secrets, at, this.head(person, at), appearance);
    const leaf = edit === undefined ? request.leaf : resign(request.leaf, edit, secrets.slotSigner(at));
    this.#remember(leaf, request.opening);
    return leaf;
  }

  withdraw(person: number, at: LetterRef, edit?: Edit<Omit<WithdrawalLeaf, "sig">>): WithdrawalLeaf {
    const { secrets } = this.keys.people[person]!;
    const request = makeWithdrawal(secrets, at, this.head(person, at));
    const leaf = edit === undefined ? request.leaf : resign(request.leaf, edit, secrets.slotSigner(at));
    this.#remember(leaf, null);
    return leaf;
  }

  head(person: number, at: LetterRef): KeyHead {
    const head = this.#heads.get(
      `${at.letter} ${this.keys.people[person]!.secrets.slotSigner(at).publicKey}`,
    );
    if (head === undefined) throw new Error("Endorse first.");
    return head;
  }

  /** What a person shows is hidden. */
  hide(person: number, at: LetterRef, hidden: HiddenEntry["hidden"]): void {
    const head = this.head(person, at);
    this.openings.delete(head.leaf);
    this.hidden.set(head.leaf, hidden);
  }

  protected writeOpenings(letter: string, files: Files): void {
    const keys = this.keyStates.of(letter);
    for (let page = 0; page * OPENINGS_PER_PAGE < keys.length; page++) {
      const entries = keys
        .slice(page * OPENINGS_PER_PAGE, (page + 1) * OPENINGS_PER_PAGE)
        .filter(([, key]) => !key.withdrawn)
        .flatMap(([, { index, leaf }]): OpeningsEntry[] => {
          const [opening, hidden] = [this.openings.get(leaf), this.hidden.get(leaf)];
          if (opening !== undefined) return [{ index, opening }];
          return hidden === undefined ? [] : [{ index, hidden }];
        })
        .sort((a, b) => a.index - b.index);
      const file = { type: "openings", v: 1, letter, page, entries };
      files.set(`openings/${letter}/${page}.json`, encodeCanonical(file as unknown as JsonValue));
    }
  }

  protected writeSignatories(letter: string, files: Files): void {
    const keys = this.keyStates.of(letter);
    if (keys.length === 0) return;
    const entries = keys
      .map(([key, { seq, withdrawn, leaf, index }]) => {
        return { key, seq, state: withdrawn ? "withdrawn" : "counted", leaf, index };
      })
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const file = {
      type: "signatories",
      v: 1,
      letter,
      size: this.entries.length,
      bits: 0,
      bucket: 0,
      entries,
    };
    files.set(`signatories/${letter}/0/0.json`, encodeCanonical(file as unknown as JsonValue));
  }

  #remember(leaf: SignatoryLeaf, opening: Opening | null): void {
    const name = leafName(encodeLeaf(leaf));
    this.#heads.set(`${leaf.letter} ${leaf.key}`, { seq: leaf.seq, leaf: name });
    if (opening !== null) this.openings.set(name, opening);
  }
}

/** A leaf changed by `edit` and signed again. */
export function resign<T extends SignatoryLeaf>(leaf: T, edit: Edit<Omit<T, "sig">>, signer: Signer): T {
  const { sig: _, ...unsigned } = structuredClone(leaf);
  edit(unsigned as unknown as Mutable<Omit<T, "sig">>);
  return signObject(unsigned as { type: string }, signer) as unknown as T;
}
