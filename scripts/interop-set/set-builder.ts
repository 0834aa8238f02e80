/**
 * Writes a log of published keys, step by step, as honest parties and an attacker with all keys would: endorsements come
 * from phrases through blind signatures (PROTOCOL §5, §6). No rule is checked. Counts in closings and in index.json are what
 * somebody states who believes every leaf, so that a verifier cannot refuse a wrong leaf by the counts alone.
 */
import {
  type Appearance,
  type BatchLeaf,
  blindRequest,
  type ClientLeaf,
  type ClosingLeaf,
  type ConfirmedName,
  clientBuildFile,
  clientBuildHash,
  compareBytes,
  type DestructionLeaf,
  decodeBase64url,
  type EndorsementClass,
  type EndorsementLeaf,
  type EpochLeaf,
  encodeBase64url,
  encodeCanonical,
  encodeKeyStatement,
  encodeLeaf,
  type HiddenEntry,
  type InvitationKey,
  type InvitationRef,
  type IssuanceLeaf,
  invitationKey,
  type JsonValue,
  type KeyHead,
  type KeyStatement,
  keyStatementHash,
  type Leaf,
  type LetterLeaf,
  type LetterManifest,
  type LetterRef,
  leafHashOf,
  leafName,
  letterId,
  makeEndorsement,
  makeRevision,
  makeWithdrawal,
  type NameStatement,
  nameKey,
  type Opening,
  type OpeningsEntry,
  type PerClass,
  type RevisionLeaf,
  type SignatoryLeaf,
  type Signer,
  SLOTS,
  SUITE,
  sha256 as sha256Of,
  signDetached,
  signEarlyClosing,
  signName,
  signObject,
  type Token,
  type TokenKey,
  tokenKey,
  unblind,
  utf8Encode,
  type WithdrawalLeaf,
  type WorkforceLeaf,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import {
  EMPTY_EDGE,
  ed25519CosignatureSigner,
  ed25519NoteSigner,
  encodeEntries,
  entriesPath,
  formatCheckpoint,
  growEdge,
  type NoteSigner,
  signNote,
  TILE_WIDTH,
} from "@undersigned/log";
import { FurtherIndexes } from "../../test/kit/further-leaves.ts";
import type { TestKeys, WorkforceKeys } from "./test-keys.ts";

export type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
export type Edit<T> = (value: Mutable<T>) => unknown;
export type Files = Map<string, Uint8Array>;

type NamedAppearance = Extract<Appearance, { kind: "named" }>;

export interface Confirmation {
  readonly rule?: ConfirmedName["rule"];
  /** Who has signed; the first k registrars unless told. */
  readonly signers?: readonly Signer[];
  /** What they have signed where it is not what the opening says. */
  readonly says?: Partial<NameStatement>;
}

/** What a reader who believes every leaf holds of a key. */
interface Believed {
  readonly class: keyof PerClass;
  readonly endorsedAt: number;
  seq: number;
  withdrawn: boolean;
  index: number;
  leaf: string;
}

const OPENINGS_PER_PAGE = 1000;
/** POSIX seconds of every cosignature: 2027-03-01. */
const COSIGNED_AT = 1_803_859_200;
/** Tokens by all that they depend on: enrolling is slow, and most sets have people in common. */
const enrolled = new Map<string, Token>();

export class SetBuilder {
  readonly keys: TestKeys;
  readonly own: WorkforceKeys;
  readonly entries: Uint8Array[] = [];
  readonly documents: Files = new Map();
  readonly openings = new Map<string, Opening>();
  /** By the name of the leaf, as `openings`. */
  readonly hidden = new Map<string, HiddenEntry["hidden"]>();
  readonly letters: (LetterRef & { readonly index: number })[] = [];
  /** Leaves of further-leaves.ts. */
  readonly further = new FurtherIndexes();
  workforce = "";
  /** The manifest in force, and its hash. */
  manifest: WorkforceManifest = null as never;
  manifestHash = "";
  /** Of the log: the first manifest's, whatever later ones say. */
  origin = "";
  /** Who cosigns the checkpoint. */
  readonly witnessName = "witness.example.com";

  readonly #workforces: number[] = [];
  readonly #epochs: number[] = [];
  readonly #clients: number[] = [];
  readonly #issuance = new Map<string, number>();
  readonly #destructions: number[] = [];
  /** Days of the first and the last batch with endorsements, by letter. */
  readonly #days = new Map<string, { first: string; last: string }>();
  /** Of the batch leaf that came last. */
  #day = "";
  readonly #closings = new Map<string, number>();
  readonly #earlyClosings = new Map<string, number>();
  readonly #heads = new Map<string, KeyHead>();
  readonly #believed = new Map<string, Map<string, Believed>>();
  readonly #slots = new Map<number, number>();
  #lastLetter: string | null = null;

  constructor(keys: TestKeys, own: WorkforceKeys) {
    this.keys = keys;
    this.own = own;
  }

  append(leaf: Leaf): number {
    return this.appendRaw(encodeLeaf(leaf));
  }

  appendRaw(entry: Uint8Array): number {
    return this.entries.push(entry) - 1;
  }

  addWorkforce(
    manifest: WorkforceManifest,
    {
      signers = this.keys.registrars,
      leaf: edit,
    }: { signers?: readonly Signer[]; leaf?: Edit<WorkforceLeaf> } = {},
  ): number {
    const file = encodeCanonical(manifest as unknown as JsonValue);
    const hash = workforceManifestHash(file);
    this.documents.set(`manifests/${hash}.json`, file);
    const previous = manifest.previous;
    if (this.workforce === "") {
      this.workforce = hash;
      this.origin = manifest.log.origin;
    }
    this.manifest = manifest;
    this.manifestHash = hash;
    const leaf: Mutable<WorkforceLeaf> = {
      type: "workforce",
      v: 1,
      workforce: this.workforce,
      version: manifest.version,
      manifest: hash,
      previous,
      signatures: signers
        .map((signer) => ({
          registrar: signer.publicKey,
          sig: signDetached("workforce-manifest", manifest as unknown as JsonValue, signer),
        }))
        .sort((a, b) => (a.registrar < b.registrar ? -1 : 1)),
    };
    edit?.(leaf);
    const index = this.append(leaf);
    this.#workforces.push(index);
    return index;
  }

  /** The version after the one in force, changed by `edit`. */
  addVersion(
    edit: Edit<WorkforceManifest>,
    options: { signers?: readonly Signer[]; leaf?: Edit<WorkforceLeaf> } = {},
  ) {
    const manifest = structuredClone(this.manifest) as Mutable<WorkforceManifest>;
    manifest.version++;
    manifest.workforce = this.workforce;
    manifest.previous = this.manifestHash;
    edit(manifest);
    return this.addWorkforce(manifest, options);
  }

  addEpoch(of: {
    readonly epoch: number;
    readonly opens: string;
    readonly closes: string;
    readonly registrars?: readonly number[];
    /** The RSA keys of this epoch are used, where it is another. */
    readonly keysOf?: number;
    /** Before it is signed. */
    readonly statement?: (statement: Mutable<Omit<KeyStatement, "sig">>, registrar: number) => unknown;
    /** What is published in place of the statement. */
    readonly signed?: (statement: KeyStatement, registrar: number) => KeyStatement;
    readonly leaf?: Edit<EpochLeaf>;
  }): number {
    const { epoch, opens, closes } = of;
    const { mailboxes, evidence, vouching } = this.manifest;
    const suite = SUITE as EndorsementLeaf["suite"];
    const slotKeys = (number: number, cls: EndorsementClass) =>
      Array.from({ length: SLOTS }, (_, slot) => ({
        class: cls,
        slot,
        suite,
        spki: this.keys.slotKey(of.keysOf ?? epoch, number, slot, cls).spki,
      }));
    const leaf: Mutable<EpochLeaf> = {
      type: "epoch",
      v: 1,
      workforce: this.workforce,
      manifest: this.manifestHash,
      epoch,
      opens,
      closes,
      statements: [],
    };
    for (const number of of.registrars ?? [0, 1, 2]) {
      const registrar = this.keys.registrars[number]!;
      const statement: Mutable<Omit<KeyStatement, "sig">> = structuredClone({
        type: "key-statement",
        v: 1,
        workforce: this.workforce,
        manifest: this.manifestHash,
        epoch,
        opens,
        closes,
        mailboxes,
        evidence,
        registrar: registrar.publicKey,
        invitations: Array.from({ length: vouching?.invitations ?? 0 }, (_, i) => ({
          number: i,
          suite,
          spki: this.keys.invitationKey(number, i).spki,
        })),
        keys: [...slotKeys(number, "mailbox"), ...(vouching === null ? [] : slotKeys(number, "vouched"))],
      });
      of.statement?.(statement, number);
      const signed = signObject(statement, registrar);
      const file = encodeKeyStatement(of.signed?.(signed, number) ?? signed);
      const hash = keyStatementHash(file);
      this.documents.set(`statements/${hash}.json`, file);
      leaf.statements.push({ registrar: registrar.publicKey, statement: hash });
    }
    of.leaf?.(leaf);
    const index = this.append(leaf);
    this.#epochs.push(index);
    return index;
  }

  /** A client build of one script, and the leaf that states it. */
  addClient(
    { version, day }: { readonly version: string; readonly day: string },
    edit?: Edit<Omit<ClientLeaf, "sig">>,
    signer: Signer = this.own.board,
  ): number {
    const script = utf8Encode(`/* Client ${version}. */\n`);
    const sha256 = encodeBase64url(sha256Of(script));
    const file = clientBuildFile({
      version,
      files: [{ path: "assets/sign.js", sha256, bytes: script.length }],
    });
    const client = clientBuildHash(file);
    this.documents.set(`clients/${client}.json`, file);
    const leaf: Mutable<Omit<ClientLeaf, "sig">> = {
      type: "client",
      v: 1,
      workforce: this.workforce,
      day,
      client,
    };
    edit?.(leaf);
    const index = this.append(signObject(leaf, signer));
    this.#clients.push(index);
    return index;
  }

  addLetter(
    manifest: LetterManifest,
    {
      epoch = 1,
      leaf: edit,
      signer = this.own.opener,
    }: { epoch?: number; leaf?: Edit<Omit<LetterLeaf, "sig">>; signer?: Signer } = {},
  ): LetterRef {
    const file = encodeCanonical(manifest as unknown as JsonValue);
    const letter = letterId(file);
    this.documents.set(`manifests/${letter}.json`, file);
    const { opens, closes, batch } = manifest;
    const unsigned: Mutable<Omit<LetterLeaf, "sig">> = {
      type: "letter",
      v: 1,
      workforce: this.workforce,
      letter,
      version: 1,
      epoch,
      slot: this.#slots.get(epoch) ?? 0,
      previous: this.#lastLetter,
      opens,
      closes,
      batch: structuredClone(batch),
      by: signer.publicKey,
    };
    edit?.(unsigned);
    return this.appendLetter(signObject(unsigned, signer));
  }

  appendLetter(leaf: LetterLeaf): LetterRef {
    const index = this.append(leaf);
    this.#lastLetter = leafName(this.entries[index]!);
    this.#slots.set(leaf.epoch, (this.#slots.get(leaf.epoch) ?? 0) + 1);
    const { letter, epoch, slot } = leaf;
    const ref = { workforce: this.workforce, letter, epoch, slot };
    if (!this.letters.some((known) => known.letter === letter)) this.letters.push({ ...ref, index });
    return ref;
  }

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

  /** Index of the batch leaf. `order` rearranges, drops or repeats what the batch leaf has stated. */
  batch(
    day: string,
    leaves: readonly SignatoryLeaf[],
    options: {
      readonly edit?: Edit<BatchLeaf> | undefined;
      readonly order?: ((sorted: SignatoryLeaf[]) => SignatoryLeaf[]) | undefined;
    } = {},
  ): number {
    const rank = (leaf: SignatoryLeaf) => (leaf.type === "endorsement" ? 0 : leaf.seq);
    const sorted = leaves
      .map((leaf) => ({ leaf, hash: leafHashOf(encodeLeaf(leaf)) }))
      .sort((a, b) => rank(a.leaf) - rank(b.leaf) || compareBytes(a.hash, b.hash))
      .map(({ leaf }) => leaf);
    const rows = new Map<string, Mutable<BatchLeaf["letters"][number]>>();
    for (const leaf of sorted) {
      const none = { letter: leaf.letter, mailbox: 0, vouched: 0, revisions: 0, withdrawals: 0 };
      const row = rows.get(leaf.letter) ?? none;
      rows.set(leaf.letter, row);
      if (leaf.type === "endorsement") row[leaf.class]++;
      else if (leaf.type === "revision") row.revisions++;
      else row.withdrawals++;
    }
    const index = this.entries.length;
    const batch: Mutable<BatchLeaf> = {
      type: "batch",
      v: 1,
      workforce: this.workforce,
      day,
      previous: index,
      letters: [...rows.values()].sort((a, b) => (a.letter < b.letter ? -1 : 1)),
    };
    options.edit?.(batch);
    this.append(batch);
    this.#day = batch.day;
    for (const leaf of options.order?.(sorted) ?? sorted) this.appendSignatorys(leaf);
    return index;
  }

  appendSignatorys(leaf: SignatoryLeaf): number {
    const index = this.append(leaf);
    const name = leafName(this.entries[index]!);
    const keys = this.#believed.get(leaf.letter) ?? new Map<string, Believed>();
    this.#believed.set(leaf.letter, keys);
    const known = keys.get(leaf.key);
    if (leaf.type === "endorsement") {
      const days = this.#days.get(leaf.letter);
      this.#days.set(leaf.letter, { first: days?.first ?? this.#day, last: this.#day });
      const state = { class: leaf.class, endorsedAt: index, seq: 0, withdrawn: false, index, leaf: name };
      if (known === undefined) keys.set(leaf.key, state);
    } else if (known !== undefined) {
      Object.assign(known, { seq: leaf.seq, withdrawn: leaf.type === "withdrawal", index, leaf: name });
    }
    return index;
  }

  close(at: LetterRef, day: string, outcome: ClosingLeaf["outcome"], edit?: Edit<ClosingLeaf>): number {
    const leaf: Mutable<ClosingLeaf> = {
      type: "closing",
      v: 1,
      letter: at.letter,
      day,
      outcome,
      ...this.counts(at.letter),
      destroyed: outcome === "closed" ? { mailbox: 0, vouched: 0 } : null,
    };
    edit?.(leaf);
    const index = this.append(leaf);
    if (!this.#closings.has(at.letter)) this.#closings.set(at.letter, index);
    return index;
  }

  /** An early closing by these organisers. */
  closeEarly(at: LetterRef, day: string, closes: string, organisers: readonly Signer[]): number {
    const of = { workforce: this.workforce, letter: at.letter, closes };
    const by = organisers
      .map((organiser) => signEarlyClosing(of, organiser))
      .sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    const index = this.append({ type: "early-closing", v: 1, ...of, day, by });
    if (!this.#earlyClosings.has(at.letter)) this.#earlyClosings.set(at.letter, index);
    return index;
  }

  /** What a person shows is hidden. */
  hide(person: number, at: LetterRef, hidden: HiddenEntry["hidden"]): void {
    const head = this.head(person, at);
    this.openings.delete(head.leaf);
    this.hidden.set(head.leaf, hidden);
  }

  issuance(
    registrar: number,
    day: string,
    of: {
      readonly count: number;
      readonly batch: number;
      readonly "existing-mail"?: number;
      readonly vouch?: number;
    },
    edit?: Edit<Omit<IssuanceLeaf, "sig">>,
  ): IssuanceLeaf {
    const signer = this.keys.registrars[registrar]!;
    const leaf: Mutable<Omit<IssuanceLeaf, "sig">> = {
      type: "issuance",
      v: 1,
      workforce: this.workforce,
      epoch: 1,
      registrar: signer.publicKey,
      day,
      batch: of.batch,
      issued: this.manifest.evidence.map(({ kind }) => ({
        evidence: kind,
        count: kind === "mailbox-code" ? of.count : (of[kind] ?? 0),
      })),
    };
    edit?.(leaf);
    return signObject(leaf, signer);
  }

  addIssuance(...of: Parameters<SetBuilder["issuance"]>): number {
    const leaf = this.issuance(...of);
    const index = this.append(leaf);
    this.#issuance.set(`${leaf.epoch} ${leaf.registrar}`, index);
    return index;
  }

  addDestruction(
    registrar: number,
    day: string,
    edit?: Edit<Omit<DestructionLeaf, "sig">>,
    signer: Signer = this.keys.registrars[registrar]!,
  ): number {
    const leaf: Mutable<Omit<DestructionLeaf, "sig">> = {
      type: "destruction",
      v: 1,
      workforce: this.workforce,
      epoch: 1,
      registrar: this.keys.registrars[registrar]!.publicKey,
      day,
    };
    edit?.(leaf);
    const index = this.append(signObject(leaf, signer));
    this.#destructions.push(index);
    return index;
  }

  counts(letter: string): { counts: PerClass; withdrawn: PerClass } {
    const counts = { mailbox: 0, vouched: 0 };
    const withdrawn = { mailbox: 0, vouched: 0 };
    for (const key of this.#believed.get(letter)?.values() ?? [])
      (key.withdrawn ? withdrawn : counts)[key.class]++;
    return { counts, withdrawn };
  }

  /** A checkpoint of all entries, or of the first `size`, by the log and the witness. */
  async checkpoint(size = this.entries.length): Promise<Uint8Array> {
    const { root } = growEdge(EMPTY_EDGE, this.entries.slice(0, size).map(leafHashOf));
    return this.sign(formatCheckpoint({ origin: this.origin, size, root }));
  }

  /** Any text as a checkpoint. */
  async sign(
    text: string,
    { log = this.own.log, cosign = true, as = this.origin } = {},
  ): Promise<Uint8Array> {
    const signers: NoteSigner[] = [ed25519NoteSigner(as, decodeBase64url(log.publicKey), (m) => log.sign(m))];
    const { witness } = this.own;
    const key = decodeBase64url(witness.publicKey);
    if (cosign)
      signers.push(
        ed25519CosignatureSigner(
          this.witnessName,
          key,
          (m) => witness.sign(m),
          () => COSIGNED_AT,
        ),
      );
    return signNote(text, signers);
  }

  /** All public files, with those of signatories where they are asked for. */
  async files({ signatories = false } = {}): Promise<Files> {
    const files: Files = new Map(this.documents);
    for (const [path, tile] of growEdge(EMPTY_EDGE, this.entries.map(leafHashOf)).tiles)
      files.set(path, tile);
    for (let at = 0; at < this.entries.length; at += TILE_WIDTH) {
      const part = this.entries.slice(at, at + TILE_WIDTH);
      files.set(entriesPath(at / TILE_WIDTH, part.length), encodeEntries(part));
    }
    files.set("checkpoint", await this.checkpoint());
    for (const { letter } of this.letters) this.#writeLetterFiles(letter, files, signatories);
    files.set("index.json", encodeCanonical(this.#index()));
    return files;
  }

  #remember(leaf: SignatoryLeaf, opening: Opening | null): void {
    const name = leafName(encodeLeaf(leaf));
    this.#heads.set(`${leaf.letter} ${leaf.key}`, { seq: leaf.seq, leaf: name });
    if (opening !== null) this.openings.set(name, opening);
  }

  #writeLetterFiles(letter: string, files: Files, signatories: boolean): void {
    const keys = [...(this.#believed.get(letter) ?? [])].sort(([, a], [, b]) => a.endorsedAt - b.endorsedAt);
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
    if (!signatories || keys.length === 0) return;
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

  #index(): JsonValue {
    return {
      type: "index",
      v: 1,
      workforce: this.workforce,
      size: this.entries.length,
      workforces: this.#workforces,
      epochs: this.#epochs,
      clients: this.#clients,
      issuance: [...this.#issuance.values()].sort((a, b) => a - b),
      destructions: this.#destructions,
      letters: this.letters.map(({ letter, index }) => {
        const { counts, withdrawn } = this.counts(letter);
        const endorsements = this.#believed.get(letter)?.size ?? 0;
        return {
          letter,
          leaf: index,
          closing: this.#closings.get(letter) ?? null,
          earlyClosing: this.#earlyClosings.get(letter) ?? null,
          ...this.further.of(letter),
          endorsements,
          counted: { ...counts },
          withdrawn: { ...withdrawn },
          days: this.#days.get(letter) ?? null,
          bits: 0,
          pages: Math.ceil(endorsements / OPENINGS_PER_PAGE),
        };
      }),
    };
  }
}

/** A leaf changed by `edit` and signed again. */
export function resign<T extends SignatoryLeaf>(leaf: T, edit: Edit<Omit<T, "sig">>, signer: Signer): T {
  const { sig: _, ...unsigned } = structuredClone(leaf);
  edit(unsigned as unknown as Mutable<Omit<T, "sig">>);
  return signObject(unsigned as { type: string }, signer) as unknown as T;
}
