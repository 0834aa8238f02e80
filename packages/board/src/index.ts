/** @undersigned/board: letters, endorsements, the sequencer and the public files, as commands and as a server. */
export { type OpenBoard, type OpenBoardOptions, openBoard } from "./board.ts";
export type { AddedWorkforce, ManifestSignature } from "./commands/add-workforce.ts";
export type { FetchIssuance } from "./commands/ask-issuance.ts";
export type { Published } from "./commands/published.ts";
export type { TickReport, TickResult } from "./commands/tick.ts";
export { BoardError, type BoardErrorCode } from "./errors.ts";
export { type BoardEvents, boardEvents } from "./events.ts";
export { makeBoardCard } from "./keys/board-card.ts";
export {
  addLogKey,
  createBoardKeys,
  type KeyOptions,
  type PublicBoardKeys,
} from "./keys/board-keys.ts";
export type { Pages, PublicSite, ServedWorkforce } from "./public/public-site.ts";
export type { Timers } from "./schedule.ts";
export {
  DEFAULT_POST_LIMIT,
  type PostLimit,
  type RunningBoard,
  type StartBoardOptions,
  startBoard,
} from "./start-board.ts";
export { schemaReasons } from "./storage/schema-reasons.ts";
