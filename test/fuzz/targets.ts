/** All that is fuzzed: mails first, since they are the longest way from bytes to a decision. */
import { cleanTargets } from "./clean-targets.ts";
import { dealingsTargets } from "./dealings-targets.ts";
import { jsonTargets } from "./json-targets.ts";
import { mailTargets } from "./mail-targets.ts";
import type { Target } from "./target.ts";
import { textTargets } from "./text-targets.ts";

export const targets: readonly Target[] = [
  ...mailTargets,
  ...jsonTargets,
  ...textTargets,
  ...cleanTargets,
  ...dealingsTargets,
];

/** How many of `inputs` each target gets, by weight; together exactly as many. */
export function share(inputs: number): { readonly target: Target; readonly inputs: number }[] {
  const all = targets.reduce((sum, { weight }) => sum + weight, 0);
  let given = 0;
  let before = 0;
  return targets.map((target) => {
    before += target.weight;
    const until = Math.round((inputs * before) / all);
    const own = until - given;
    given = until;
    return { target, inputs: own };
  });
}
