/**
 * Reads a PDF (ISO 32000-2) into its objects, within bounds: how deep, how much is unpacked, how much rubbish is skipped. The
 * reader of package @cantoo/pdf-lib does the work; it takes the last object of a number, wherever it stands.
 */
import {
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  type PDFRef,
} from "@cantoo/pdf-lib";
import { Unzlib } from "fflate";
import { CleanError, type CleanErrorCode } from "../errors.ts";

const DEPTH_MOST = 100;
const RUBBISH_MOST = 4_096;
/** Lists of objects are packed some five times; this is far beyond. */
const UNPACKED_LEAST = 8 * 1024 * 1024;
const UNPACKED_TIMES = 8;

const KEYWORD = /^(?:xref|trailer|startxref|\d{1,10}\s{1,8}\d{1,5}\s{1,8}obj)/;

/** `isUntrusted`: refuse what our own files never have, packed objects before all. */
export async function readPdf(bytes: Uint8Array, isUntrusted: boolean): Promise<PDFContext> {
  const parser = new BoundedParser(bytes, isUntrusted);
  let context: PDFContext;
  try {
    context = await parser.parseDocument();
  } catch {
    throw new CleanError(parser.refusal ?? "file-malformed");
  }
  if (context.trailerInfo.Encrypt !== undefined) throw new CleanError("file-locked");
  return context;
}

class BoundedParser extends PDFParser {
  refusal: CleanErrorCode | null = null;
  readonly #isUntrusted: boolean;
  #depth = 0;
  #rubbish = 0;
  #mayUnpack: number;

  constructor(bytes: Uint8Array, isUntrusted: boolean) {
    super(bytes, Number.POSITIVE_INFINITY, true);
    this.#isUntrusted = isUntrusted;
    this.#mayUnpack = Math.max(UNPACKED_LEAST, UNPACKED_TIMES * bytes.length);
    // What the parser calls between objects: its own goes back at every byte, without a bound. It is private there.
    Object.defineProperty(this, "skipJibberish", { value: () => this.#skipRubbish() });
  }

  override parseObject(ref?: PDFRef): PDFObject {
    if (this.#depth >= DEPTH_MOST) this.#refuse("file-malformed");
    this.#depth++;
    const object = super.parseObject(ref);
    this.#depth--;
    if (object instanceof PDFRawStream) this.#admit(object);
    return object;
  }

  /** Numbers that no reader holds: the parser would print them, and so what is in the file. */
  override parseRawNumber(): number {
    const at = this.bytes.offset();
    if (/^[+-]?\d{16}/.test(String.fromCharCode(...this.bytes.slice(at, at + 17))))
      this.#refuse("file-malformed");
    return super.parseRawNumber();
  }

  #skipRubbish(): void {
    this.skipWhitespaceAndComments();
    while (!this.bytes.done()) {
      const at = this.bytes.offset();
      const ahead = String.fromCharCode(...this.bytes.slice(at, at + 40));
      if (KEYWORD.test(ahead)) return;
      if (this.#isUntrusted || ++this.#rubbish > RUBBISH_MOST) this.#refuse("file-malformed");
      this.bytes.next();
    }
  }

  /** Streams that the parser unpacks at once: lists of objects, and tables of where they are. */
  #admit(stream: PDFRawStream): void {
    const { dict } = stream;
    const type = dict.lookup(PDFName.of("Type"));
    if (type !== PDFName.of("ObjStm") && type !== PDFName.of("XRef")) return;
    if (this.#isUntrusted) this.#refuse("file-malformed");
    if (type === PDFName.of("XRef")) {
      // Where objects are is not believed, so only what a trailer says is taken from it.
      const { trailerInfo } = this.context;
      for (const key of ["Root", "Encrypt", "Info", "ID"] as const) {
        const value = dict.get(PDFName.of(key));
        if (value !== undefined) trailerInfo[key] = value;
      }
      dict.delete(PDFName.of("Type"));
      return;
    }
    const filter = dict.lookup(PDFName.of("Filter"));
    if (filter !== undefined && filter !== PDFName.of("FlateDecode")) this.#refuse("file-unsupported");
    if (filter !== undefined) this.#measure(stream.getContents());
  }

  #measure(packed: Uint8Array): void {
    const unzip = new Unzlib((piece) => {
      this.#mayUnpack -= piece.length;
    });
    for (let at = 0; at < packed.length; at += 16_384) {
      unzip.push(packed.subarray(at, at + 16_384), at + 16_384 >= packed.length);
      if (this.#mayUnpack < 0) this.#refuse("file-expands");
    }
  }

  #refuse(code: CleanErrorCode): never {
    this.refusal ??= code;
    throw new CleanError(code);
  }
}

/** The dictionary that this is or has, after references; null for anything else. */
export function dictOf(object: PDFObject | undefined): PDFDict | null {
  if (object instanceof PDFRawStream) return object.dict;
  return object instanceof PDFDict ? object : null;
}
