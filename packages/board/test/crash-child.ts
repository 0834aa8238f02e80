/**
 * A process that dies. It opens a board, does what the file named in its argument says, and kills itself with SIGKILL at
 * the n-th statement that writes: before or after the statement ran. For crash.test.ts.
 */
import { readFileSync, writeSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { JsonValue } from "@undersigned/core";
import { createLogger } from "@undersigned/service";
import { boardEvents, openBoard } from "../src/index.ts";

export type CrashPlan = {
  readonly dataDir: string;
  readonly passphrase: string;
  readonly workforce: string;
  readonly day: string;
  /** Tick first, or post. */
  readonly act: "tick" | "post";
  readonly posts: readonly {
    kind: "endorsement" | "revision" | "withdrawal" | "delivery" | "record" | "withholding";
    body: JsonValue;
  }[];
  /** What registrars state, by URL. */
  readonly statements: Readonly<Record<string, JsonValue>>;
  /** Count of writing statements, or the first statement that begins with the word; 0 to live. */
  readonly dieAt: number | "commit" | "pragma";
  readonly moment: "before" | "after";
};

const plan = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as CrashPlan;
let writes = 0;
let armed = false;

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (sql: string, ...rest: unknown[]): StatementSync {
  const statement = prepare.call(this, sql, ...(rest as []));
  // Among them BEGIN and COMMIT, whose sides are the moments that matter most.
  if (!/^\s*(insert|update|delete|begin|commit|vacuum|pragma wal_checkpoint)/i.test(sql)) return statement;
  const dying =
    <A extends unknown[], R>(execute: (...values: A) => R) =>
    (...values: A): R => {
      if (armed) writes++;
      const dies = armed && (writes === plan.dieAt || sql.startsWith(String(plan.dieAt)));
      if (dies && plan.moment === "before") process.kill(process.pid, "SIGKILL");
      const result = execute(...values);
      if (dies) process.kill(process.pid, "SIGKILL");
      return result;
    };
  statement.run = dying(statement.run.bind(statement)) as never;
  statement.all = dying(statement.all.bind(statement)) as never;
  return statement;
};

const board = await openBoard({
  dataDir: plan.dataDir,
  lock: { passphrase: plan.passphrase },
  clock: { now: () => Date.parse(`${plan.day}T12:00:00Z`), day: () => plan.day },
  logger: createLogger(boardEvents, { stream: { write: () => undefined } }),
  fetchIssuance: async (url) => plan.statements[url] ?? null,
});
armed = true;
if (plan.act === "tick") {
  await board.tick();
} else {
  const commands = {
    endorsement: board.acceptEndorsement,
    revision: board.acceptRevision,
    withdrawal: board.acceptWithdrawal,
    delivery: board.logDelivery,
    record: board.logRecord,
    withholding: board.withholdRecord,
  };
  let next = 0;
  const poster = async () => {
    for (let i = next++; i < plan.posts.length; i = next++) {
      const { kind, body } = plan.posts[i]!;
      const receipt = await commands[kind](plan.workforce, body);
      // Not through a stream: what is said has been said when the process dies.
      writeSync(1, `${receipt.leaf}\n`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, poster));
}
armed = false;
await board.close();
