/** Checks signatories' leaves in place: `#pool` outside of Node, and for logs too small to be worth a pool. */
import { SignatoryLeafCheck } from "./check-signatory-leaf.ts";
import type { Checker } from "./checker.ts";

export function inlineChecker(): Checker {
  const work = new SignatoryLeafCheck();
  return {
    unitsAtOnce: 1,
    addLetter: (context) => work.addLetter(context),
    check: (unit) => work.check(unit),
    close: async () => {},
  };
}

export const openPool = inlineChecker;
