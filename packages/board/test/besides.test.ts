import { createLogger, httpEvents } from "@undersigned/service";
import { afterEach, expect, it } from "vitest";
import { boardEvents, publicSite, type RunningBoard, startBoard } from "../src/index.ts";
import { Kit, LOCK } from "./kit.ts";

let board: RunningBoard | null = null;
afterEach(async () => {
  await board?.close();
});

it("serves the files of a rehearsal, keeps none of them, and names it nowhere", async () => {
  const kit = await Kit.start();
  await kit.board.close();
  const rehearsed = "r".repeat(43);
  let there = true;
  const files = new Map([["checkpoint", new TextEncoder().encode("of a rehearsal\n")]]);
  board = await startBoard({
    dataDir: kit.dataDir,
    lock: LOCK,
    clock: kit.clock,
    fetchIssuance: kit.fetchIssuance,
    logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => true } }),
    listen: { host: "127.0.0.1", port: 0 },
    besides: (workforce) =>
      there && workforce === rehearsed ? { read: async (path) => files.get(path) ?? null } : null,
  });
  const at = (path: string) => fetch(`${board!.url}/w/${rehearsed}/${path}`);
  const answer = await at("checkpoint");
  expect(await answer.text()).toBe("of a rehearsal\n");
  expect(answer.headers.get("cache-control")).toContain("no-store");
  expect((await at("index.json")).status).toBe(404);
  expect(publicSite(board.board.internals).isRehearsal(rehearsed)).toBe(true);
  expect(publicSite(board.board.internals).isRehearsal(kit.workforce)).toBe(false);
  expect(await (await fetch(`${board.url}/board.json`)).text()).not.toContain(rehearsed);
  there = false;
  expect((await at("checkpoint")).status).toBe(404);
});
