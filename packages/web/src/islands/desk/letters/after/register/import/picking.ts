/** Which suppliers are shown, and which rows are asked for by those that were picked. */
import type { ImportOptions, SupplierCount } from "@undersigned/dealings";

/** So many are shown at once; others are found by a part of their name. */
export const SHOWN_SUPPLIERS = 12;

export interface Picked {
  readonly names: readonly string[];
  /** A part of a name, typed. */
  readonly part: string;
}

/** Picked ones stay in sight. */
export function shownSuppliers(
  suppliers: readonly SupplierCount[],
  find: string,
  picked: readonly string[],
): readonly SupplierCount[] {
  const part = find.trim().toLowerCase();
  const found = suppliers.filter(({ name }) => name.toLowerCase().includes(part)).slice(0, SHOWN_SUPPLIERS);
  const hidden = suppliers.filter(
    ({ name }) => picked.includes(name) && !found.some((one) => one.name === name),
  );
  return [...hidden, ...found];
}

/** Null where nothing is picked: a whole file is nobody's dealings. */
export function pickedOptions({ names, part }: Picked): ImportOptions | null {
  const suppliers = [...names, part.trim()].filter((one) => one !== "");
  return suppliers.length === 0 ? null : { suppliers };
}
