/**
 * The board that is measured, alone in its process, on SQLite. Its day is moved by hand; its moments are real. Nothing else
 * is loaded here, so that the memory is the board's: what it serves comes from the harness.
 */
import { boardEvents, type RunningBoard, startBoard } from "@undersigned/board";
import {
  decodeBase64url,
  type IssuanceLeaf,
  type JsonValue,
  signerFromSeed,
  signObject,
} from "@undersigned/core";
import { createLogger, defineEvents, httpEvents, type Lock } from "@undersigned/service";
import { answer, usage } from "../lib/child.ts";
import type { BoardInput } from "../world/world.ts";

let running: RunningBoard | undefined;
let day = "";
const clock = { now: () => Date.now(), day: () => day };

/** The registrar, as far as a tick needs it: it has always enrolled everyone. */
function issuance({ registrarSeed, workforce, issued }: BoardInput): JsonValue {
  const signer = signerFromSeed(decodeBase64url(registrarSeed, 32));
  const leaf: Omit<IssuanceLeaf, "sig"> = {
    type: "issuance",
    v: 1,
    workforce,
    epoch: 1,
    registrar: signer.publicKey,
    day,
    batch: 20,
    issued: [{ evidence: "mailbox-code", count: issued }],
  };
  return signObject(leaf, signer) as unknown as JsonValue;
}

function reportTrouble(line: string): void {
  if (/failed|held|missing/.test(line)) process.stderr.write(line);
}

const calls = {
  async start({ dataDir, lock, input }: { dataDir: string; lock: Lock; input: BoardInput }) {
    day = input.epochOpens;
    const events = defineEvents({ ...boardEvents, ...httpEvents });
    running = await startBoard({
      dataDir,
      lock,
      clock,
      logger: createLogger(events, { stream: { write: reportTrouble }, clock }),
      fetchIssuance: async () => issuance(input),
      listen: { host: "127.0.0.1", port: 0 },
      postLimit: null,
      // Ticks come when they are called for.
      timers: { after: () => () => undefined },
    });
    const { board } = running;
    const { workforce } = await board.addWorkforce({
      manifestFile: new Uint8Array(Buffer.from(input.manifestFile, "base64")),
      signatures: input.signatures,
    });
    await board.openEpoch(workforce, input.epochRequest);
    await board.publishLetter(workforce, input.letterRequest);
    day = input.letterOpens;
    await board.tick();
    return { url: `${running.url}/w/${workforce}/v1/endorsements` };
  },
  /** Releases what waits, on another day. */
  async tick(input: { day: string }) {
    day = input.day;
    const began = performance.now();
    const { reports } = await running!.board.tick();
    const seconds = (performance.now() - began) / 1000;
    return { seconds, endorsements: reports[0]?.endorsements ?? 0 };
  },
  usage: () => usage(),
  close: () => running?.close(),
};
export type BoardCalls = typeof calls;
answer(calls);
