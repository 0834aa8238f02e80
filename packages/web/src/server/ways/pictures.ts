/**
 * Cards and badges. They are typeset by package paper, which pages may not import: whoever starts the board hands its functions in.
 * A picture is a function of what it says, so it is made when first asked for and kept until it says something else: once a day, when
 * a batch came out. One is made at a time, so that asking for many takes no more than one core.
 */
import type { CountWords } from "./count-words.ts";

export interface Pictures {
  /** PNG, 1200 to 630. */
  card(words: CountWords): Promise<Uint8Array>;
  /** SVG. */
  badge(words: CountWords): string | Promise<string>;
}

export const CARD_SIZE = { width: 1200, height: 630 } as const;

/** `id` names letter and language: there are as many as letters that the board has. Null where it cannot be made. */
export type MakePicture = <K extends keyof Pictures>(
  kind: K,
  id: string,
  words: CountWords,
) => Promise<Awaited<ReturnType<Pictures[K]>> | null>;

export function createPictures(pictures: Pictures): MakePicture {
  const kept = new Map<string, { readonly words: string; readonly made: Promise<unknown> }>();
  let last: Promise<unknown> = Promise.resolve();
  return (kind, id, words) => {
    const said = JSON.stringify(words);
    const key = `${kind} ${id}`;
    const known = kept.get(key);
    if (known?.words === said) return known.made as never;
    const make: () => Promise<unknown> = async () => pictures[kind](words);
    const made = last.then(make).catch(() => null);
    last = made;
    kept.set(key, { words: said, made });
    return made as never;
  };
}
