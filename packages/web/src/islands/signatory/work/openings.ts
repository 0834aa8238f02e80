/** How many others look the same, from the public lists. */
import type { ShownOpenings } from "@undersigned/client";
import { lookOf } from "../machine/appearance.ts";
import type { Looks } from "../machine/state.ts";

/** How many look like what. */
export function looksOf({ counted, openings }: Pick<ShownOpenings, "counted" | "openings">): Looks {
  const same = new Map<string, number>();
  for (const { appearance } of openings) {
    const look = lookOf(appearance);
    same.set(look, (same.get(look) ?? 0) + 1);
  }
  return { counted, shown: openings.length, same };
}
