/**
 * How likely it is that an order, or a number of hits, came about by chance. Two-sided tests for orders, one-sided for
 * hits. The p-values are those of permutation, by the normal approximation, which for 30 items and more and p near the
 * alarm errs to the side of no false alarm by less than a factor that matters here.
 */

/** Below this a test raises the alarm: with some hundred statistics in a run, a false one in ten thousand runs. */
export const ALARM = 1e-6;

/** Spearman's rank correlation of two equally long lists; ties get the mean of their ranks. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length || a.length < 2) throw new RangeError("two lists of one length");
  const x = ranks(a);
  const y = ranks(b);
  const mean = (a.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - mean) * (y[i]! - mean);
    xx += (x[i]! - mean) ** 2;
    yy += (y[i]! - mean) ** 2;
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

/** p of the correlation of two orders. Under chance it has variance 1/(n-1). */
export function orderP(a: readonly number[], b: readonly number[]): number {
  return twoSided(spearman(a, b) * Math.sqrt(a.length - 1));
}

/**
 * p of the correlations within groups, together: what an order tells when it is kept only inside of each page. Groups
 * of one say nothing.
 */
export function groupedOrderP(
  groups: readonly { readonly a: readonly number[]; readonly b: readonly number[] }[],
): number {
  let sum = 0;
  let variance = 0;
  for (const { a, b } of groups) {
    if (a.length < 2) continue;
    sum += (a.length - 1) * spearman(a, b);
    variance += a.length - 1;
  }
  return variance === 0 ? 1 : twoSided(sum / Math.sqrt(variance));
}

/** P(X >= hits) for X binomial of `tries` with probability `chance`. */
export function atLeastP(hits: number, tries: number, chance: number): number {
  let p = 0;
  let log = 0;
  for (let k = 0; k <= tries; k++) {
    const term = log + k * Math.log(chance) + (tries - k) * Math.log1p(-chance);
    if (k >= hits) p += Math.exp(term);
    log += Math.log(tries - k) - Math.log(k + 1);
  }
  return Math.min(1, p);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const out = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) out[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}

function twoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** Chebyshev fit with a relative error below 1.2e-7 everywhere (Numerical Recipes, 6.2). */
function erfc(x: number): number {
  const t = 1 / (1 + x / 2);
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ];
  return t * Math.exp(-x * x + terms.reduceRight((sum, term) => sum * t + term, 0));
}
