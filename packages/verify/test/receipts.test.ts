/** Receipts: what a board owes, told from what it has published. */
import { encodeLeaf, leafName, type Receipt, type SignatoryLeaf, signObject } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { openWorkforce, verifyReceipt } from "../src/index.ts";
import { CLOSING_DAY, endorsements, type LogBuilder, memorySource, openedLog } from "./helpers.ts";

function receiptFor(
  log: LogBuilder,
  leaf: SignatoryLeaf,
  due = CLOSING_DAY,
  signer = log.boardSigner,
): Receipt {
  const { workforce } = log;
  return signObject(
    { type: "receipt", v: 1, workforce, letter: leaf.letter, leaf: leafName(encodeLeaf(leaf)), due },
    signer,
  );
}

async function stateOf(log: LogBuilder, receipt: Receipt, today: string, asked?: string[]) {
  const source = memorySource(await log.files(), asked);
  const view = await openWorkforce(source, log.workforce);
  asked?.splice(0);
  return verifyReceipt(source, view, receipt, today);
}

describe("a receipt", () => {
  it("whose leaf is in the log is kept, wherever in it", async () => {
    const { log, letter } = openedLog();
    const leaves = endorsements(log, letter, 400);
    log.addBatch("2026-03-03", leaves);
    for (const leaf of [leaves[0]!, leaves[399]!]) {
      const index = log.entries.findIndex((entry) => leafName(entry) === leafName(encodeLeaf(leaf)));
      expect(await stateOf(log, receiptFor(log, leaf), "2026-12-31")).toEqual({ state: "in-the-log", index });
    }
  });

  it("is looked for in every tile, so that nobody learns which leaf it is", async () => {
    const { log, letter } = openedLog();
    const leaves = endorsements(log, letter, 400);
    log.addBatch("2026-03-03", leaves);
    const outside = log.endorse(letter, 900);
    const reads: string[][] = [];
    for (const leaf of [leaves[0]!, leaves[399]!, outside]) {
      const asked: string[] = [];
      await stateOf(log, receiptFor(log, leaf), "2026-03-04", asked);
      reads.push(asked);
    }
    expect(reads[0]).toContain("tile/0/000");
    expect(reads[0]).toContain(`tile/0/001.p/${log.entries.length - 256}`);
    expect(reads[1]).toEqual(reads[0]);
    expect(reads[2]).toEqual(reads[0]);
  });

  it("whose leaf is not there waits until its day is over, and is broken then", async () => {
    const { log, letter } = openedLog();
    const receipt = receiptFor(log, log.endorse(letter, 0));
    expect(await stateOf(log, receipt, "2026-03-04")).toEqual({ state: "waiting", due: CLOSING_DAY });
    expect(await stateOf(log, receipt, CLOSING_DAY)).toEqual({ state: "waiting", due: CLOSING_DAY });
    expect(await stateOf(log, receipt, "2026-05-02")).toEqual({ state: "broken-promise", due: CLOSING_DAY });
  });

  it("of a letter that was closed with too few, or with a rest destroyed, says so", async () => {
    const few = openedLog();
    const lost = few.log.endorse(few.letter, 0);
    few.log.close(few.letter, CLOSING_DAY, { outcome: "too-few" });
    expect(await stateOf(few.log, receiptFor(few.log, lost), "2026-12-31")).toEqual({
      state: "destroyed",
      outcome: "too-few",
    });
    for (const [destroyed, expected] of [
      [1, { state: "destroyed", outcome: "closed" }],
      [0, { state: "broken-promise", due: CLOSING_DAY }],
    ] as const) {
      const { log, letter } = openedLog();
      const rest = log.endorse(letter, 9);
      log.addBatch("2026-03-03", endorsements(log, letter, 3));
      log.close(letter, CLOSING_DAY, {
        edit: (leaf) => {
          leaf.destroyed = { mailbox: destroyed, vouched: 0 };
        },
      });
      expect(await stateOf(log, receiptFor(log, rest), "2026-12-31")).toEqual(expected);
    }
  });

  it("that this workforce's board did not sign proves nothing", async () => {
    const { log, letter } = openedLog();
    const leaf = log.endorse(letter, 0);
    const good = receiptFor(log, leaf);
    for (const receipt of [
      receiptFor(log, leaf, CLOSING_DAY, log.logSigner),
      { ...good, due: "2026-05-02" },
      { ...good, sig: "short" },
      signObject({ ...good, workforce: letter.letter }, log.boardSigner),
    ]) {
      await expect(stateOf(log, receipt, "2026-03-04")).rejects.toMatchObject({ code: "receipt-invalid" });
    }
  });

  it("by the board's key of an earlier version is still owed", async () => {
    const { log, letter } = openedLog();
    const receipt = receiptFor(log, log.endorse(letter, 0));
    log.addVersion((manifest) => {
      manifest.board.key = log.signer("second board").publicKey;
    });
    expect(await stateOf(log, receipt, "2026-12-31")).toMatchObject({ state: "broken-promise" });
  });
});
