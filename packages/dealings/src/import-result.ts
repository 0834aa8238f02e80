/**
 * What reading a file gives: a preview, of which organisers choose rows. It holds all that matched or, where that is more than the
 * limit, none: there is no first part of an import.
 */
import type { Dealing } from "@undersigned/core";

export interface ImportedRow {
  /** The same whenever the same award or contract is imported. */
  readonly id: string;
  readonly entry: Dealing;
}

/** Why an entry of a file is no row. */
export type SkipReason =
  /** It does not say who supplies. */
  | "no-supplier"
  /** It does not say to which agency. */
  | "no-agency"
  /** It has no id, so that it could not be updated. */
  | "no-id"
  /** An amount that is no number, or too large for one. */
  | "bad-amount"
  /** Planned, cancelled, or given to nobody. */
  | "not-awarded"
  /** Neither the file nor the caller says where it can be looked up. */
  | "no-source";

export const SKIP_REASONS: readonly SkipReason[] = [
  "no-supplier",
  "no-agency",
  "no-id",
  "bad-amount",
  "not-awarded",
  "no-source",
];

export type WarningCode =
  /** More rows match than are given; `rows` is empty. Choose a supplier or an agency. */
  | "too-many-rows"
  /** A member of the zip file is no export of contracts. */
  | "member-passed-over"
  /** An amount had more than four decimals and was rounded. */
  | "amount-rounded"
  /** A value without a currency was left out. */
  | "value-left-out"
  /** A day that is none, or before 2000, was left out. */
  | "day-left-out"
  /** There are more suppliers than are counted: their numbers are at least these. */
  | "suppliers-uncertain";

export interface ImportWarning {
  readonly code: WarningCode;
  readonly count: number;
}

export interface SupplierCount {
  readonly name: string;
  /** Entries of the file, before filters. */
  readonly count: number;
}

export interface ImportResult {
  /** Sorted by id. */
  readonly rows: readonly ImportedRow[];
  readonly counts: {
    /** Records of CSV, or awards and contracts of OCDS. */
    readonly read: number;
    /** Of those, what the filters let through. */
    readonly matched: number;
    /** Of `matched`, what is no row. */
    readonly skipped: Readonly<Record<SkipReason, number>>;
  };
  /** Of the whole file, most frequent first. */
  readonly suppliers: readonly SupplierCount[];
  /**
   * Ids under which entries of this file were rows while less was known of them: an award that by now has a contract. A register
   * that has both would count twice.
   */
  readonly replaced: readonly string[];
  readonly warnings: readonly ImportWarning[];
}

export interface ImportOptions {
  /** Parts of names, any of which the supplier's (or its parent's, or its code) must have; case and spaces count for nothing. */
  readonly suppliers?: readonly string[];
  /** The same for the agency, or the part or office of it. */
  readonly agencies?: readonly string[];
  /** Most rows; MAX_DEALINGS if not given. */
  readonly limit?: number;
  /** Where the file can be looked up, for entries that bear no address of their own. */
  readonly source?: { readonly title: string; readonly publisher: string; readonly url: string };
}

/** Called now and then with the bytes read so far. */
export type OnProgress = (bytes: number) => void;

export type ByteSource = AsyncIterable<Uint8Array>;
