/** What passes between a test and a server's process, over Node's IPC channel with structured clones. */
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
