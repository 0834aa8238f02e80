/**
 * Whether two samples of times come from one distribution, and how small a difference would be seen.
 *
 * A is Mann and Whitney's probability that a time of one sample is longer than one of the other, ties counted half: 1/2
 * when they are alike, and what an attacker would gain who guesses the class from one time. D is Kolmogorov and Smirnov's
 * largest distance of the two distribution functions, which also sees differences of form and of tails.
 */

export type Comparison = { readonly a: number; readonly d: number };

/** The bounds that |A - 1/2| and D have to keep. */
export type Bounds = { readonly a: number; readonly d: number };

export function compare(first: readonly number[], second: readonly number[]): Comparison {
  const x = Float64Array.from(first).sort();
  const y = Float64Array.from(second).sort();
  let wins = 0;
  let d = 0;
  let below = 0;
  let upTo = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    while (below < y.length && y[below]! < value) below++;
    while (upTo < y.length && y[upTo]! <= value) upTo++;
    wins += (below + upTo) / 2;
    // The distance is greatest at a jump of one of the functions: just before this value, or at it.
    d = Math.max(d, Math.abs(below / y.length - firstIndex(x, i) / x.length));
    if (x[i + 1] !== value) d = Math.max(d, Math.abs(upTo / y.length - (i + 1) / x.length));
  }
  return { a: wins / (x.length * y.length), d };
}

function firstIndex(sorted: Float64Array, i: number): number {
  let first = i;
  while (first > 0 && sorted[first - 1] === sorted[i]) first--;
  return first;
}

export function keeps({ a, d }: Comparison, bounds: Bounds): boolean {
  return Math.abs(a - 0.5) < bounds.a && d < bounds.d;
}

/** Standard deviation of A for two samples of one distribution. */
export function deviationOfA(n: number, m: number): number {
  return Math.sqrt((n + m + 1) / (12 * n * m));
}

/**
 * The smallest shift, in the unit of the sample, that the bound of A finds in 99 of 100 measurements of n against m:
 * the one at which the expected A is beyond the bound by 2.33 standard deviations.
 */
export function smallestSeenShift(sample: readonly number[], n: number, m: number, bounds: Bounds): number {
  const wanted = bounds.a + 2.33 * deviationOfA(n, m);
  const seen = (shift: number) =>
    compare(
      sample.map((value) => value + shift),
      sample,
    ).a -
      0.5 >=
    wanted;
  let high = 1;
  while (!seen(high)) high *= 2;
  let low = 0;
  while (high - low > 0.01 * high) {
    const middle = (low + high) / 2;
    if (seen(middle)) high = middle;
    else low = middle;
  }
  return high;
}

export function median(sample: readonly number[]): number {
  return Float64Array.from(sample).sort()[sample.length >> 1]!;
}
