/**
 * A reader of CSV (RFC 4180) that is pushed pieces of text and calls back for each record. Strict where leniency would move
 * values between columns: a quotation mark in the midst of a field, text behind a closing one and a record of another length are
 * errors. Line ends are CR LF, LF or CR; empty lines are passed over.
 *
 * Of a record only the columns that were asked for ever become text: what an export says about people is passed over as it
 * stands. The attacker controls everything; a field or record beyond its limit is an error before it is memory.
 */
import { DealingsError } from "../errors.ts";

/** Characters of a field, and of a record. A description has some thousand. */
export const FIELD_MOST = 1_000_000;
export const RECORD_MOST = 4_000_000;
const COLUMNS_MOST = 5_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** Where the reader stands: before a field, in a bare one, in a quoted one, behind a quotation mark in a quoted one. */
type State = "start" | "bare" | "quoted" | "behind";

export interface CsvHandler {
  /** Given the names of the first record; returns the columns that are wanted, by index, in the order that `record` gets them, or null to read no further. */
  header(names: readonly string[]): readonly number[] | null;
  /** The wanted fields of a record. `line` counts records, the header being 1. */
  record(fields: readonly string[], line: number): void;
}

export class CsvReader {
  readonly #handler: CsvHandler;
  #state: State = "start";
  #field = "";
  #fieldLength = 0;
  #recordLength = 0;
  #column = 0;
  #line = 1;
  #columns = 0;
  #afterCr = false;
  #stopped = false;
  /** For each column, where its field goes in `#fields`, or -1; null while the header is read. */
  #place: Int32Array | null = null;
  #fields: string[] = [];

  constructor(handler: CsvHandler) {
    this.#handler = handler;
  }

  /** Throws DealingsError `stray-quote`, `uneven-line`, `too-large`, and what the handler throws. */
  push(text: string): void {
    let at = 0;
    if (this.#afterCr && text.length > 0) {
      if (text.charCodeAt(0) === LF) at = 1;
      this.#afterCr = false;
    }
    while (at < text.length && !this.#stopped) {
      if (this.#state === "quoted") at = this.#readQuoted(text, at);
      else if (this.#state === "bare") at = this.#readBare(text, at);
      else at = this.#readMark(text, at);
    }
  }

  /** The end of the file. Throws DealingsError `unclosed-quote`, `uneven-line`, `not-an-export` if there was no header. */
  end(): void {
    if (this.#stopped) return;
    if (this.#state === "quoted") throw new DealingsError("unclosed-quote", { line: this.#line });
    if (this.#state !== "start" || this.#column > 0) this.#endRecord();
    if (this.#place === null && !this.#stopped) throw new DealingsError("not-an-export");
  }

  #readQuoted(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    this.#add(text, at, end);
    if (quote < 0) return end;
    this.#state = "behind";
    return quote + 1;
  }

  #readBare(text: string, at: number): number {
    let end = at;
    for (; end < text.length; end++) {
      const c = text.charCodeAt(end);
      if (c === COMMA || c === LF || c === CR) break;
      if (c === QUOTE) throw new DealingsError("stray-quote", { line: this.#line });
    }
    this.#add(text, at, end);
    return end < text.length ? this.#readEnd(text, end) : end;
  }

  /** Before a field, or behind a quotation mark. */
  #readMark(text: string, at: number): number {
    const isQuote = text.charCodeAt(at) === QUOTE;
    if (this.#state === "start") {
      if (isQuote) {
        this.#state = "quoted";
        return at + 1;
      }
      this.#state = "bare";
      return at;
    }
    if (isQuote) {
      this.#add(text, at, at + 1);
      this.#state = "quoted";
      return at + 1;
    }
    return this.#readEnd(text, at);
  }

  #readEnd(text: string, at: number): number {
    const c = text.charCodeAt(at);
    if (c === COMMA) {
      this.#endField();
      return at + 1;
    }
    if (c !== LF && c !== CR) throw new DealingsError("stray-quote", { line: this.#line });
    this.#endRecord();
    if (c === LF) return at + 1;
    if (at + 1 === text.length) this.#afterCr = true;
    return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }

  #add(text: string, from: number, to: number): void {
    this.#fieldLength += to - from;
    if (this.#fieldLength > FIELD_MOST || this.#recordLength + this.#fieldLength > RECORD_MOST) {
      const code = this.#state === "quoted" ? "unclosed-quote" : "too-large";
      throw new DealingsError(code, { line: this.#line });
    }
    if (this.#place === null || (this.#place[this.#column] ?? -1) >= 0) this.#field += text.slice(from, to);
  }

  #endField(): void {
    this.#recordLength += this.#fieldLength + 1;
    if (this.#place === null) {
      if (this.#column >= COLUMNS_MOST) throw new DealingsError("too-large", { line: this.#line });
      this.#fields.push(this.#field);
    } else {
      if (this.#column >= this.#columns) throw new DealingsError("uneven-line", { line: this.#line });
      const place = this.#place[this.#column]!;
      if (place >= 0) this.#fields[place] = this.#field;
    }
    this.#column++;
    this.#field = "";
    this.#fieldLength = 0;
    this.#state = "start";
  }

  #endRecord(): void {
    // A quoted field that is empty is a field; a line with nothing on it is none.
    if (this.#column === 0 && this.#fieldLength === 0 && this.#state !== "behind") {
      this.#state = "start";
      return;
    }
    this.#endField();
    if (this.#place === null) this.#takeHeader();
    else {
      if (this.#column !== this.#columns) throw new DealingsError("uneven-line", { line: this.#line });
      this.#handler.record(this.#fields, this.#line);
    }
    this.#line++;
    this.#column = 0;
    this.#recordLength = 0;
  }

  #takeHeader(): void {
    this.#columns = this.#column;
    const wanted = this.#handler.header(this.#fields);
    if (wanted === null) {
      this.#stopped = true;
      return;
    }
    this.#place = new Int32Array(this.#columns).fill(-1);
    for (const [place, column] of wanted.entries()) this.#place[column] = place;
    this.#fields = wanted.map(() => "");
  }
}
