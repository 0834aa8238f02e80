/** What a screen reader is given: roles and names in reading order. */
import type { Locator, Page } from "playwright-core";

/** One item a line, `heading "What it asks"`, in reading order, without the tree's indents and attributes. */
export async function spoken(of: Page | Locator): Promise<string[]> {
  const root = "goto" in of ? of.locator("body") : of;
  const lines = (await root.ariaSnapshot()).split("\n");
  return lines
    .map((line) =>
      line
        .replace(/^\s*- /, "")
        .replace(/ \[[^\]]*\]/g, "")
        .replace(/:$/, ""),
    )
    .filter((line) => line !== "" && !line.startsWith("/"));
}

/** Those of `items` that do not come, or come before the one before them. */
export function outOfOrder(lines: readonly string[], items: readonly string[]): string[] {
  const missing: string[] = [];
  let from = 0;
  for (const item of items) {
    const at = lines.findIndex((line, i) => i >= from && line.startsWith(item));
    if (at === -1) missing.push(item);
    else from = at + 1;
  }
  return missing;
}

/** Controls that say nothing of themselves: `button` alone, `textbox` alone. */
export function nameless(lines: readonly string[]): string[] {
  return lines.filter((line) =>
    /^(button|textbox|link|radio|checkbox|combobox|progressbar|img)(:.*)?$/.test(line),
  );
}
