/** How many mails' headers can be verified in a second, against the RSA verifications that they need. */
import { RateThreads } from "../lib/rate-threads.ts";
import { median } from "../lib/statistics.ts";
import type { CryptoLimits } from "../primitives/node-crypto.ts";

export interface MailResult {
  /** Read, judged and verified, on all cores; median. */
  readonly headersPerSecond: number;
  /** RSASSA-PKCS1-v1_5 with SHA-256 under a key of 2048 bit, on all cores, with nothing around it; median. */
  readonly limitPerSecond: number;
  /** Median of each run's ratio to the limit just before it. */
  readonly ratio: number;
  /** The same by CPU time. */
  readonly ratioByCpu: number;
}

export interface MailSettings {
  readonly runs: number;
  readonly seconds: number;
}

export async function measureMail(
  limits: CryptoLimits,
  { runs, seconds }: MailSettings,
): Promise<MailResult> {
  const threads = new RateThreads<object>(new URL("./mail-thread.ts", import.meta.url));
  try {
    await threads.measure({}, seconds / 2);
    const measured = [];
    for (let run = 0; run < runs; run++) {
      const limit = await limits.measure("rsa-verify-mail", seconds);
      measured.push({ limit, reached: await threads.measure({}, seconds) });
    }
    return {
      headersPerSecond: median(measured.map(({ reached }) => reached.perSecond)),
      limitPerSecond: median(measured.map(({ limit }) => limit.perSecond)),
      ratio: median(measured.map(({ limit, reached }) => reached.perSecond / limit.perSecond)),
      ratioByCpu: median(
        measured.map(({ limit, reached }) => limit.cpuMicroseconds / reached.cpuMicroseconds),
      ),
    };
  } finally {
    await threads.close();
  }
}
