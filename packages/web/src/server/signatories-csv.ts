/**
 * `/w/…/letters/…/signatories.csv`: those who are shown, for spreadsheets (RFC 4180, UTF-8 with a byte order mark, without which
 * some take it for another encoding). Names are whatever people wrote: a cell that a spreadsheet would take for a formula begins
 * with an apostrophe, which makes it a text.
 */
import type { PublicFile } from "@undersigned/service";
import type { ReleasedOf } from "./load-released.ts";
import type { ShownOne } from "./load-signatories.ts";

const HEADER = ["shown", "name", "name confirmed", "role", "place", "class", "came out"];
/** Those of other widths, too: spreadsheets take them for the same. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export function signatoriesCsv(shown: readonly ShownOne[], released: ReleasedOf): PublicFile {
  const rows = shown.map(({ key, appearance }) => {
    const { class: cls = "", day = "" } = released.get(key) ?? {};
    const { kind, role, place } = appearance;
    const own = kind === "named" ? [appearance.name, appearance.confirmed === null ? "no" : "yes"] : ["", ""];
    return [kind === "named" ? "by name" : "by role", ...own, role ?? "", place ?? "", cls, day];
  });
  return {
    body: `\uFEFF${[HEADER, ...rows].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("")}`,
    contentType: "text/csv; charset=utf-8",
    cache: "short",
    headers: { "content-disposition": 'attachment; filename="signatories.csv"' },
  };
}

/** RFC 4180, section 2: quoted where it must be; each quotation mark twice. */
export function csvCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
