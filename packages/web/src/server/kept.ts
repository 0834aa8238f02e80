/**
 * What takes long to make and follows from a few things alone: made once, and again when one of these is another. So it is never
 * older than they are, and one value is kept, whatever is asked for how often.
 */

/** Things are compared as `Object.is` does. Whoever asks meanwhile waits for the same making; what fails is not kept. */
export type Kept<T> = (from: readonly unknown[], make: () => Promise<T>) => Promise<T>;

export function createKept<T>(): Kept<T> {
  let kept: { readonly from: readonly unknown[]; readonly made: Promise<T> } | null = null;
  return (from, make) => {
    const isSame =
      kept !== null &&
      kept.from.length === from.length &&
      kept.from.every((one, i) => Object.is(one, from[i]));
    if (kept !== null && isSame) return kept.made;
    const made = make();
    const entry = { from: [...from], made };
    kept = entry;
    made.catch(() => {
      if (kept === entry) kept = null;
    });
    return made;
  };
}
