/** A workforce in a set: its manifests, epochs, client builds, and what registrars state. */
import {
  type ClientLeaf,
  clientBuildFile,
  clientBuildHash,
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
  sha256 as sha256Of,
  signDetached,
  signObject,
  utf8Encode,
  type WorkforceLeaf,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Edit, Mutable } from "../../../test/kit/log-parts/mutable.ts";
import type { TestKeys, WorkforceKeys } from "../test-keys.ts";

export type Files = Map<string, Uint8Array>;

export class WorkforceSet {
  readonly keys: TestKeys;
  readonly own: WorkforceKeys;
  readonly entries: Uint8Array[] = [];
  readonly documents: Files = new Map();
  workforce = "";
  /** The manifest in force, and its hash. */
  manifest: WorkforceManifest = null as never;
  manifestHash = "";
  /** Of the log: the first manifest's, whatever later ones say. */
  origin = "";

  readonly #workforces: number[] = [];
  readonly #epochs: number[] = [];
  readonly #clients: number[] = [];
  readonly #issuance = new Map<string, number>();
  readonly #destructions: number[] = [];

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

  addIssuance(...of: Parameters<WorkforceSet["issuance"]>): number {
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

  /** What index.json says of all this. */
  protected workforceIndex() {
    return {
      workforces: this.#workforces,
      epochs: this.#epochs,
      clients: this.#clients,
      issuance: [...this.#issuance.values()].sort((a, b) => a - b),
      destructions: this.#destructions,
    };
  }
}
