/**
 * A board or a registrar in a process of its own, made of the packages' public functions as the commands make it, but
 * with a clock and faults that a test commands. Ends with its parent.
 */
import { writeHeapSnapshot } from "node:v8";
import { dayOf } from "@undersigned/core";
import type { Clock } from "@undersigned/service";
import { armFault, disarmFault, prepareFaults } from "./faults.ts";
import type { ServerCall, ServerReply } from "./server-calls.ts";
import type { StartedServer } from "./server-start.ts";

prepareFaults();
const { startAs } = await import("./server-start.ts");

let time = 0;
const clock: Clock = { now: () => time, day: () => dayOf(time) };
let running: StartedServer | null = null;

async function answer(call: ServerCall): Promise<unknown> {
  switch (call.do) {
    case "start":
      time = call.time;
      running = await startAs(call, clock);
      return running.url;
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
