/**
 * Positive controls: where dishonest registrars are more than the quorum bears, what they try succeeds, and the demo says
 * so. A demo that reports no success at a good quorum shows something only because of this.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createCleanUp } from "../../src/demo/clean-up.ts";
import type { Flags } from "../../src/demo/flags.ts";
import type { Attempts } from "../../src/demo/liar/attempts.ts";
import { createProgress } from "../../src/demo/progress.ts";
import { runDemo } from "../../src/demo/run-demo.ts";

const TOO_LONG = 3 * 60_000;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-control-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Past the flags, which refuse such a quorum. */
async function play(of: Pick<Flags, "signatories" | "registrars" | "quorum" | "lying">) {
  const said: string[] = [];
  const stream = { write: (line: string) => said.push(line) > 0 } as unknown as NodeJS.WritableStream;
  const cleanUp = createCleanUp();
  try {
    return await runDemo(
      {
        ...of,
        down: 0,
        data: join(folder, "data"),
        port: 0,
        database: null,
        through: "signed",
        exit: true,
        tick: 30,
        help: false,
      },
      new AbortController().signal,
      cleanUp,
      { print: () => {}, progress: createProgress(stream) },
    );
  } finally {
    await cleanUp.run();
  }
}

it(
  "counts people who do not exist where one registrar is enough and lies",
  async () => {
    const { result, exitCode } = await play({ signatories: 2, registrars: 1, quorum: 1, lying: 1 });
    const attempts = result.attempts as Attempts;
    expect(attempts["forged-endorsement"].succeeded).toBeGreaterThan(0);
    expect(attempts["issued-twice"].succeeded).toBeGreaterThan(0);
    // Each receipt is in the log, and the signatories are not: this registrar has let none of them enrol.
    expect(result.false_counted).toBe(
      attempts["forged-endorsement"].succeeded + attempts["issued-twice"].succeeded,
    );
    expect(result.counted).toBe(result.false_counted);
    expect(exitCode).toBe(1);
  },
  TOO_LONG,
);

it(
  "counts one person twice where 2 of 3 are enough and one lies, and still nobody who does not exist",
  async () => {
    const { result, exitCode } = await play({ signatories: 4, registrars: 3, quorum: 2, lying: 1 });
    const attempts = result.attempts as Attempts;
    expect(attempts["issued-twice"].succeeded).toBeGreaterThan(0);
    expect(attempts["forged-endorsement"]).toEqual({ tried: expect.any(Number), succeeded: 0 });
    expect(result.false_counted).toBe(attempts["issued-twice"].succeeded);
    expect(result.counted).toBe(4 + result.false_counted);
    expect(exitCode).toBe(1);
  },
  TOO_LONG,
);
