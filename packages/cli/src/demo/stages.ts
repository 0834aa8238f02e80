/** Seconds of each stage of the demo. */
export type Stage = "start" | "enrol" | "sign" | "batches" | "answered" | "recount" | "followed";
export type Seconds = { readonly [S in Stage | "total"]: number };

export type Stopwatch = {
  /** Adds the time that `work` takes to the stage. */
  readonly during: <T>(stage: Stage, work: () => Promise<T>) => Promise<T>;
  /** In thousandths of a second; `total` is from when the watch was made. */
  readonly seconds: () => Seconds;
};

export function startStopwatch(): Stopwatch {
  const began = performance.now();
  const spent = { start: 0, enrol: 0, sign: 0, batches: 0, answered: 0, recount: 0, followed: 0 };
  return {
    async during(stage, work) {
      const from = performance.now();
      try {
        return await work();
      } finally {
        spent[stage] += performance.now() - from;
      }
    },
    seconds: () => ({
      start: inSeconds(spent.start),
      enrol: inSeconds(spent.enrol),
      sign: inSeconds(spent.sign),
      batches: inSeconds(spent.batches),
      answered: inSeconds(spent.answered),
      recount: inSeconds(spent.recount),
      followed: inSeconds(spent.followed),
      total: inSeconds(performance.now() - began),
    }),
  };
}

function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}

/** With two digits; 0 where there was no time to measure. */
export function perSecond(number: number, seconds: number): number {
  return seconds === 0 ? 0 : Math.round((number / seconds) * 100) / 100;
}
