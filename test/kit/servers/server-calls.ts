/** What passes between a test and a server's process, over Node's IPC channel with structured clones. */
import type { RegistrarLimits } from "@undersigned/registrar";
import type { FaultKind } from "./faults.ts";

export type ServerOptions = {
  readonly server: "board" | "registrar";
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly identity: string;
  readonly port: number;
  /** Milliseconds since 1970: the clock stands still until it is moved. */
  readonly time: number;
  readonly smtpPort: number;
  /** Sender of a registrar's mails; the board has none. */
  readonly mailFrom: string;
  /** Statement with which a registrar finds its epoch logged, where there is no board that it could read. */
  readonly logged?: Uint8Array;
  /** A registrar's limits that are not those of a test, which never stop anybody. */
  readonly limits?: Partial<RegistrarLimits>;
  /** What DNS says to a registrar, by name; it is not asked if left out. */
  readonly dns?: Readonly<Record<string, string>>;
  /** Whether the board has pages for people; they must have been built. */
  readonly pages: boolean;
};

export type ServerCall =
  | ({ readonly do: "start" } & ServerOptions)
  | { readonly do: "set-time"; readonly time: number }
  /** The board's. */
  | { readonly do: "tick" }
  | { readonly do: "arm"; readonly kind: FaultKind; readonly after: number }
  /** Answers whether the fault had not happened yet. */
  | { readonly do: "disarm" }
  /** Collects garbage and writes a heap snapshot to the path. */
  | { readonly do: "snapshot"; readonly path: string }
  | { readonly do: "stop" };

export type ServerReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };
