/** Sentences as data, as English pages say them. */
import type { Words } from "@undersigned/messages";

export { foreign, plain, type Word, type Words } from "@undersigned/messages";

/** `a`, `a and b`, `a, b and c`; or with "or". */
export function enumerate(items: readonly Words[], last: "and" | "or" = "and"): Words {
  return items.flatMap((item, i) => {
    const separator = i === 0 ? [] : [i === items.length - 1 ? ` ${last} ` : ", "];
    return [...separator, ...item];
  });
}
