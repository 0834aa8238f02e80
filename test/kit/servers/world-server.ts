/** A server that can be ended and started again on the same data, address and clock. */
import { mkdir } from "node:fs/promises";
import type { ServerOptions } from "./server-calls.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export type Server = {
  readonly dataDir: string;
  readonly temporary: string;
  readonly databaseUrl: string | undefined;
  /** Where it listens itself, behind a gate if there is one. */
  readonly url: string;
  readonly process: ServerProcess;
  /** All output of all its processes. */
  output(): string;
  restart(how: "stop" | "kill"): Promise<void>;
  end(how: "stop" | "kill"): Promise<void>;
  begin(): Promise<void>;
};

export type WorldServerOptions = Omit<ServerOptions, "time"> & {
  readonly temporary: string;
  /** What the clock shows, milliseconds since 1970. */
  now(): number;
};

export async function startWorldServer({ now, ...options }: WorldServerOptions): Promise<Server> {
  const { dataDir, temporary, databaseUrl } = options;
  await mkdir(temporary, { mode: 0o700 });
  const begin = () => startServer({ ...options, time: now() });
  let process = await begin();
  let before = "";
  const self: Server = {
    dataDir,
    temporary,
    databaseUrl,
    url: process.url,
    get process() {
      return process;
    },
    output: () => before + process.output(),
    async end(how) {
      await (how === "kill" ? process.kill() : process.stop());
    },
    async begin() {
      before += process.output();
      process = await begin();
    },
    async restart(how) {
      await self.end(how);
      await self.begin();
    },
  };
  return self;
}
