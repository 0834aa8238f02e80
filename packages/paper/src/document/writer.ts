/**
 * Makes lines out of texts: of characters that a face has, each with its own direction, and no word wider than its place. Whatever
 * somebody has written goes through here.
 */
import { plainWord, type Words } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import type { FaceCode } from "../fonts/faces.ts";
import { type Faces, mainFace } from "../fonts/text-faces.ts";
import { breakable, cut } from "../text/breakable.ts";
import { isolated, isRightToLeft } from "../text/direction.ts";
import type { Block, Line, Run } from "./blocks.ts";

/** Widest words, in sizes of their letters: across a page, and in a column of names. */
const PAGE_EMS = 40;
const COLUMN_EMS = 14;
const ADDRESS_EMS = 48;
/** What is longer than any title, name or role of a log. */
const MAX_SHORT = 300;

const LANGUAGE = /^[a-z]{2,3}(?=-|$)/i;
/** Ours. */
export const ENGLISH = "en";

export class Writer {
  readonly say = sayIn(ENGLISH);
  readonly #faces: Faces;
  /** BCP 47, of the letter. */
  readonly #language: string;

  constructor(faces: Faces, language: string) {
    this.#faces = faces;
    this.#language = language;
  }

  /** What organisers or signatories wrote, on one line; cut where no log would hold it. */
  theirs(text: string, style: Omit<Run, "text"> = {}): Line {
    return this.line([{ ...style, text: cut(text, MAX_SHORT) }]);
  }

  /** In a column. */
  narrow(text: string, language = this.#language): Line {
    return this.line([{ text: cut(text, MAX_SHORT) }], language, COLUMN_EMS);
  }

  /** Pieces of one paragraph, in the letter's language unless told. */
  line(runs: readonly Run[], language = this.#language, ems = PAGE_EMS): Line {
    const whole = runs.map(({ text }) => text).join("");
    const face = mainFace(whole, language);
    return {
      runs: runs.map((run) => ({
        ...run,
        text: breakable(this.#faces.show(run.text.replaceAll("\t", "    "), face), ems),
      })),
      rtl: isRightToLeft(whole),
      face,
      language: languageOf(language),
    };
  }

  /** A sentence of ours. What others supplied keeps its own direction. */
  says(words: Words | string): Line {
    const face: FaceCode = "latin";
    const pieces = typeof words === "string" ? [words] : words;
    const text = pieces.map((word) => {
      if (typeof word === "string") return this.#faces.show(word, face);
      if ("foreign" in word) return isolated(breakable(this.#faces.show(word.foreign, face), PAGE_EMS));
      return plainWord(word);
    });
    return { runs: [{ text: text.join("") }], rtl: false, face, language: ENGLISH };
  }

  /** An address: broken where it is too long for a line, and whole where it leads. */
  address(text: string, style: Omit<Run, "text"> = {}): Line {
    return this.line([{ ...style, text }], ENGLISH, ADDRESS_EMS);
  }

  /** Commands and the like, one a line, which nothing may be added to. */
  commands(lines: readonly string[]): Line {
    const runs = withEnds(lines.join("\n"));
    const shown = runs.map((run) => ({ ...run, text: this.#faces.show(run.text, "latin") }));
    return { runs: shown, rtl: false, face: "latin", language: ENGLISH };
  }

  /** Text with blank lines between its paragraphs and line feeds within them. */
  paragraphs(text: string, kind: "paragraph" | "small" = "paragraph"): Block[] {
    return text
      .split(/\n{2,}/)
      .filter((paragraph) => paragraph.trim() !== "")
      .map((paragraph) => ({ kind, line: this.line(withEnds(paragraph)) }));
  }
}

/** Each line of a text, and that it ends. */
export function withEnds(text: string): Run[] {
  const lines = text.split("\n");
  return lines.map((line, i) => (i === lines.length - 1 ? { text: line } : { text: line, ends: true }));
}

/** Two or three letters: all that a PDF's typesetter takes. */
export function languageOf(tag: string): string {
  return LANGUAGE.exec(tag)?.[0].toLowerCase() ?? ENGLISH;
}
