/** From the link to the letter's text, or to what is wrong with either. Asks for one public file, the same for everyone. */

import { CoreError, type LetterManifest, parseLinkKey } from "@undersigned/core";
import { LANGUAGES } from "@undersigned/messages";
import { httpSource, openUnlisted, VerifyError } from "@undersigned/verify";
import { inLanguage, letterPage } from "../../shared/addresses.ts";
import type { PageLink } from "../page-link.ts";

export type Outcome =
  | { readonly is: "read"; readonly manifest: LetterManifest }
  | {
      readonly is:
        | "without-key"
        | "cut-key"
        | "wrong-key"
        | "other-workforce"
        | "other-page"
        | "no-file"
        | "unreachable";
    };

export interface ReadFrom {
  readonly origin: string;
  /** Of the page's address: what the person has followed, whatever the page says of itself. */
  readonly path: string;
  readonly fetch: typeof globalThis.fetch;
}

export async function readLetter(link: PageLink | null, from: ReadFrom): Promise<Outcome> {
  if (link === null || !isPageOf(from.path, link)) return { is: "other-page" };
  if (link.mark === "other") return { is: "other-workforce" };
  if (link.linkKey === null) return { is: "without-key" };
  const key = parseLinkKey(link.linkKey);
  if (key === null) return { is: "cut-key" };
  const source = httpSource(`${from.origin}/w/${link.workforce}`, { fetch: from.fetch });
  try {
    return { is: "read", manifest: await openUnlisted(source, link, key) };
  } catch (error) {
    if (error instanceof CoreError) return { is: "wrong-key" };
    if (error instanceof VerifyError && error.code === "file-missing") return { is: "no-file" };
    return { is: "unreachable" };
  }
}

/** In whatever language. */
function isPageOf(path: string, { workforce, letter }: PageLink): boolean {
  const page = letterPage(workforce, letter);
  return LANGUAGES.some((language) => path.replace(/\/$/, "") === inLanguage(language, page));
}
