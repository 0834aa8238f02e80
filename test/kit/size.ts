/**
 * How much the long proofs do. `npm test` runs them in a short form, in which each can still fail for every promise that
 * it is about; `npm run test:long` in full: all pairs, all steps, all engines, larger crowds.
 */
const LONG = process.env.UNDERSIGNED_TEST === "long";

/** Whether pictures are taken: not in `npm test`, after which nobody looks at them. */
export const TAKES_PICTURES = process.env.UNDERSIGNED_TEST !== "short";

/** Whether `npm test`, or its long form, has just built the pages. */
export const BUILT_BEFORE = process.env.UNDERSIGNED_TEST !== undefined;

/** What `npm test` does, or what `npm run test:long` does instead. */
export function sized<T>(short: T, long: T): T {
  return LONG ? long : short;
}

/** All in the long form; in the short one `count` of them, others from run to run. */
export function someOf<T>(all: readonly T[], count: number): T[] {
  const chosen = new Set<number>();
  while (!LONG && chosen.size < Math.min(count, all.length))
    chosen.add(Math.floor(Math.random() * all.length));
  return all.filter((_, i) => LONG || chosen.has(i));
}

/** Of windows, languages and the like through which the same is gone: in `npm test` one, another from run to run; otherwise all. */
export function oneInTurn<T>(all: readonly T[]): readonly T[] {
  return process.env.UNDERSIGNED_TEST === "short" ? someOf(all, 1) : all;
}
