/** Addresses and folders that name a person or a machine. Only the writer knows which of them belong there. */
import type { Mending } from "./finding.ts";
import { linksIn } from "./tracked-link.ts";

/** Looking behind keeps this linear. */
const MAIL =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const PATHS = [
  // A drive, and the account's folder.
  /\b[a-z]:[\\/](?:users|documents and settings)[\\/][^\s\\/:*?"<>|]{1,64}/giu,
  /\\\\[a-z0-9.$-]{1,64}\\[^\s\\/:*?"<>|]{1,64}/giu,
  /(?<![\p{L}\p{N}.:/~-])\/(?:home|users|var\/folders|private\/var\/mobile)\/[^\s/:"<>|]{1,64}/giu,
  /\bfile:\/\/[^\s<>"]{1,500}/giu,
];

export const WORDS = {
  mail: "A mail address: it names a person or a mailbox.",
  path: "A folder of a computer or a server: it can name an account, a machine or an employer.",
} as const;

export function findMailAddresses(text: string): Mending[] {
  return Array.from(text.matchAll(MAIL), (match) => ({
    kind: "mail-address" as const,
    start: match.index,
    end: match.index + match[0].length,
    words: WORDS.mail,
    instead: null,
  }));
}

export function findFilePaths(text: string): Mending[] {
  const found = PATHS.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  const links = linksIn(text);
  let link = 0;
  return found
    .sort((a, b) => a.start - b.start)
    .filter(({ start }) => {
      while (link < links.length && links[link]!.end <= start) link++;
      return link === links.length || links[link]!.start > start;
    })
    .map((range) => ({ kind: "file-path" as const, ...range, words: WORDS.path, instead: null }));
}
