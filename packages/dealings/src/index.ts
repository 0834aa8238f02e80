/**
 * @undersigned/dealings: the register of what a company supplies (decision 28). Reads award exports and Open Contracting data by
 * stream, plans an import, folds the register from its records, sorts and filters it, writes CSV and JSON. Browser and Node; no
 * input or output of its own.
 */
export { readAwardExport } from "./awards/read-award-export.ts";
export { DealingsError, type DealingsErrorCode } from "./errors.ts";
export {
  type ByteSource,
  type ImportedRow,
  type ImportOptions,
  type ImportResult,
  type ImportWarning,
  type OnProgress,
  SKIP_REASONS,
  type SkipReason,
  type SupplierCount,
  type WarningCode,
} from "./import-result.ts";
export { readOcds } from "./ocds/read-ocds.ts";
export {
  type DatedRecord,
  type DealingChange,
  foldDealings,
  type Register,
} from "./register/fold-dealings.ts";
export { type ImportPlan, planImport } from "./register/plan-import.ts";
export {
  agenciesOf,
  type DealingFilter,
  type DealingRow,
  dealingRows,
  filterDealings,
  SORT_KEYS,
  type SortKey,
  sortDealings,
  yearsOf,
} from "./register/select-dealings.ts";
export { dealingsCsv, dealingsJson } from "./register/write-dealings.ts";
export { compareAmounts } from "./text/decimal.ts";
