/** People who endorse: kept endorsements, each posted once. */
import { answer, usage } from "../lib/child.ts";
import { closedLoop, openLoop, type Posted } from "../lib/post.ts";
import { percentile } from "../lib/statistics.ts";
import { requestBody } from "../world/endorsement-file.ts";
import { type Endorsements, readEndorsements } from "../world/endorsements.ts";

let endorsements: Endorsements = {
  count: 0,
  get: () => ({ leaf: new Uint8Array(0), consent: new Uint8Array(0) }),
};
let url = "";
let next = 0;

function requireAccepted({ status, body }: Posted): void {
  if (status !== 200) throw new Error(`The board answered ${status}: ${body.toString()}`);
}

function nextBody(): Buffer {
  if (next >= endorsements.count) throw new Error("All endorsements that were made are used up.");
  return requestBody(endorsements.get(next++));
}

const calls = {
  begin(input: { url: string; file: string; count: number }) {
    url = input.url;
    endorsements = readEndorsements(input.file, input.count);
    return endorsements.count;
  },
  /** As fast as it goes, until `most` are accepted or `seconds` are over. */
  async flood({ seconds, connections, most }: { seconds: number; connections: number; most: number }) {
    const before = usage().cpuSeconds;
    const end = Math.min(next + most, endorsements.count);
    const result = await closedLoop(
      url,
      connections,
      seconds,
      () => (next < end ? nextBody() : null),
      requireAccepted,
    );
    return { ...result, cpuSeconds: usage().cpuSeconds - before };
  },
  /** At a pace that does not wait for answers. */
  async trickle({ perSecond, seconds }: { perSecond: number; seconds: number }) {
    const latencies = await openLoop(url, perSecond, seconds, nextBody, requireAccepted);
    return {
      requests: latencies.length,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      max: percentile(latencies, 1),
    };
  },
  accepted: () => next,
};
export type LoadCalls = typeof calls;
answer(calls);
