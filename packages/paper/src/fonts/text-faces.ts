/**
 * Chooses faces for texts, and leaves nothing in a text that none of them draws. Text may be anything that somebody has
 * written: what cannot be shown is replaced by U+FFFD, a box with a question mark, so that it is seen that there is something.
 */
import { FACES, type Face, type FaceCode } from "./faces.ts";

/** Stands for whatever cannot be shown. */
const BOX = "\ufffd";
/** Steers or hides: controls, overrides and isolates of direction, tags, halves of characters, private ones. */
const NOT_SHOWN =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** A letter with the marks upon it. */
const MARKED = /\P{M}\p{M}+/gu;
/** More of them than any language stacks would run into the lines above and below. */
const STACK = /(\p{M}{4})\p{M}+/gu;
/** Drawn as nothing by every typesetter, whether or not a font has it. */
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;
const NOT_PLAIN = /[^\x20-\x7e]/;

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;
const HAN = /\p{Script=Han}/u;
const FIRST_LETTER = /\p{L}/u;

export interface Faced {
  readonly text: string;
  /** The face that draws it, but for what only others have. */
  readonly face: FaceCode;
}

/** The faces of one document: they become more with each text. */
export class Faces {
  readonly #used = new Set<FaceCode>(["latin"]);
  readonly #found = new Map<string, Face | null>();

  /** A text by itself. `language` as for `mainFace`. */
  take(text: string, language = ""): Faced {
    const face = mainFace(text, language);
    return { text: this.show(text, face), face };
  }

  /** What of a text can be shown where `face` comes first. */
  show(text: string, face: FaceCode): string {
    const clean = text.replace(NOT_SHOWN, BOX).replace(STACK, `$1${BOX}`);
    this.#used.add(face);
    if (!NOT_PLAIN.test(clean)) return clean;
    const drawn = Array.from(clean, (char) => (this.#find(char, face) === null ? BOX : char)).join("");
    return drawn.replace(MARKED, (cluster) => this.#fit(cluster, face));
  }

  /** Family names for texts of this face, in the order in which a character is looked for. */
  families(face: FaceCode): string[] {
    return [
      ...new Set(
        inOrder(face)
          .filter(({ code }) => this.#used.has(code))
          .map(({ family }) => family),
      ),
    ];
  }

  /** Of all faces that texts have wanted. */
  get folders(): string[] {
    return [...new Set(FACES.filter(({ code }) => this.#used.has(code)).flatMap(({ folders }) => folders))];
  }

  get codes(): FaceCode[] {
    return [...this.#used];
  }

  #find(char: string, main: FaceCode): Face | null {
    const key = `${main} ${char}`;
    let face = this.#found.get(key);
    if (face === undefined) {
      const codePoint = char.codePointAt(0)!;
      face = INVISIBLE.test(char)
        ? FACES[0]!
        : (inOrder(main).find(
            ({ code, script, has }) =>
              (code === main || script === null || script.test(char)) && has(codePoint),
          ) ?? null);
      this.#found.set(key, face);
    }
    if (face !== null) this.#used.add(face.code);
    return face;
  }

  /** A letter and its marks are drawn by one face or not at all: marks that its letter's face has not are replaced. */
  #fit(cluster: string, main: FaceCode): string {
    const parts = Array.from(cluster).filter((char) => !INVISIBLE.test(char));
    const faces = inOrder(main).filter(({ code }) => this.#used.has(code));
    if (faces.some(({ has }) => parts.every((char) => has(char.codePointAt(0)!)))) return cluster;
    return parts[0]! + BOX.repeat(parts.length > 1 ? 1 : 0);
  }
}

function inOrder(main: FaceCode): Face[] {
  return main === "latin"
    ? [...FACES]
    : [...FACES.filter(({ code }) => code === main), ...FACES.filter(({ code }) => code !== main)];
}

/**
 * The face that a text is set in, by its first letter. `language`, a BCP 47 tag, decides between Chinese, Japanese and Korean forms
 * where the text itself does not.
 */
export function mainFace(text: string, language = ""): FaceCode {
  if (!NOT_PLAIN.test(text)) return "latin";
  const first = FIRST_LETTER.exec(text)?.[0] ?? "";
  if (KANA.test(text) || (HAN.test(text) && /^ja\b/i.test(language))) return "japanese";
  if (HANGUL.test(text) || (HAN.test(text) && /^ko\b/i.test(language))) return "korean";
  return HAN.test(first) ? "chinese" : (FACES.find(({ script }) => script?.test(first))?.code ?? "latin");
}
