/**
 * Makes whole logs in memory: workforce, epochs, letters, endorsements, batches, closings, with real keys and real
 * signatures, and gives the public files (PROTOCOL §8). Everything is a function of the seed, so two runs make the same
 * bytes.
 *
 * It never checks a rule. Every step takes an `edit`, made before signing, and `append` and `appendRaw` log anything: so
 * the logs that a verifier must refuse are made with it too. For changes behind the log's back see public-files.ts.
 */
import {
  type Appearance,
  type BatchLeaf,
  type BatchRule,
  type ClosingLeaf,
  type ConfirmedName,
  commitmentOf,
  compareBytes,
  concatBytes,
  type DestructionLeaf,
  decodeBase64url,
  type EarlyClosingLeaf,
  type EndorsementClass,
  type EndorsementLeaf,
  type EpochLeaf,
  encodeBase64url,
  encodeCanonical,
  encodeKeyStatement,
  encodeLeaf,
  type IssuanceLeaf,
  type JsonValue,
  type KeyStatement,
  keyStatementHash,
  type Leaf,
  type LetterLeaf,
  type LetterManifest,
  leafHashOf,
  leafName,
  letterId,
  logOrigin,
  nameKey,
  type Opening,
  quorumBounds,
  type RevisionLeaf,
  type SignatoryLeaf,
  type Signer,
  SLOTS,
  SUITE,
  sha256,
  signDetached,
  signEarlyClosing,
  signerFromSeed,
  signName,
  signObject,
  type Token,
  type TokenKey,
  tokenKey,
  tokenMessage,
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
  formatVkey,
  growEdge,
  KEY_TYPE_COSIGNATURE_ED25519,
  type NoteSigner,
  signNote,
  TILE_WIDTH,
} from "@undersigned/log";
import { FurtherIndexes } from "./further-leaves.ts";
import { type TestRsaKey, testRsaKey } from "./rsa-keys.ts";

/** Formats are read-only to everyone else. */
export type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
type Edit<T> = (value: Mutable<T>) => unknown;
type Suite = EndorsementLeaf["suite"];

export interface WorkforceOptions {
  /** All keys and salts follow from it. */
  readonly seed?: string;
  /** n; 3 unless told. */
  readonly registrars?: number;
  /** k; 2 unless told. */
  readonly quorum?: number;
  readonly headcount?: number | null;
  /** Invitations that each mailbox may give; none, and nobody is vouched for, unless told. */
  readonly vouching?: number;
  /** A name rule, so that names may be confirmed by pattern. */
  readonly names?: WorkforceManifest["names"];
  readonly witnesses?: number;
  readonly witnessQuorum?: number;
  readonly manifest?: Edit<WorkforceManifest>;
  readonly leaf?: Edit<WorkforceLeaf>;
}

export interface LetterOptions {
  readonly title?: string;
  readonly epoch?: number;
  readonly opens?: string;
  readonly closes?: string;
  readonly first?: number;
  /** For both classes. */
  readonly min?: number;
  readonly every?: number;
  readonly appearances?: LetterManifest["appearances"];
  /** Whether it takes names that nobody confirmed; `any` unless told. */
  readonly names?: LetterManifest["names"];
  /** Whether the manifest is among the public files; it is unless told otherwise. */
  readonly public?: boolean;
  readonly manifest?: Edit<LetterManifest>;
  readonly leaf?: Edit<LetterLeaf>;
}

export interface LetterHandle {
  readonly letter: string;
  readonly epoch: number;
  readonly slot: number;
  readonly leaf: LetterLeaf;
  readonly index: number;
}

export interface EndorseOptions {
  readonly class?: EndorsementClass;
  readonly appearance?: Appearance;
  /** Numbers of the registrars whose tokens are used; the first k unless told. */
  readonly registrars?: readonly number[];
  /** What the tokens say of themselves, where it shall differ from the letter's place. */
  readonly tokens?: Partial<Pick<TokenKey, "workforce" | "epoch" | "slot" | "class">>;
  /** Before signing. */
  readonly edit?: Edit<EndorsementLeaf>;
}

/** How a confirmation shall differ from an honest one. */
export interface ConfirmOptions {
  readonly rule?: ConfirmedName["rule"];
  /** Numbers of the registrars that confirm; the first k unless told. */
  readonly registrars?: readonly number[];
  /** Who confirms in their place. */
  readonly signers?: readonly Signer[];
  /** What the signatures say where the opening says otherwise. */
  readonly signedName?: string;
  readonly signedRule?: ConfirmedName["rule"];
  readonly keyOf?: number;
  readonly at?: Partial<Pick<TokenKey, "workforce" | "epoch" | "slot">>;
}

interface EpochRecord {
  readonly leaf: EpochLeaf;
  readonly index: number;
  readonly statements: Map<string, KeyStatement>;
}

interface Head {
  readonly class: EndorsementClass;
  readonly seq: number;
  readonly leaf: string;
}

interface Logged {
  readonly class: EndorsementClass;
  readonly endorsedAt: number;
  seq: number;
  withdrawn: boolean;
  index: number;
  leaf: string;
}

export class LogBuilder {
  /** The entries of the log. May be changed by hand before `files`. */
  readonly entries: Uint8Array[] = [];
  /** Manifests and statements by path. */
  readonly documents = new Map<string, Uint8Array>();
  readonly registrars: readonly Signer[];
  readonly logSigner: Signer;
  readonly boardSigner: Signer;
  readonly opener: Signer;
  readonly witnesses: readonly Signer[];
  /** Of every letter. */
  readonly organisers: readonly Signer[];
  readonly epochs = new Map<number, EpochRecord>();
  readonly letters: LetterHandle[] = [];
  /** Leaves of further-leaves.ts. */
  readonly further = new FurtherIndexes();
  /** The manifest in force. */
  manifest: WorkforceManifest;
  manifestHash: string;
  readonly workforce: string;

  readonly #seed: string;
  readonly #workforces: number[] = [];
  readonly #issuance = new Map<string, number>();
  readonly #destructions: number[] = [];
  readonly #closings = new Map<string, number>();
  readonly #earlyClosings = new Map<string, number>();
  readonly #rsa = new Map<string, TestRsaKey>();
  readonly #heads = new Map<string, Head>();
  readonly #openings = new Map<string, Opening>();
  /** Days of the first and the last batch with endorsements, by letter. */
  readonly #days = new Map<string, { first: string; last: string }>();
  /** Of the batch leaf that came last. */
  #day = "";
  readonly #logged = new Map<string, Map<string, Logged>>();
  readonly #slots = new Map<number, number>();
  #lastLetter: string | null = null;
  #rsaUsed = 0;

  constructor(options: WorkforceOptions = {}) {
    this.#seed = options.seed ?? "log-builder";
    const n = options.registrars ?? 3;
    const k = options.quorum ?? Math.floor(n / 2) + 1;
    this.registrars = Array.from({ length: n }, (_, i) => this.signer(`registrar ${i}`)).sort((a, b) =>
      a.publicKey < b.publicKey ? -1 : 1,
    );
    this.logSigner = this.signer("log");
    this.boardSigner = this.signer("board");
    this.opener = this.signer("opener");
    this.organisers = [this.signer("organiser"), this.signer("second organiser")];
    this.witnesses = Array.from({ length: options.witnesses ?? 0 }, (_, i) => this.signer(`witness ${i}`));
    const logKey = decodeBase64url(this.logSigner.publicKey);
    const manifest: Mutable<WorkforceManifest> = {
      type: "workforce-manifest",
      v: 1,
      version: 1,
      workforce: null,
      previous: null,
      employer: "Example Works",
      mailboxes: {
        domains: [{ domain: "example.com", aliases: ["mail.example.com"] }],
        plus: true,
        dots: true,
        groups: [],
      },
      evidence: [
        { kind: "mailbox-code", class: "mailbox" },
        ...(options.vouching === undefined ? [] : [{ kind: "vouch", class: "vouched" } as const]),
      ],
      registrars: this.registrars.map((signer, i) => ({
        identity: signer.publicKey,
        name: `Registrar ${i + 1}`,
        operator: `Operator ${String.fromCharCode(65 + i)}`,
        url: `https://registrar-${i + 1}.example.com`,
      })),
      quorum: k,
      bounds: quorumBounds(n, k),
      log: { key: this.logSigner.publicKey, origin: logOrigin(logKey) },
      board: { key: this.boardSigner.publicKey, url: "https://board.example.com" },
      witnesses: this.witnesses.map((signer, i) => ({
        name: `witness-${i}.example.com`,
        vkey: formatVkey(
          `witness-${i}.example.com`,
          KEY_TYPE_COSIGNATURE_ED25519,
          decodeBase64url(signer.publicKey),
        ),
      })),
      witnessQuorum: options.witnessQuorum ?? options.witnesses ?? 0,
      openers: [this.opener.publicKey],
      headcount:
        options.headcount === null
          ? null
          : { number: options.headcount ?? 14_000, source: "Annual report 2025", day: "2026-01-31" },
      roles: ["Engineer", "Nurse"],
      places: ["Hamburg", "Lagos"],
      existingMail: null,
      vouching: options.vouching === undefined ? null : { invitations: options.vouching },
      names: options.names ?? null,
      codeMail: { subject: "Your code", body: "Your code is {code}." },
    };
    options.manifest?.(manifest);
    this.manifest = manifest;
    this.manifestHash = this.#publishManifest(manifest);
    this.workforce = this.manifestHash;
    this.#appendWorkforce(null, this.registrars, options.leaf);
  }

  /** An Ed25519 key that follows from the seed. */
  signer(name: string): Signer {
    return signerFromSeed(this.#bytes(name));
  }

  /** Index of the entry. */
  append(leaf: Leaf): number {
    return this.appendRaw(encodeLeaf(leaf));
  }

  appendRaw(entry: Uint8Array): number {
    return this.entries.push(entry) - 1;
  }

  /** A later version of the manifest, signed by these registrars (all unless told). */
  addVersion(
    edit: Edit<WorkforceManifest>,
    options: { readonly signers?: readonly Signer[]; readonly leaf?: Edit<WorkforceLeaf> } = {},
  ): number {
    const previous = this.manifestHash;
    const manifest = structuredClone(this.manifest) as Mutable<WorkforceManifest>;
    manifest.version += 1;
    manifest.workforce = this.workforce;
    manifest.previous = previous;
    edit(manifest);
    this.manifest = manifest;
    this.manifestHash = this.#publishManifest(manifest);
    return this.#appendWorkforce(previous, options.signers ?? this.registrars, options.leaf);
  }

  /** An epoch with a statement of each registrar, or of those with the given numbers. */
  addEpoch(
    options: {
      readonly epoch?: number;
      readonly opens?: string;
      readonly closes?: string;
      readonly registrars?: readonly number[];
      /** Before the statement is signed; the registrar's number is given. */
      readonly statement?: (statement: Mutable<Omit<KeyStatement, "sig">>, registrar: number) => unknown;
      readonly leaf?: Edit<EpochLeaf>;
    } = {},
  ): number {
    const epoch = options.epoch ?? this.epochs.size + 1;
    const [opens, closes] = [options.opens ?? "2026-03-01", options.closes ?? "2026-08-31"];
    const { mailboxes, evidence } = this.manifest;
    const statements = new Map<string, KeyStatement>();
    for (const number of options.registrars ?? this.registrars.keys()) {
      const signer = this.registrars[number]!;
      const keys = [...new Set(evidence.map((item) => item.class))].sort().flatMap((cls) =>
        Array.from({ length: SLOTS }, (_, slot) => ({
          class: cls,
          slot,
          suite: SUITE as Suite,
          spki: this.#rsaFor(epoch, number, cls, slot).spki,
        })),
      );
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
        registrar: signer.publicKey,
        keys,
        invitations: Array.from({ length: this.manifest.vouching?.invitations ?? 0 }, (_, i) => ({
          number: i,
          suite: SUITE as Suite,
          spki: this.#rsaFor(epoch, number, "invitation", i).spki,
        })),
      });
      options.statement?.(statement, number);
      statements.set(signer.publicKey, signObject(statement, signer));
    }
    const leaf: Mutable<EpochLeaf> = {
      type: "epoch",
      v: 1,
      workforce: this.workforce,
      manifest: this.manifestHash,
      epoch,
      opens,
      closes,
      statements: [...statements].map(([registrar, statement]) => {
        const file = encodeKeyStatement(statement);
        const hash = keyStatementHash(file);
        this.documents.set(`statements/${hash}.json`, file);
        return { registrar, statement: hash };
      }),
    };
    options.leaf?.(leaf);
    const index = this.append(leaf);
    this.epochs.set(epoch, { leaf, index, statements });
    return index;
  }

  addLetter(options: LetterOptions = {}): LetterHandle {
    const epoch = options.epoch ?? Math.max(...this.epochs.keys());
    const slot = this.#slots.get(epoch) ?? 0;
    const rule = { min: options.min ?? 2, every: options.every ?? 1 };
    const batch: BatchRule = { first: options.first ?? 2, classes: { mailbox: rule, vouched: { ...rule } } };
    const [opens, closes] = [options.opens ?? "2026-03-02", options.closes ?? "2026-04-30"];
    const manifest: Mutable<LetterManifest> = {
      type: "letter-manifest",
      v: 1,
      workforce: this.workforce,
      salt: this.salt(`letter ${this.letters.length}`),
      language: "en",
      title: options.title ?? `Letter ${this.letters.length + 1}`,
      addressee: { name: "The chief executive", organisation: "Example Works", mailbox: null },
      body: "We ask you to stop.",
      demands: [{ id: "stop", title: "Stop", text: "Stop it.", met: "It has stopped." }],
      supplement: null,
      appearances: options.appearances ?? ["anonymous", "named", "role"],
      names: options.names ?? "any",
      opens,
      closes,
      delivers: closes,
      delivery: "By post.",
      batch,
      organisers: this.organisers.map(({ publicKey }) => publicKey).sort(),
      replaces: null,
    };
    options.manifest?.(manifest);
    const file = encodeCanonical(manifest as unknown as JsonValue);
    const letter = letterId(file);
    if (options.public ?? true) this.documents.set(`manifests/${letter}.json`, file);
    const unsigned: Omit<LetterLeaf, "sig"> = {
      type: "letter",
      v: 1,
      workforce: this.workforce,
      letter,
      version: 1,
      epoch,
      slot,
      previous: this.#lastLetter,
      opens,
      closes,
      batch: structuredClone(batch),
      by: this.opener.publicKey,
    };
    options.leaf?.(unsigned as Mutable<LetterLeaf>);
    return this.appendLetter(signObject(unsigned, this.opener));
  }

  /** Logs a letter leaf as it is and goes on from it. */
  appendLetter(leaf: LetterLeaf): LetterHandle {
    const index = this.append(leaf);
    this.#lastLetter = leafName(this.entries[index]!);
    this.#slots.set(leaf.epoch, (this.#slots.get(leaf.epoch) ?? 0) + 1);
    const handle = { letter: leaf.letter, epoch: leaf.epoch, slot: leaf.slot, leaf, index };
    this.letters.push(handle);
    return handle;
  }

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
    const rsa = this.#rsaFor(at.epoch, at.registrar, at.class, at.slot);
    const registrar = this.registrars[at.registrar]!.publicKey;
    const key = tokenKey({ workforce: this.workforce, ...at, registrar }, rsa.spki);
    const message = tokenMessage(key, slotKey);
    const prefix = sha256(concatBytes(this.#bytes("prefix"), message));
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
      suite: SUITE as Suite,
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

  /**
   * Logs a batch: its leaf with the right rows, then the leaves in the order of PROTOCOL §4. `order` changes the order,
   * `edit` the batch leaf. Returns the batch leaf's index.
   */
  addBatch(
    day: string,
    leaves: readonly SignatoryLeaf[],
    options: {
      readonly edit?: Edit<BatchLeaf>;
      readonly order?: (sorted: readonly SignatoryLeaf[]) => readonly SignatoryLeaf[];
    } = {},
  ): number {
    const rank = (leaf: SignatoryLeaf) => (leaf.type === "endorsement" ? 0 : leaf.seq);
    const sorted = leaves
      .map((leaf) => ({ leaf, hash: leafHashOf(encodeLeaf(leaf)) }))
      .sort((a, b) => rank(a.leaf) - rank(b.leaf) || compareBytes(a.hash, b.hash))
      .map(({ leaf }) => leaf);
    const rows = new Map<string, Mutable<BatchLeaf["letters"][number]>>();
    for (const leaf of sorted) {
      const row = rows.get(leaf.letter) ?? {
        letter: leaf.letter,
        mailbox: 0,
        vouched: 0,
        revisions: 0,
        withdrawals: 0,
      };
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
    for (const leaf of options.order?.(sorted) ?? sorted) this.appendSignatory(leaf);
    return index;
  }

  /** Logs a signatory's leaf wherever the log stands. */
  appendSignatory(leaf: SignatoryLeaf): number {
    const index = this.append(leaf);
    const keys = this.#logged.get(leaf.letter) ?? new Map<string, Logged>();
    this.#logged.set(leaf.letter, keys);
    const name = leafName(this.entries[index]!);
    const known = keys.get(leaf.key);
    if (leaf.type === "endorsement") {
      const days = this.#days.get(leaf.letter);
      this.#days.set(leaf.letter, { first: days?.first ?? this.#day, last: this.#day });
      if (known === undefined) {
        keys.set(leaf.key, {
          class: leaf.class,
          endorsedAt: index,
          seq: 0,
          withdrawn: false,
          index,
          leaf: name,
        });
      }
    } else if (known !== undefined && leaf.seq === known.seq + 1) {
      Object.assign(known, { seq: leaf.seq, withdrawn: leaf.type === "withdrawal", index, leaf: name });
    }
    return index;
  }

  close(
    letter: LetterHandle,
    day: string,
    options: { readonly outcome?: ClosingLeaf["outcome"]; readonly edit?: Edit<ClosingLeaf> } = {},
  ): number {
    const outcome = options.outcome ?? "closed";
    const leaf: Mutable<ClosingLeaf> = {
      type: "closing",
      v: 1,
      letter: letter.letter,
      day,
      outcome,
      ...this.#counts(letter.letter),
      destroyed: outcome === "closed" ? { mailbox: 0, vouched: 0 } : null,
    };
    options.edit?.(leaf);
    const index = this.append(leaf);
    this.#closings.set(letter.letter, index);
    return index;
  }

  /** An early closing by these organisers. */
  closeEarly(
    letter: LetterHandle,
    day: string,
    closes: string,
    options: { readonly by: readonly Signer[]; readonly edit?: Edit<EarlyClosingLeaf> },
  ): number {
    const of = { workforce: this.workforce, letter: letter.letter, closes };
    const by = options.by
      .map((organiser) => signEarlyClosing(of, organiser))
      .sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    const leaf: Mutable<EarlyClosingLeaf> = { type: "early-closing", v: 1, ...of, day, by };
    options.edit?.(leaf);
    const index = this.append(leaf);
    if (!this.#earlyClosings.has(letter.letter)) this.#earlyClosings.set(letter.letter, index);
    return index;
  }

  addIssuance(
    registrar: number,
    day: string,
    count: number,
    options: { readonly epoch?: number; readonly batch?: number; readonly edit?: Edit<IssuanceLeaf> } = {},
  ): number {
    const signer = this.registrars[registrar]!;
    const leaf: Omit<IssuanceLeaf, "sig"> = {
      type: "issuance",
      v: 1,
      workforce: this.workforce,
      epoch: options.epoch ?? Math.max(...this.epochs.keys()),
      registrar: signer.publicKey,
      day,
      batch: options.batch ?? 20,
      issued: [{ evidence: "mailbox-code", count }],
    };
    options.edit?.(leaf as Mutable<IssuanceLeaf>);
    const index = this.append(signObject(leaf, signer));
    this.#issuance.set(`${leaf.epoch} ${leaf.registrar}`, index);
    return index;
  }

  addDestruction(
    registrar: number,
    day: string,
    options: { readonly epoch?: number; readonly edit?: Edit<DestructionLeaf> } = {},
  ): number {
    const signer = this.registrars[registrar]!;
    const leaf: Omit<DestructionLeaf, "sig"> = {
      type: "destruction",
      v: 1,
      workforce: this.workforce,
      epoch: options.epoch ?? Math.max(...this.epochs.keys()),
      registrar: signer.publicKey,
      day,
    };
    options.edit?.(leaf as Mutable<DestructionLeaf>);
    const index = this.append(signObject(leaf, signer));
    this.#destructions.push(index);
    return index;
  }

  /** A signed checkpoint of the first `size` entries, cosigned by every witness or those with the given numbers. */
  async checkpoint(size = this.entries.length, witnesses = [...this.witnesses.keys()]): Promise<Uint8Array> {
    const { root } = growEdge(EMPTY_EDGE, this.entries.slice(0, size).map(leafHashOf));
    return this.signCheckpoint(formatCheckpoint({ origin: this.manifest.log.origin, size, root }), witnesses);
  }

  /** Signs any checkpoint text with the log's key. */
  async signCheckpoint(
    text: string,
    witnesses = [...this.witnesses.keys()],
    log = this.logSigner,
  ): Promise<Uint8Array> {
    const signers: NoteSigner[] = [
      ed25519NoteSigner(this.manifest.log.origin, decodeBase64url(log.publicKey), (m) => log.sign(m)),
      ...witnesses.map((number) => {
        const witness = this.witnesses[number]!;
        const key = decodeBase64url(witness.publicKey);
        return ed25519CosignatureSigner(
          `witness-${number}.example.com`,
          key,
          (m) => witness.sign(m),
          () => 1_800_000_000,
        );
      }),
    ];
    return signNote(text, signers);
  }

  /** All public files, without signatories files. */
  async files(): Promise<Map<string, Uint8Array>> {
    const files = new Map(this.documents);
    for (const [path, tile] of growEdge(EMPTY_EDGE, this.entries.map(leafHashOf)).tiles)
      files.set(path, tile);
    for (let at = 0; at < this.entries.length; at += TILE_WIDTH) {
      const part = this.entries.slice(at, at + TILE_WIDTH);
      files.set(entriesPath(at / TILE_WIDTH, part.length), encodeEntries(part));
    }
    files.set("checkpoint", await this.checkpoint());
    for (const { letter } of this.letters) this.#writeOpenings(letter, files);
    files.set("index.json", encodeCanonical(this.#index()));
    return files;
  }

  /** 32 bytes that follow from the seed, base64url. */
  salt(name: string): string {
    return encodeBase64url(this.#bytes(`salt ${name}`));
  }

  #bytes(name: string): Uint8Array {
    return sha256(new TextEncoder().encode(`${this.#seed}\n${name}`));
  }

  #publishManifest(manifest: WorkforceManifest): string {
    const file = encodeCanonical(manifest as unknown as JsonValue);
    const hash = workforceManifestHash(file);
    this.documents.set(`manifests/${hash}.json`, file);
    return hash;
  }

  #appendWorkforce(previous: string | null, signers: readonly Signer[], edit?: Edit<WorkforceLeaf>): number {
    const leaf: Mutable<WorkforceLeaf> = {
      type: "workforce",
      v: 1,
      workforce: this.workforce,
      version: this.manifest.version,
      manifest: this.manifestHash,
      previous,
      signatures: signers
        .map((signer) => ({
          registrar: signer.publicKey,
          sig: signDetached("workforce-manifest", this.manifest as unknown as JsonValue, signer),
        }))
        .sort((a, b) => (a.registrar < b.registrar ? -1 : 1)),
    };
    edit?.(leaf);
    const index = this.append(leaf);
    this.#workforces.push(index);
    return index;
  }

  #rsaFor(
    epoch: number,
    registrar: number,
    use: EndorsementClass | "invitation",
    number: number,
  ): TestRsaKey {
    const name = `${epoch} ${registrar} ${use} ${number}`;
    let key = this.#rsa.get(name);
    if (key === undefined) {
      key = testRsaKey(this.#rsaUsed++);
      this.#rsa.set(name, key);
    }
    return key;
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

  #counts(letter: string): Pick<ClosingLeaf, "counts" | "withdrawn"> {
    const counts = { mailbox: 0, vouched: 0 };
    const withdrawn = { mailbox: 0, vouched: 0 };
    for (const key of this.#logged.get(letter)?.values() ?? [])
      (key.withdrawn ? withdrawn : counts)[key.class]++;
    return { counts, withdrawn };
  }

  #writeOpenings(letter: string, files: Map<string, Uint8Array>): void {
    const keys = [...(this.#logged.get(letter)?.values() ?? [])].sort((a, b) => a.endorsedAt - b.endorsedAt);
    for (let page = 0; page * 1000 < keys.length; page++) {
      const entries = keys
        .slice(page * 1000, (page + 1) * 1000)
        .filter((key) => !key.withdrawn && this.#openings.has(key.leaf))
        .map((key) => ({ index: key.index, opening: this.#openings.get(key.leaf)! }))
        .sort((a, b) => a.index - b.index);
      files.set(
        `openings/${letter}/${page}.json`,
        encodeCanonical({ type: "openings", v: 1, letter, page, entries } as unknown as JsonValue),
      );
    }
  }

  #index(): JsonValue {
    return {
      type: "index",
      v: 1,
      workforce: this.workforce,
      size: this.entries.length,
      workforces: this.#workforces,
      epochs: [...this.epochs.values()].map((epoch) => epoch.index),
      clients: [],
      issuance: [...this.#issuance.values()].sort((a, b) => a - b),
      destructions: [...this.#destructions],
      letters: this.letters.map(({ letter, index }) => {
        const { counts, withdrawn } = this.#counts(letter);
        const endorsements = this.#logged.get(letter)?.size ?? 0;
        return {
          letter,
          leaf: index,
          closing: this.#closings.get(letter) ?? null,
          earlyClosing: this.#earlyClosings.get(letter) ?? null,
          ...this.further.of(letter),
          endorsements,
          counted: counts,
          withdrawn,
          days: this.#days.get(letter) ?? null,
          bits: 0,
          pages: Math.ceil(endorsements / 1000),
        };
      }),
    };
  }
}
