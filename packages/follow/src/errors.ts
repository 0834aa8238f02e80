/** The one error class of this package. A message says what to do next, and holds nothing that another server has sent. */
import type { OutsideFailure } from "@undersigned/service";
import type { Report } from "@undersigned/verify";

export type FollowErrorCode =
  // the way to the other board
  /** The address is not one that is asked: no https, or it leads where only this machine gets. */
  | "address-refused"
  | "unreachable"
  | "too-slow"
  | "redirected"
  | "file-too-large"
  /** It is packed in a way that cannot be unpacked. */
  | "unreadable"
  /** Neither there nor missing: the server answered with an error. */
  | "server-error"
  // bounds of the whole
  | "too-long"
  | "too-many-bytes"
  | "too-many-files"
  | "too-many-pages"
  | "too-many-letters"
  // what came
  /** `board.json` is missing, or is none. */
  | "not-a-board"
  /** Public files that no recount reads differ from the log. */
  | "signatories-wrong"
  | "copy-wrong"
  /** The log or its files are wrong; `report` says how. */
  | "recount-failed"
  // the folder
  | "folder-not-a-mirror"
  | "folder-of-another"
  | "folder-in-use"
  // links
  | "link-malformed";

export class FollowError extends Error {
  readonly code: FollowErrorCode;
  /** Of `recount-failed`. */
  readonly report: Report | null;

  constructor(code: FollowErrorCode, message: string, report: Report | null = null) {
    super(message);
    this.name = "FollowError";
    this.code = code;
    this.report = report;
  }
}

const OUTSIDE: Readonly<Record<OutsideFailure, readonly [FollowErrorCode, string]>> = {
  refused: [
    "address-refused",
    "The address is not one that may be asked: give one on https that everybody can reach.",
  ],
  unreachable: [
    "unreachable",
    "The server does not answer, or breaks off: try again later, or another mirror.",
  ],
  slow: ["too-slow", "The server took too long over a file: try again later, or another mirror."],
  large: ["file-too-large", "The server sent more than the file that was asked for may have."],
  redirects: ["redirected", "The server leads elsewhere: give the address where its files are."],
  unreadable: ["unreadable", "The server sent a file that cannot be unpacked."],
};

export function outsideError(why: OutsideFailure): FollowError {
  const [code, message] = OUTSIDE[why];
  return new FollowError(code, message);
}
