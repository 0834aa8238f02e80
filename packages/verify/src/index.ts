/**
 * @undersigned/verify: recounts a workforce's letters from public files alone (PROTOCOL §10), shows a client what it may
 * trust, checks receipts and makes bundles. Never talks to a server in any other way than reading its files. Browser and
 * Node.
 */
export { directorySource } from "#directory";
export { bundleReadme } from "./bundle-readme.ts";
export { bundleSource } from "./bundle-source.ts";
export type { CollectedOpenings, ShownAs } from "./check-openings.ts";
export { SignatoryLeafCheck } from "./check-signatory-leaf.ts";
export type {
  CheckedLeaf,
  Checker,
  CheckerFactory,
  CheckUnit,
  LeafSummary,
  LetterContext,
  Problem,
} from "./checker.ts";
export { type Failure, type FailureCode, VerifyError, type VerifyErrorCode } from "./errors.ts";
export type {
  LoggedDealings,
  LoggedDelivery,
  LoggedEntry,
  LoggedJudgement,
  LoggedResponse,
} from "./further-life.ts";
export { type HttpOptions, httpSource } from "./http-source.ts";
export type { Client, Epoch, Letter, Version } from "./ledger.ts";
export { makeBundle } from "./make-bundle.ts";
export { NOT_CHECKED_SENTENCES, type NotChecked } from "./not-checked.ts";
export type { LogCheckpoint } from "./open-checkpoint.ts";
export { type FurtherReader, type FurtherView, furtherOf } from "./open-further.ts";
export { openSource } from "./open-source.ts";
export { readStated, type StatedByRegistrars, type StatedReader } from "./open-stated.ts";
export { type LinkKeys, openUnlisted } from "./open-unlisted.ts";
export {
  type LetterView,
  type OpenOptions,
  openWorkforce,
  type WorkforceView,
} from "./open-workforce.ts";
export { inlineChecker } from "./pool-inline.ts";
export {
  answerPath,
  CHECKPOINT_PATH,
  clientPath,
  copyPath,
  documentPath,
  INDEX_PATH,
  type IndexFile,
  indexFile,
  manifestPath,
  OPENINGS_PER_PAGE,
  type OpeningsPage,
  openingsPage,
  openingsPath,
  parsePublicFile,
  recordPath,
  type SignatoriesBucket,
  signatoriesBucket,
  signatoriesPath,
  statementPath,
  unlistedPath,
  withheldPath,
} from "./public-files.ts";
export { type CountedLetter, type RecountOptions, recount } from "./recount.ts";
export type {
  ChronicleReport,
  ClientReport,
  DealingsReport,
  DeliveryReport,
  IssuanceReport,
  JudgementReport,
  LetterReport,
  Report,
  ResponseReport,
} from "./report.ts";
export { type KeyState, SignatoryStates, type Step, type StepRefusal } from "./signatory-state.ts";
export { type FileSource, LIMITS } from "./source.ts";
export { type ReceiptState, verifyReceipt } from "./verify-receipt.ts";
export {
  answerPool,
  createPool,
  type FromThread,
  type PoolThread,
  type StartThread,
  type ToThread,
} from "./worker-pool.ts";
