/**
 * What an import would change. What organisers have said of a row by hand survives: a status other than `reported`, with its day,
 * and every source (with its quotation and captured copy); the file's own source is added where its address is not among them.
 */
import { type Dealing, encodeCanonical, equalBytes, type JsonValue } from "@undersigned/core";
import type { ImportedRow } from "../import-result.ts";

const SOURCES_MOST = 10;

export interface ImportPlan {
  readonly added: readonly ImportedRow[];
  readonly changed: readonly { readonly id: string; readonly before: Dealing; readonly after: Dealing }[];
  /** Ids of rows that stay as they are. */
  readonly same: readonly string[];
  /** Of changed and same rows, what the file would have said otherwise and organisers' word stands. */
  readonly kept: readonly {
    readonly id: string;
    readonly fields: readonly ("status" | "since" | "sources")[];
  }[];
  /** Rows of awards that now have a contract, which is among the imported rows: to be removed, or they count twice. */
  readonly replaced: readonly { readonly id: string; readonly before: Dealing }[];
}

/** Throws nothing; rows that the file does not name stay as they are. `replaced` is the import's. */
export function planImport(
  current: ReadonlyMap<string, Dealing>,
  imported: readonly ImportedRow[],
  replaced: readonly string[] = [],
): ImportPlan {
  const plan = {
    added: [] as ImportedRow[],
    changed: [] as { id: string; before: Dealing; after: Dealing }[],
    same: [] as string[],
    kept: [] as { id: string; fields: ("status" | "since" | "sources")[] }[],
    replaced: [] as { id: string; before: Dealing }[],
  };
  for (const row of imported) {
    const before = current.get(row.id);
    if (before === undefined) {
      plan.added.push(row);
      continue;
    }
    const after = keepByHand(before, row.entry);
    if (equal(before, after)) plan.same.push(row.id);
    else plan.changed.push({ id: row.id, before, after });
    const fields = (["status", "since"] as const).filter((field) => after[field] !== row.entry[field]);
    const kept = hasOwnSources(before, row.entry) ? ([...fields, "sources"] as const) : fields;
    if (kept.length > 0) plan.kept.push({ id: row.id, fields: [...kept] });
  }
  for (const id of replaced) {
    const before = current.get(id);
    if (before !== undefined) plan.replaced.push({ id, before });
  }
  return plan;
}

function keepByHand(before: Dealing, imported: Dealing): Dealing {
  const byHand = before.status !== "reported" || before.since !== null;
  const known = new Set(before.sources.map(({ url }) => url));
  const added = imported.sources.filter(({ url }) => !known.has(url));
  return {
    ...imported,
    status: byHand ? before.status : imported.status,
    since: byHand ? before.since : imported.since,
    sources: [...before.sources, ...added].slice(0, Math.max(SOURCES_MOST, before.sources.length)),
  };
}

/** Whether somebody added a source, or a quotation or copy to the file's own. */
function hasOwnSources(before: Dealing, imported: Dealing): boolean {
  const urls = new Set(imported.sources.map(({ url }) => url));
  return before.sources.some(({ url, quote, copy }) => !urls.has(url) || quote !== "" || copy !== null);
}

function equal(a: Dealing, b: Dealing): boolean {
  return equalBytes(canonical(a), canonical(b));
}

function canonical(entry: Dealing): Uint8Array {
  return encodeCanonical(entry as unknown as JsonValue);
}
