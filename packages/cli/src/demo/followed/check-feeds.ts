/** Fetches the files by which the board and its letter are followed and passed on, and holds each against its format's schema. */
import { type CheckedFormat, formatProblems } from "@undersigned/share/check";

type Way = { readonly path: string; readonly format: CheckedFormat };

const OF_ANY: readonly Way[] = [
  { path: "feed.atom", format: "atom" },
  { path: "feed.json", format: "json-feed" },
  { path: "dates.ics", format: "calendar" },
];

/** English has no prefix; Arabic runs the other way. */
const LANGUAGES = ["", "ar/"];

/** `board` has its closing slash. "valid", or in sentences what is wrong with which file. */
export async function checkFeeds(
  board: string,
  { workforce, letter }: { readonly workforce: string; readonly letter: string },
): Promise<"valid" | readonly string[]> {
  const ofLetter: readonly Way[] = [...OF_ANY, { path: "oembed.json", format: "oembed" }];
  const ways: Way[] = [{ path: "sitemap.xml", format: "sitemap" }];
  for (const prefix of LANGUAGES) {
    for (const { path, format } of OF_ANY) ways.push({ path: prefix + path, format });
    for (const { path, format } of ofLetter)
      ways.push({ path: `${prefix}w/${workforce}/letters/${letter}/${path}`, format });
  }
  const problems: string[] = [];
  for (const { path, format } of ways) {
    const answer = await fetch(new URL(path, board));
    const text = await answer.text();
    const found = answer.ok ? formatProblems(format, text) : [`The board answers ${answer.status}.`];
    problems.push(...found.map((problem) => `${path}: ${problem}`));
  }
  return problems.length === 0 ? "valid" : problems;
}
