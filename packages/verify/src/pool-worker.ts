/** The thread behind pool-node.ts. */
import { parentPort } from "node:worker_threads";
import { answerPool } from "./worker-pool.ts";

const port = parentPort;
if (port !== null)
  port.on(
    "message",
    answerPool((message) => port.postMessage(message)),
  );
