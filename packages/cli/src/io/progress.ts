/** A progress bar on standard error, where that is a terminal; nothing elsewhere. */
import cliProgress from "cli-progress";

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** `unit` stands behind the numbers, as in "1400/1400 leaves". */
export function startProgress(unit: string): Progress {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: `{bar} {value}/{total} ${unit}, {eta_formatted} left`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let total = 0;
  return {
    update(done, of) {
      if (total === 0) bar.start(of, done);
      else bar.update(done);
      total = of;
    },
    stop: () => bar.stop(),
  };
}
