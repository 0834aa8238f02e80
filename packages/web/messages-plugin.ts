/**
 * The messages of an island, or of a part of it, in one language, as a script (decision 35): `src/messages/sign.es.js`,
 * `src/messages/sign-evidence.es.js`, made here out of the catalogues. They are parsed here, so that no browser loads a parser.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";
import { LANGUAGES, type Language } from "@undersigned/messages";
import { cataloguePath, readCatalogue } from "@undersigned/messages/node";
import { requireWhole } from "@undersigned/messages/whole";
import type { Plugin } from "vite";
import { type Island, messagesEntry, messagesName, PARTS, SHARED_AREAS } from "./src/shared/parts.ts";

const ENTRY = /\/src\/messages\/([a-z-]+)\.([a-z]+)\.js$/;
/** Keeps formats for servers that say a million messages. A page says some dozens, and need not load it. */
const MEMOIZE = "@formatjs/fast-memoize";
const UNKEPT = "export const memoize = (make) => make; export const strategies = {};";
const PARSER = "@formatjs/icu-messageformat-parser";

/** The scripts of these islands, by the names that their files get. A part whose area does not exist says nothing. */
export function messageEntries(root: string, islands: readonly Island[]): Record<string, string> {
  const entries: [string, string][] = [];
  for (const island of islands)
    for (const part of [null, ...PARTS[island]])
      for (const language of LANGUAGES) {
        const name = messagesName(island, part);
        if (areasOf(name).length === 0) continue;
        entries.push([`say-${name}.${language}`, join(root, messagesEntry(island, part, language))]);
      }
  return Object.fromEntries(entries);
}

/** A message that is missing in a language fails the build; `check` throws then. */
export function messagesPlugin(root: string, check: () => void = requireWhole): Plugin {
  return {
    name: "messages",
    enforce: "pre",
    buildStart() {
      check();
    },
    resolveId(id) {
      if (ENTRY.test(id)) return id;
      if (id === MEMOIZE) return `\0${MEMOIZE}`;
      // What was parsed here needs no parser there.
      return id === PARSER ? this.resolve(`${PARSER}/no-parser.js`) : null;
    },
    load(id) {
      if (id === `\0${MEMOIZE}`) return UNKEPT;
      const [, name, language] = ENTRY.exec(id) ?? [];
      if (name === undefined || language === undefined) return null;
      const read = areasOf(name).map((area) => readCatalogue(area, language as Language));
      const messages: Record<string, string> = Object.assign({}, ...read);
      const parsed = Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, ready(text)]));
      return `import { addMessages } from ${JSON.stringify(`${root}/src/islands/say.ts`)};
addMessages(${JSON.stringify(language)}, ${JSON.stringify(parsed)});`;
    },
  };
}

function areasOf(name: string): string[] {
  return [...(SHARED_AREAS[name] ?? []), name].filter((area) => existsSync(cataloguePath(area, "en")));
}

function ready(text: string): unknown {
  return parse(text, { shouldParseSkeletons: false });
}
