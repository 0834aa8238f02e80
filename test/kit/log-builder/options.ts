/** How what a builder of logs writes shall differ from the usual. */
import type {
  Appearance,
  ConfirmedName,
  EndorsementClass,
  EndorsementLeaf,
  LetterLeaf,
  LetterManifest,
  Signer,
  TokenKey,
  WorkforceLeaf,
  WorkforceManifest,
} from "@undersigned/core";
import type { Edit } from "../log-parts/mutable.ts";

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
