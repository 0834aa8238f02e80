/** The words of a Subject, with encoded words (RFC 2047) where they stand apart as section 5 demands, and nowhere else. */
import { checkText } from "@undersigned/core";
import { toBytes, unfold } from "../header.ts";
import { decodeBase64 } from "../tag-list.ts";
import { decodeCharset } from "./charset.ts";
import { Refusal } from "./refusal.ts";

/** Of characters. */
export const MAX_SUBJECT = 1_000;

const ENCODED = /^=\?([A-Za-z0-9._:-]+)\?([BbQq])\?([\x21-\x3e\x40-\x7e]*)\?=$/;
const Q_TEXT = /^(?:[^=]|=[0-9A-Fa-f]{2})*$/;

/**
 * Reads a Subject's value: one line in normalisation form C. What is an encoded word to one program and plain text to
 * another is refused, and so is what decodes to control characters or direction overrides. Throws Refusal `subject-refused`.
 */
export function readSubject(value: string): string {
  try {
    const subject = words(unfold(value)).normalize("NFC");
    if (checkText(subject, 0, MAX_SUBJECT, false) !== null) throw new Refusal("subject-refused");
    return subject;
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal("subject-refused");
    throw error;
  }
}

function words(text: string): string {
  let out = "";
  let lastEncoded = false;
  for (const [at, word] of text.split(" ").entries()) {
    const match = ENCODED.exec(word);
    if (match === null && word.includes("=?")) throw new Refusal("subject-refused");
    // Section 6.2: white space between two encoded words is not shown.
    if (at > 0 && !(lastEncoded && match !== null)) out += " ";
    out += match === null ? decodeCharset(toBytes(word), "utf-8") : decodeWord(match);
    lastEncoded = match !== null;
  }
  return out;
}

function decodeWord([, charset, encoding, text]: RegExpExecArray): string {
  const bytes = /b/i.test(encoding!) ? decodeBase64(text!) : decodeQ(text!);
  if (bytes === null) throw new Refusal("subject-refused");
  return decodeCharset(bytes, charset!);
}

function decodeQ(text: string): Uint8Array | null {
  if (!Q_TEXT.test(text)) return null;
  return toBytes(
    text
      .replaceAll("_", " ")
      .replace(/=(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

/**
 * The letters and figures of a Subject as the answer's code is compared: case, hyphens and all that is neither letter nor
 * figure of ASCII aside, and I, L and O as the figures that they look like (Crockford's base32).
 */
function codeText(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/[IL]/g, "1")
    .replaceAll("O", "0");
}

const CODE_LENGTH = 16;
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** The code itself, or (for who knows only its hash) what tells whether a text of the form ABCD-EFGH-JKMN-PQRS is it. */
export type AnswerNonce = string | ((candidate: string) => boolean);

/** Whether the code stands in the Subject. */
export function holdsNonce(subject: string, nonce: AnswerNonce): boolean {
  const text = codeText(subject);
  if (typeof nonce === "string") {
    const code = codeText(nonce);
    return CODE.test(code) && text.includes(code);
  }
  for (let at = 0; at + CODE_LENGTH <= text.length; at++) {
    const code = text.slice(at, at + CODE_LENGTH);
    if (CODE.test(code) && nonce(code.replace(/(.{4})(?=.)/g, "$1-"))) return true;
  }
  return false;
}
