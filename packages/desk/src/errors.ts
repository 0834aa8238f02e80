/**
 * The one error class of this package. `code` is for programs; `message` tells a person what to do next and holds nothing
 * of a request, no alias and nothing that anybody wrote. Codes that a request can meet stand in core.
 */
import { DESK_REFUSALS, type DeskRefusal } from "@undersigned/core";

/** Codes that only the operator meets. As answers they are `internal`, without their message. */
type OperatorCode =
  /** A sealed row does not open: the disk was changed, or the database is of another board. */
  "desk-damaged";

export type DeskErrorCode = DeskRefusal | OperatorCode;

export class DeskError extends Error {
  readonly code: DeskErrorCode;

  constructor(code: DeskErrorCode, message: string) {
    super(message);
    this.name = "DeskError";
    this.code = code;
  }
}

/** HTTP statuses by error code, for whoever serves the desk. */
export const deskErrorStatus: Readonly<Record<string, number>> = {
  ...DESK_REFUSALS,
  // Package rehearsal's.
  "rehearsal-running": 409,
  "too-many-people": 422,
  "too-many-days": 422,
};
