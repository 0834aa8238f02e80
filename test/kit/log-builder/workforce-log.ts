/** A workforce in a log: its manifests, epochs and registrars' statements, with all keys. */
import {
  type DestructionLeaf,
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
  type Signer,
  SLOTS,
  SUITE,
  sha256,
  signDetached,
  signerFromSeed,
  signObject,
  type WorkforceLeaf,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Edit, Mutable } from "../log-parts/mutable.ts";
import { type TestRsaKey, testRsaKey } from "../rsa-keys.ts";
import { firstManifest } from "./first-manifest.ts";
import type { WorkforceOptions } from "./options.ts";

type Suite = EndorsementLeaf["suite"];

interface EpochRecord {
  readonly leaf: EpochLeaf;
  readonly index: number;
  readonly statements: Map<string, KeyStatement>;
}

export class WorkforceLog {
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
  /** The manifest in force. */
  manifest: WorkforceManifest;
  manifestHash: string;
  readonly workforce: string;

  readonly #seed: string;
  readonly #workforces: number[] = [];
  readonly #issuance = new Map<string, number>();
  readonly #destructions: number[] = [];
  readonly #rsa = new Map<string, TestRsaKey>();
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
    const manifest = firstManifest(this, options, k);
    options.manifest?.(manifest);
    this.manifest = manifest;
    this.manifestHash = this.#publishManifest(manifest);
    this.workforce = this.manifestHash;
    this.#appendWorkforce(null, this.registrars, options.leaf);
  }

  /** An Ed25519 key that follows from the seed. */
  signer(name: string): Signer {
    return signerFromSeed(this.bytes(name));
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
          spki: this.rsaFor(epoch, number, cls, slot).spki,
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
          spki: this.rsaFor(epoch, number, "invitation", i).spki,
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

  /** 32 bytes that follow from the seed, base64url. */
  salt(name: string): string {
    return encodeBase64url(this.bytes(`salt ${name}`));
  }

  /** What index.json says of all this. */
  protected workforceIndex() {
    return {
      workforces: this.#workforces,
      epochs: [...this.epochs.values()].map((epoch) => epoch.index),
      clients: [],
      issuance: [...this.#issuance.values()].sort((a, b) => a - b),
      destructions: [...this.#destructions],
    };
  }

  protected bytes(name: string): Uint8Array {
    return sha256(new TextEncoder().encode(`${this.#seed}\n${name}`));
  }

  protected rsaFor(
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
}
