/**
 * JSON of any length cut into documents that fit: whole texts (one, or line by line), and of each of them the elements of its
 * lists `releases` and `records`, or of itself if it is a list, one by one as they come. Each is parsed by the platform, with
 * every number made a text first, so that amounts stay exact (RFC 8259 §6 lets them be longer than a double).
 *
 * The attacker controls everything: a document or depth beyond its limit is an error before it is memory.
 */
import { DealingsError } from "../errors.ts";

/** Characters of one release or record, and of all else of a package. */
export const DOCUMENT_MOST = 8_000_000;
const DEPTH_MOST = 64;

export type Json = null | boolean | string | readonly Json[] | { readonly [name: string]: Json };

export interface JsonHandler {
  /** An element of a list of the text that is being read: `releases`, `records`, or "" where the text is a list itself. */
  element(list: "releases" | "records" | "", value: Json): void;
  /** A whole text, its lists `releases` and `records` left empty. */
  text(value: Json): void;
}

const MARK = {
  quote: 0x22,
  backslash: 0x5c,
  open: 0x7b,
  close: 0x7d,
  openList: 0x5b,
  closeList: 0x5d,
} as const;
const COMMA = 0x2c;

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}

function isNumeric(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || c === 0x2b || c === 0x2d || c === 0x2e || c === 0x45 || c === 0x65;
}

function beginsNumber(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || c === 0x2d;
}

/** A document that is being gathered. */
class Gathered {
  #parts: string[] = [];
  length = 0;

  add(part: string): void {
    this.length += part.length;
    if (this.length > DOCUMENT_MOST) throw new DealingsError("too-large");
    this.#parts.push(part);
    // Many short pieces weigh more than their text.
    if (this.#parts.length >= 4096) this.#parts = [this.#parts.join("")];
  }

  parse(): Json {
    try {
      return JSON.parse(this.#parts.join("")) as Json;
    } catch {
      throw new DealingsError("not-json");
    }
  }
}

export class JsonElements {
  readonly #handler: JsonHandler;
  /** The text at hand, or null between texts. */
  #shell: Gathered | null = null;
  /** The element at hand, while in a list of `#list`. */
  #element: Gathered | null = null;
  #list: "releases" | "records" | "" | null = null;
  /** In a list: whether an element must, may or may not come. */
  #expects: "first" | "element" | "comma" = "first";
  #depth = 0;
  /** The depth at which the document at hand ends. */
  #base = 0;
  #inString = false;
  #escaped = false;
  #inNumber = false;
  /** Directly in the text's own object: the string that is being read, and the last one that was. */
  #name = "";
  #texts = 0;

  constructor(handler: JsonHandler) {
    this.#handler = handler;
  }

  /** Throws DealingsError `not-json`, `too-large`, and what the handler throws. */
  push(text: string): void {
    let at = 0;
    while (at < text.length) {
      if (this.#shell === null) at = this.#between(text, at);
      else if (this.#list !== null && this.#element === null) at = this.#inList(text, at);
      else at = this.#inside(text, at);
    }
  }

  /** Throws DealingsError `cut-off`, or `not-json` for a file without anything. */
  end(): void {
    if (this.#shell !== null) throw new DealingsError("cut-off");
    if (this.#texts === 0) throw new DealingsError("not-json");
  }

  #between(text: string, at: number): number {
    const c = text.charCodeAt(at);
    // A record separator (RFC 7464) stands before a text in some files of many.
    if (isSpace(c) || c === 0x1e) return at + 1;
    if (c !== MARK.open && c !== MARK.openList) throw new DealingsError("not-json");
    this.#texts++;
    this.#shell = new Gathered();
    if (c === MARK.open) return at;
    this.#shell.add("[");
    this.#openList("");
    return at + 1;
  }

  #openList(list: "releases" | "records" | ""): void {
    this.#list = list;
    this.#expects = "first";
  }

  #inList(text: string, at: number): number {
    const c = text.charCodeAt(at);
    if (isSpace(c)) return at + 1;
    if (c === MARK.closeList && this.#expects !== "element") {
      const whole = this.#list === "";
      this.#list = null;
      this.#shell!.add("]");
      if (whole) this.#endText();
      return at + 1;
    }
    if (c === COMMA && this.#expects === "comma") {
      this.#expects = "element";
      return at + 1;
    }
    if (c !== MARK.open || this.#expects === "comma") throw new DealingsError("not-json");
    this.#element = new Gathered();
    this.#base = this.#depth;
    return at;
  }

  /** Copies what belongs to the document at hand, until it ends or a list of elements begins. */
  #inside(text: string, from: number): number {
    const into = this.#element ?? this.#shell!;
    const isShell = this.#element === null;
    let kept = from;
    let at = from;
    for (; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (c === MARK.backslash) this.#escaped = true;
        else if (c === MARK.quote) this.#inString = false;
        if (isShell && this.#depth === 1 && this.#inString && this.#name.length < 16)
          this.#name += text.charAt(at);
        continue;
      }
      if (this.#inNumber) {
        if (isNumeric(c)) continue;
        this.#inNumber = false;
        into.add(text.slice(kept, at));
        into.add('"');
        kept = at;
      }
      if (c === MARK.quote) {
        this.#inString = true;
        if (isShell && this.#depth === 1) this.#name = "";
      } else if (beginsNumber(c)) {
        into.add(text.slice(kept, at));
        into.add('"');
        kept = at;
        this.#inNumber = true;
      } else if (c === MARK.openList && isShell && this.#depth === 1 && isListName(this.#name)) {
        into.add(text.slice(kept, at + 1));
        this.#openList(this.#name as "releases" | "records");
        return at + 1;
      } else if (c === MARK.open || c === MARK.openList) {
        if (++this.#depth > DEPTH_MOST) throw new DealingsError("too-large");
      } else if (c === MARK.close || c === MARK.closeList) {
        if (--this.#depth > this.#base) continue;
        into.add(text.slice(kept, at + 1));
        if (isShell) this.#endText();
        else this.#endElement();
        return at + 1;
      }
    }
    into.add(text.slice(kept, at));
    return at;
  }

  #endElement(): void {
    const value = this.#element!.parse();
    this.#element = null;
    this.#expects = "comma";
    this.#base = 0;
    this.#handler.element(this.#list!, value);
  }

  #endText(): void {
    const value = this.#shell!.parse();
    this.#shell = null;
    this.#handler.text(value);
  }
}

function isListName(name: string): boolean {
  return name === "releases" || name === "records";
}
