/** Every class held against the eligible ones: what the long form prints and the short one asserts. */
import { type Bounds, compare, keeps, median, smallestSeenShift } from "./compare.ts";
import type { Measured, Plan, Samples } from "./measure.ts";
import { CLASSES } from "./stage.ts";

export type Row = {
  readonly kind: Plan["kind"];
  readonly which: "first" | "following";
  readonly class: Measured;
  readonly n: number;
  readonly medianMicroseconds: number;
  readonly a: number;
  readonly d: number;
  readonly alike: boolean;
  /** The smallest shift of this class that would have been seen with 99 %. */
  readonly seenMicroseconds: number;
};

export function rowsOf(plan: Plan, samples: Samples, bounds: Bounds): Row[] {
  return (["first", "following"] as const).flatMap((which) => {
    const eligible = samples.eligible[which];
    // What follows a held-up request comes to a server that has been idle longer: nothing to compare.
    const names: Measured[] = which === "first" ? [...CLASSES, "control"] : [...CLASSES];
    return names.map((name): Row => {
      const times = samples[name][which];
      const { a, d } = compare(times, eligible);
      return {
        kind: plan.kind,
        which,
        class: name,
        n: times.length,
        medianMicroseconds: Math.round(median(times)),
        a: rounded(a),
        d: rounded(d),
        alike: keeps({ a, d }, bounds),
        seenMicroseconds: Math.round(smallestSeenShift(eligible, times.length, eligible.length, bounds)),
      };
    });
  });
}

/** What is wrong with the rows, in words: a class that stands out, or a control that does not. */
export function faultsOf(rows: readonly Row[]): string[] {
  return rows
    .filter((row) => row.alike === (row.class === "control"))
    .map(({ kind, which, class: name, a, d, alike }) => {
      const what = alike ? "is not seen though it was held up" : "can be told from the eligible ones";
      return `${kind}, ${which} request, ${name}: ${what} (A ${a}, D ${d})`;
    });
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
