/**
 * For tests only: `undersigned serve` with a day that the parent moves. Descriptor 3 holds the identity of its keys; a line on
 * standard input is the day to go to, and `ticked <day>` on standard output says that its tick is done.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { boardEvents, startBoard } from "@undersigned/board";
import { createLogger, httpEvents, systemClock } from "@undersigned/service";

const [dataDir, port] = process.argv.slice(2);
let day = systemClock.day();
const running = await startBoard({
  dataDir: dataDir!,
  lock: { identity: readFileSync(3, "utf8").trim() },
  clock: { now: systemClock.now, day: () => day },
  listen: { host: "127.0.0.1", port: Number(port) },
  logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: process.stderr }),
});
process.stdout.write(`board: ${running.url}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  day = line;
  await running.board.tick();
  process.stdout.write(`ticked ${day}\n`);
}
await running.close();
