/**
 * @undersigned/clean/html: makes of a saved page a small one that shows its text: headings, paragraphs, lists, tables and links.
 * It is parsed as browsers do and written anew from a list of what stays, in a form that every parser takes alike: blocks
 * stand only where they may, so no parser moves anything, and no other reading hides in it.
 */
import { equalBytes, utf8Decode, utf8Encode } from "@undersigned/core";
import { CleanError } from "../errors.ts";
import { inspectText } from "../text/clean-text.ts";
import type { FoundWords } from "../words.ts";
import { pageOf } from "./html-blocks.ts";
import { decodePage } from "./html-encoding.ts";
import { parsePage } from "./html-parse.ts";
import * as rules from "./html-rules.ts";
import { cleanTexts, leavesOf, textOfLeaf, textOfPage } from "./html-text.ts";
import { writePage } from "./html-write.ts";
import { type Cleaned, type FileFinding, type FileKind, Removed } from "./report.ts";

/** Cleaning can bring together what was apart; more often than this it does only in what was made to. */
const ROUNDS_MOST = 8;

const KIND: Readonly<Record<keyof typeof rules.WORDS, FileKind>> = {
  script: "script",
  form: "form",
  media: "other-picture",
  hidden: "left-over",
  comment: "comment",
  page: "properties",
  extension: "private-part",
  link: "link",
  text: "text",
  rewritten: "private-part",
};

/** Throws as `cleanFile` does: `file-too-deep`, `file-expands`, `page-empty`, `text-too-long`, `file-malformed`. */
export function cleanHtml(bytes: Uint8Array): Cleaned {
  const removed = new Removed();
  let at = bytes;
  for (let round = 0; round < ROUNDS_MOST; round++) {
    const next = once(at, round === 0 ? removed : new Removed());
    if (equalBytes(next, at)) {
      // Of a page as it is written here, what is noted are our own properties.
      const gone = round === 0 ? [] : removed.list;
      return { bytes: at, removed: gone, left: leftIn(at) };
    }
    at = next;
  }
  throw new CleanError("file-malformed");
}

/** The texts of a page, one a paragraph, for comparing: of whatever `cleanHtml` takes. */
export function textsOfHtml(bytes: Uint8Array): string[] {
  const page = pageOf(parsePage(decodePage(bytes)), () => {});
  cleanTexts(page);
  return leavesOf(page)
    .map(textOfLeaf)
    .filter((text) => text !== "");
}

function once(bytes: Uint8Array, removed: Removed): Uint8Array {
  const note = (word: keyof typeof rules.WORDS) => removed.add(KIND[word], rules.WORDS[word]);
  const page = pageOf(parsePage(decodePage(bytes)), note);
  if (cleanTexts(page)) note("text");
  if (
    leavesOf(page)
      .slice(1)
      .every(({ runs }) => runs.length === 0)
  )
    throw new CleanError("page-empty");
  if (removed.list.length === 0) note("rewritten");
  return utf8Encode(writePage(page));
}

/** What only a person can mend. */
function leftIn(bytes: Uint8Array): FileFinding[] {
  const text = textOfPage(pageOf(parsePage(utf8Decode(bytes)), () => {}));
  const found: FoundWords[] = inspectText(text)
    .filter(({ mends, kind }) => !mends && kind !== "raw-html")
    .map(({ words }) => words);
  if (rules.SIGNED_IN.test(text)) found.push(rules.LEFT_WORDS.account);
  return [...new Set(found)].map((words) => ({ kind: "text", words, mends: false }));
}
