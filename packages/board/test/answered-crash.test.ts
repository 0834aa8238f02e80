/** Killed while organisers bring in what becomes of a letter: it is in the log with all its files, or nothing of it is. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonValue } from "@undersigned/core";
import { documentPath, recordPath, withheldPath } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { Afterwards, hashOf } from "./afterwards.ts";
import type { CrashPlan } from "./crash-child.ts";
import { run } from "./crash-run.ts";

type Post = CrashPlan["posts"][number];
const CANARY = "Canary Quillfeather";

/** Dies, and is opened again. Resolves to whether it had answered. */
async function die(
  { kit }: Afterwards,
  post: Post,
  at: readonly [CrashPlan["dieAt"], CrashPlan["moment"]],
): Promise<boolean> {
  await kit.board.close();
  const { lines, killed } = await run(kit, { posts: [post], dieAt: at[0], moment: at[1] });
  expect(killed).toBe(true);
  await kit.open();
  return lines.length > 0;
}

const before = [
  [4, "after"],
  ["commit", "before"],
] as const;
const after = [["commit", "after"]] as const;

describe("a board that is killed", () => {
  it("has a delivery with its document, or neither", { timeout: 90_000 }, async () => {
    const closed = await Afterwards.closed();
    const { kit } = closed;
    const body = await closed.deliveryRequest();
    const post: Post = { kind: "delivery", body: body as unknown as JsonValue };
    const there = async () => [
      (await kit.index()).letters[0]!.deliveries.length,
      (await kit.file(documentPath(body.document))) !== null,
    ];
    for (const at of before) {
      expect(await die(closed, post, at)).toBe(false);
      expect(await there()).toEqual([0, false]);
    }
    for (const at of after) {
      await die(closed, post, at);
      expect(await there()).toEqual([1, true]);
    }
    await kit.board.logDelivery(kit.workforce, post.body);
    expect(await there()).toEqual([1, true]);
    await kit.recounted();
  });

  it("has a record with its leaf, or neither; and an answer with its text, or withheld for good", {
    timeout: 90_000,
  }, async () => {
    const closed = await Afterwards.closed();
    const { kit } = closed;
    const record = closed.statement({ text: CANARY });
    const hash = hashOf(record);
    const logging: Post = { kind: "record", body: closed.recordRequest(record) };
    const withholding: Post = { kind: "withholding", body: closed.withholdRequest(hash) };
    const there = async () => [
      (await kit.index()).letters[0]!.responses.length,
      (await kit.file(recordPath(hash))) !== null,
      (await kit.file(withheldPath(hash))) !== null,
    ];
    for (const at of before) {
      expect(await die(closed, logging, at)).toBe(false);
      expect(await there()).toEqual([0, false, false]);
    }
    for (const at of after) {
      await die(closed, logging, at);
      expect(await there()).toEqual([1, true, false]);
    }
    expect(await die(closed, withholding, ["commit", "before"])).toBe(false);
    expect(await there()).toEqual([1, true, false]);
    // Between the decision and the erasing of the write-ahead file: whoever was not answered asks again.
    expect(await die(closed, withholding, ["pragma", "before"])).toBe(false);
    expect(await there()).toEqual([1, false, true]);
    await kit.board.withholdRecord(kit.workforce, withholding.body);
    for (const name of ["board.sqlite", "board.sqlite-wal"]) {
      const bytes = await readFile(join(kit.dataDir, name)).catch(() => Buffer.alloc(0));
      expect(bytes.includes(CANARY), name).toBe(false);
    }
    await kit.board.logRecord(kit.workforce, logging.body);
    expect(await there()).toEqual([1, false, true]);
    await kit.recounted();
  });
});
