/** What can stop the demo. Messages say what to do next. */
export type DemoErrorCode =
  /** A flag is wrong. Exit code 2. */
  | "usage"
  | "data-not-empty"
  | "database-not-empty"
  | "mail-missing"
  | "no-port"
  | "registrar-refused"
  | "registrar-stopped"
  | "worker-stopped"
  | "not-as-planned"
  | "interrupted";

export class DemoError extends Error {
  readonly code: DemoErrorCode;

  constructor(code: DemoErrorCode, message: string) {
    super(message);
    this.name = "DemoError";
    this.code = code;
  }
}
