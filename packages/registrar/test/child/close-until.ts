/** `node close-until.ts DATA DATABASE-URL|- DAY STEP`: closes epoch 1 and dies, without a last word, once the step is done. */
import { closeEpochStepwise } from "../../src/commands/close-epoch.ts";
import { LOCK } from "../lock.ts";

const [dataDir = "", databaseUrl = "-", day = "", last = ""] = process.argv.slice(2);
await closeEpochStepwise(
  {
    dataDir,
    lock: LOCK,
    databaseUrl: databaseUrl === "-" ? undefined : databaseUrl,
    epoch: 1,
    day,
  },
  (step) => {
    if (step === last) process.kill(process.pid, "SIGKILL");
  },
);
