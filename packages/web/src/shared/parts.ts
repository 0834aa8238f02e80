import type { Language } from "@undersigned/messages";

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
    "timeline",
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

/**
 * Areas of package messages that an island, or a part of it, says besides the one of its own name; a part's name is
 * `<island>-<part>`.
 */
export const SHARED_AREAS: Readonly<Record<string, readonly string[]>> = {
  sign: ["changes", "ui"],
  read: ["shared"],
  desk: ["shared", "sign-evidence", "ui", "words"],
  "desk-writing": ["drafts"],
  "desk-workforce": ["drafts"],
};

/** Of a messages script; `part` is null for what the island says from its beginning. */
export function messagesName(island: Island, part: string | null): string {
  return part === null ? island : `${island}-${part}`;
}

/** The key of a messages script in the build's manifests. */
export function messagesEntry(island: Island, part: string | null, language: Language): string {
  return `src/messages/${messagesName(island, part)}.${language}.js`;
}
