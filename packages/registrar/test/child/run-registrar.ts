/**
 * A registrar in a process of its own: `node run-registrar.ts DATA SMTP-PORT DATABASE-URL|-`. Prints its address, or
 * the code of the error that stopped it.
 */
import { join } from "node:path";
import { decodeBase64url, parseCanonical } from "@undersigned/core";
import { createLogger, openKeyFile } from "@undersigned/service";
import { registrarEvents, startRegistrar } from "../../src/index.ts";
import { LOCK } from "../lock.ts";
import { logOf } from "../logged.ts";
import { TestClock } from "../test-clock.ts";

const [dataDir = "", smtpPort = "", databaseUrl = "-"] = process.argv.slice(2);
const clock = new TestClock();
try {
  const keys = parseCanonical(await openKeyFile(join(dataDir, "keys", "epoch-1.age"), LOCK), 1 << 20);
  const statement = decodeBase64url((keys as { statement: string }).statement);
  const { url } = await startRegistrar({
    dataDir,
    databaseUrl: databaseUrl === "-" ? undefined : databaseUrl,
    lock: LOCK,
    smtp: { host: "127.0.0.1", port: Number(smtpPort), from: "codes@registrar.example.com" },
    listen: { host: "127.0.0.1", port: 0 },
    clock,
    logger: createLogger(registrarEvents, { stream: process.stderr, clock }),
    workers: 1,
    readLog: async () => logOf([statement]),
  });
  process.stdout.write(`${url}\n`);
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}\n`);
  process.exitCode = 1;
}
