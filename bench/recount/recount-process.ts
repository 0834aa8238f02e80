/** A recount, alone in its process, from a folder of public files. */
import { directorySource, recount } from "@undersigned/verify";
import { answer, usage } from "../lib/child.ts";

const calls = {
  async recount({ path, workforce, expected }: { path: string; workforce: string; expected: number }) {
    const before = usage().cpuSeconds;
    const began = performance.now();
    const report = await recount(directorySource(path), { workforce });
    const seconds = (performance.now() - began) / 1000;
    const counted = report.letters[0]?.counted.mailbox;
    if (!report.ok || counted !== expected) {
      throw new Error(
        `The recount found ${counted} of ${expected}: ${JSON.stringify(report.failures.slice(0, 3))}`,
      );
    }
    const { cpuSeconds, peakRssBytes } = usage();
    return { seconds, cpuSeconds: cpuSeconds - before, peakRssBytes };
  },
};
export type RecountCalls = typeof calls;
answer(calls);
