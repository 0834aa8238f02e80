/** @undersigned/board: letters, endorsements, the sequencer and the public files, as commands and as a server. */
export { askRegistrar, type RegistrarQuestion } from "./ask-registrar.ts";
export {
  type BoardGround,
  type FilesBesides,
  type OpenBoard,
  type OpenBoardOptions,
  openBoard,
  type RefusesKey,
} from "./board.ts";
export type { AddedWorkforce, ManifestSignature } from "./commands/add-workforce.ts";
export type { FetchIssuance } from "./commands/ask-issuance.ts";
export type { ToFollow } from "./commands/follow-workforce.ts";
export type { ShownAt, ShownText } from "./commands/hide-opening.ts";
export type { Published } from "./commands/published.ts";
export type { FollowAnswer, FollowEngine, FollowedRecount } from "./commands/recount-followed.ts";
export type { JudgeOpening } from "./commands/release-batch.ts";
export type { TickReport, TickResult } from "./commands/tick.ts";
export { BoardError, type BoardErrorCode } from "./errors.ts";
export { type BoardEvents, boardEvents } from "./events.ts";
export { openRow, type SealedRow, sealRow } from "./keys/at-rest.ts";
export { makeBoardCard } from "./keys/board-card.ts";
export {
  addLogKey,
  createBoardKeys,
  type KeyOptions,
  type PublicBoardKeys,
} from "./keys/board-keys.ts";
export { type LetterAfterClosing, letterAfterClosing } from "./model/after-closing.ts";
export {
  type BesideLetter,
  freeLogKey,
  letterManifestOf,
  lettersBeside,
  type ShownCounts,
  shownCounts,
  workforceInForce,
} from "./model/beside.ts";
export { type ManifestInForce, manifestsInForce } from "./model/manifest-in-force.ts";
export { copyTypeOf } from "./public/copy-of.ts";
export { type Pages, type PublicSite, publicSite, type ServedWorkforce } from "./public/public-site.ts";
export type { Timers } from "./schedule.ts";
export {
  type BoardExtension,
  DEFAULT_POST_LIMIT,
  type FollowOptions,
  type PostLimit,
  type RunningBoard,
  type StartBoardOptions,
  startBoard,
} from "./start-board.ts";
export type { BoardTables, Reader as BoardReader } from "./storage/schema.ts";
export { schemaReasons } from "./storage/schema-reasons.ts";
