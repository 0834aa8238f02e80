/**
 * What a log has established so far: manifests in force, epochs with their keys, letters. Filled leaf by leaf, in the
 * log's order, by check-workforce-chain.ts, check-epochs.ts and check-letters.ts, which admit only what they found right.
 */
import {
  type ClientBuildFile,
  type ClientLeaf,
  type EndorsementClass,
  type EpochLeaf,
  encodeBase64url,
  type KeyStatement,
  type LetterLeaf,
  type LetterManifest,
  type TokenKey,
  type WorkforceManifest,
} from "@undersigned/core";
import type { LetterContext } from "./checker.ts";

export interface Version {
  readonly manifest: WorkforceManifest;
  readonly hash: string;
  /** Index of its leaf. */
  readonly index: number;
}

export interface Epoch {
  readonly leaf: EpochLeaf;
  readonly index: number;
  /** The version in force when it began. Later versions do not change it. */
  readonly version: Version;
  /** By registrar; the ones that were found right. */
  readonly statements: ReadonlyMap<string, KeyStatement>;
  /** Every key for tokens in those statements. */
  readonly keys: readonly TokenKey[];
}

export interface Letter {
  readonly leaf: LetterLeaf;
  readonly index: number;
  readonly epoch: Epoch;
  /** The version in force at its leaf. */
  readonly version: Version;
  /** Null when its text is not among the public files. */
  readonly manifest: LetterManifest | null;
}

/** A client build that the board has stated to offer. */
export interface Client {
  readonly leaf: ClientLeaf;
  readonly index: number;
  readonly build: ClientBuildFile;
}

export class Ledger {
  readonly workforce: string;
  readonly versions: Version[] = [];
  readonly epochs = new Map<number, Epoch>();
  readonly letters = new Map<string, Letter>();
  /** In the log's order. */
  readonly clients: Client[] = [];
  /** Letter leaves so far, also those that were refused: by epoch number. */
  readonly letterLeaves = new Map<number, number>();
  /** Every RSA key seen so far, as DER in base64url. Under one exponent and length, DER and modulus are one. */
  readonly moduli = new Set<string>();
  /** Leaf hash of the latest letter leaf, base64url. */
  lastLetter: string | null = null;

  constructor(workforce: string) {
    this.workforce = workforce;
  }

  /** The version in force; undefined until leaf 0 was read. */
  get inForce(): Version | undefined {
    return this.versions.at(-1);
  }

  /** The versions that have been in force from an epoch's beginning on. */
  versionsSince(epoch: Epoch): Version[] {
    return this.versions.filter((version) => version.index >= epoch.version.index);
  }
}

/** The keys for one slot and class, in the order of the registrars. */
export function slotKeys(epoch: Epoch, slot: number, cls: EndorsementClass): TokenKey[] {
  return epoch.keys.filter((key) => key.slot === slot && key.class === cls);
}

/** Classes for which the epoch's manifest takes evidence. */
export function classesOf(epoch: Epoch): EndorsementClass[] {
  return [...new Set(epoch.version.manifest.evidence.map((item) => item.class))];
}

/** What a checker has to know of a letter. */
export function contextOf(workforce: string, { leaf, epoch }: Letter): LetterContext {
  const names = new Map(epoch.version.manifest.registrars.map(({ identity, name }) => [identity, name]));
  return {
    workforce,
    letter: leaf.letter,
    epoch: leaf.epoch,
    slot: leaf.slot,
    quorum: epoch.version.manifest.quorum,
    classes: classesOf(epoch),
    keys: epoch.keys
      .filter((key) => key.slot === leaf.slot)
      .map((key) => ({
        registrar: key.registrar,
        name: names.get(key.registrar) ?? "the registrar",
        class: key.class,
        spki: encodeBase64url(key.rsa.spki),
      })),
  };
}
