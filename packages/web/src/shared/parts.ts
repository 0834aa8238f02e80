/**
 * The parts of the signing page that not everyone needs, or not at once, and that are loaded after it (decision 16). Each is a file of its own in the client build: islands/signatory/parts/<name>.ts.
 */
export const PARTS = ["evidence", "existing-mail", "names", "invite", "signing"] as const;

export type PartName = (typeof PARTS)[number];

/** A part's files as they stand in an attribute: path and integrity, one after the other; the part itself comes last. */
export function partAttribute(
  files: readonly { readonly path: string; readonly integrity: string }[],
): string {
  return files.map(({ path, integrity }) => `${path} ${integrity}`).join(" ");
}
