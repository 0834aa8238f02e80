/**
 * A board or a registrar in a process of its own, made of the packages' public functions as the commands make it, but
 * with a clock and faults that a test commands. Ends with its parent.
 */
import { writeHeapSnapshot } from "node:v8";
import type { OpenBoard } from "@undersigned/board";
import { dayOf } from "@undersigned/core";
import type { Clock } from "@undersigned/service";
import { armFault, disarmFault, prepareFaults } from "./faults.ts";
import type { ServerCall, ServerOptions, ServerReply } from "./server-calls.ts";

prepareFaults();
const { boardEvents, startBoard } = await import("@undersigned/board");
const { DEFAULT_LIMITS, registrarEvents, startRegistrar } = await import("@undersigned/registrar");
const { createLogger, httpEvents } = await import("@undersigned/service");

let time = 0;
const clock: Clock = { now: () => time, day: () => dayOf(time) };
let running: { close(): Promise<void>; board?: OpenBoard } | null = null;

/** Tests send in a second what people send in a day. */
const PLENTY = { capacity: 1_000_000, refillPerSecond: 1_000_000 };

async function start(options: ServerOptions): Promise<string> {
  time = options.time;
  const { dataDir, databaseUrl, identity, port } = options;
  const common = { dataDir, databaseUrl, lock: { identity }, clock, listen: { host: "127.0.0.1", port } };
  if (options.server === "board") {
    const logger = createLogger({ ...boardEvents, ...httpEvents }, { clock });
    // Loaded only where it is needed: it has to be built, and most tests are about files and requests alone.
    const pages = options.pages ? (await import("@undersigned/web")).boardPages() : {};
    const board = await startBoard({ ...common, ...pages, logger, postLimit: PLENTY });
    running = board;
    return board.url;
  }
  const registrar = await startRegistrar({
    ...common,
    smtp: { host: "127.0.0.1", port: options.smtpPort, from: "Registrar <codes@registrar.example.com>" },
    logger: createLogger({ ...registrarEvents, ...httpEvents }, { clock }),
    workers: 1,
    limits: {
      ...DEFAULT_LIMITS,
      mailsPerMailboxAndNetwork: PLENTY,
      mailsPerMailbox: PLENTY,
      reservationsPerNetwork: PLENTY,
      reservationsInAll: PLENTY,
      enrolmentsPerNetwork: PLENTY,
      wrongCodes: { perRequests: 10_000, perMailbox: 10_000, inAll: 100_000 },
    },
  });
  running = registrar;
  return registrar.url;
}

async function answer(call: ServerCall): Promise<unknown> {
  switch (call.do) {
    case "start":
      return await start(call);
    case "set-time":
      time = call.time;
      return null;
    case "tick":
      return (await running?.board?.tick()) ?? null;
    case "arm":
      armFault(call.kind, call.after);
      return null;
    case "disarm":
      return disarmFault();
    case "snapshot":
      await globalThis.gc?.({ type: "major", execution: "async", flavor: "last-resort" });
      return writeHeapSnapshot(call.path);
    case "stop":
      await running?.close();
      running = null;
      return null;
  }
}

process.on("message", async ({ id, call }: { id: number; call: ServerCall }) => {
  const reply = (message: ServerReply) => process.connected && process.send?.(message, () => {});
  try {
    reply({ id, answer: await answer(call) });
    if (call.do === "stop") process.disconnect?.();
  } catch (error) {
    reply({ id, error: (error as { code?: string }).code ?? "internal" });
  }
});
process.on("disconnect", () => process.exit(0));
