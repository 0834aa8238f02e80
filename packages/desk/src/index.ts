/** @undersigned/desk: the organisers' desk of a board. */
export { acceptAct } from "./accept-act.ts";
export type { ReceiverLimits, ReceiverOptions } from "./answers/receive-answers.ts";
export { type Answered, takeMail } from "./answers/take-answer.ts";
export type { DocumentTask, MadeDocument } from "./delivery/document-worker.ts";
export { type Certificate, type Desk, type OpenedDesk, openDesk } from "./desk.ts";
export { DeskError, type DeskErrorCode, deskErrorStatus } from "./errors.ts";
export { type AnswersOptions, type DeskOptions, withDesk } from "./extend-board.ts";
export { deskSchemaReasons } from "./storage/schema-reasons.ts";
