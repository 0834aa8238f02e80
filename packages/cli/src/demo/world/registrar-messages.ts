/** What passes between the demo and a registrar's process, over Node's IPC channel with structured clones. */
import type { Confession } from "../liar/attempts.ts";

export type RegistrarCall =
  | { readonly do: "create-keys" }
  | { readonly do: "sign-manifest"; readonly manifestFile: Uint8Array }
  | {
      readonly do: "open-epoch";
      readonly manifestFile: Uint8Array;
      readonly epoch: number;
      readonly opens: string;
      readonly closes: string;
    }
  | { readonly do: "start"; readonly port: number; readonly smtpPort: number }
  | { readonly do: "set-day"; readonly day: string }
  | { readonly do: "stop" }
  | LiarCall;

/** What only a dishonest registrar understands. */
export type LiarCall =
  /** From here on it lies. */
  | { readonly do: "turn-dishonest"; readonly plot: Plot }
  /** Forges endorsements, and has these two employees try to sign twice. */
  | { readonly do: "attack"; readonly helpers: readonly [whole: string, split: string] }
  /** Waits for what is under way, and tells what was tried. */
  | { readonly do: "confess" };

export type Plot = {
  /** The board's address with the workforce's prefix. */
  readonly files: string;
  readonly workforce: string;
  readonly letter: string;
  readonly epoch: number;
  /** Identities of the other dishonest registrars, which sign for it whatever it likes. */
  readonly allies: readonly string[];
  /** About how many people will come. */
  readonly people: number;
};

/** The answer of each call that has one. */
export type RegistrarAnswers = {
  "create-keys": { readonly identity: string };
  "sign-manifest": { readonly registrar: string; readonly sig: string };
  "open-epoch": { readonly statement: Uint8Array };
  start: { readonly url: string };
  "set-day": null;
  stop: null;
  "turn-dishonest": null;
  attack: null;
  confess: Confession;
};

export type RegistrarRequest = { readonly id: number; readonly call: RegistrarCall };
/** `error` is a line `code: sentence`. */
export type RegistrarReply =
  | { readonly id: number; readonly answer: RegistrarAnswers[RegistrarCall["do"]] }
  | { readonly id: number; readonly error: string };

/** A dishonest registrar asks an employee who helps it for the next code in their mailbox from a registrar. */
export type CodeQuestion = {
  readonly ask: number;
  readonly mailbox: string;
  /** Identity. */
  readonly registrar: string;
};
export type CodeAnswer = { readonly told: number; readonly code: string | null };

export type ToRegistrar = RegistrarRequest | CodeAnswer;
export type FromRegistrar = RegistrarReply | CodeQuestion;

/** The process's first argument, as JSON. */
export type RegistrarSetting = {
  readonly dataDir: string;
  /** Null for SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly day: string;
  /** `Name <address>`. */
  readonly from: string;
  /** Signing threads; null for one a core. */
  readonly workers: number | null;
};
