/**
 * The parts of pages that not everyone needs, or not at once, and that are loaded after them (decision 16). Each is a file of
 * its own in the client build: islands/signatory/parts/<name>.ts and islands/desk/parts/<name>.ts.
 */
export const PARTS = {
  sign: ["evidence", "existing-mail", "names", "invite", "signing"],
  recount: [],
  read: [],
  desk: [
    "entering",
    "people",
    "workforce",
    "letters",
    "writing",
    "moderation",
    "after",
    "register",
    "pdf",
    "html",
  ],
} as const satisfies Record<string, readonly string[]>;

export type Island = keyof typeof PARTS;
export type PartOf<I extends Island> = (typeof PARTS)[I][number];
/** Of the signing page. */
export type PartName = PartOf<"sign">;

/** A part's files as they stand in an attribute: path and integrity, one after the other; the part itself comes last. */
export function partAttribute(
  files: readonly { readonly path: string; readonly integrity: string }[],
): string {
  return files.map(({ path, integrity }) => `${path} ${integrity}`).join(" ");
}
