/**
 * @undersigned/clean/pdf: cuts a PDF down to what its pages show. Its objects are gone through from the catalog on, cut down to
 * the entries that are known to be needed, numbered anew and written anew: no earlier version, no property and no
 * object that no page needs comes along. What pages are drawn with is copied byte for byte.
 */
import {
  PDFArray,
  PDFContext,
  PDFDict,
  PDFHeader,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
  PDFWriter,
} from "@cantoo/pdf-lib";
import { equalBytes } from "@undersigned/core";
import { CleanError } from "../errors.ts";
import { cleanText } from "../text/clean-text.ts";
import { cleanJpeg } from "./jpeg.ts";
import { dictOf, readPdf } from "./pdf-read.ts";
import * as rules from "./pdf-rules.ts";
import { type Cleaned, Removed } from "./report.ts";

/** `isUntrusted`: refuse at once what is not as this writes it. Throws as `cleanFile` does. */
export async function cleanPdf(bytes: Uint8Array, isUntrusted = false): Promise<Cleaned> {
  const context = await readPdf(bytes, isUntrusted);
  const removed = new Removed();
  const cleaner = new Cleaner(context, removed);
  const out = await cleaner.write();
  if (context.trailerInfo.Info !== undefined || context.trailerInfo.ID !== undefined)
    note(removed, "properties");
  if (removed.list.length === 0 && !equalBytes(out, bytes)) note(removed, "left-over");
  return { bytes: out, removed: removed.list };
}

type PdfKind = keyof typeof rules.WORDS;

function note(removed: Removed, kind: PdfKind): void {
  removed.add(kind, rules.WORDS[kind]);
}

const name = (text: string) => PDFName.of(text);

class Cleaner {
  readonly #from: PDFContext;
  readonly #removed: Removed;
  readonly #to = PDFContext.create();
  readonly #numbers = new Map<PDFRef, PDFRef>();
  readonly #queue: PDFRef[] = [];
  readonly #pages = new Set<PDFDict>();
  readonly #seen = new Set<PDFObject>();

  constructor(from: PDFContext, removed: Removed) {
    this.#from = from;
    this.#removed = removed;
  }

  async write(): Promise<Uint8Array> {
    const root = this.#from.trailerInfo.Root;
    const catalog = this.#from.lookup(root);
    if (!(root instanceof PDFRef) || !(catalog instanceof PDFDict)) throw new CleanError("file-malformed");
    this.#cleanCatalog(catalog);
    this.#to.header = PDFHeader.forVersion(1, 7);
    this.#to.trailerInfo.Root = this.#numberOf(root);
    for (let next = 0; next < this.#queue.length; next++) {
      const ref = this.#queue[next] as PDFRef;
      const object = this.#from.lookup(ref) ?? PDFNull;
      this.#goThrough(object);
      this.#to.assign(this.#numbers.get(ref) as PDFRef, object);
    }
    return PDFWriter.forContext(this.#to, Number.POSITIVE_INFINITY).serializeToBuffer();
  }

  #note(kind: PdfKind): void {
    note(this.#removed, kind);
  }

  /** Numbers are given in the order in which objects are come upon. */
  #numberOf(ref: PDFRef): PDFRef {
    let number = this.#numbers.get(ref);
    if (number === undefined) {
      number = PDFRef.of(this.#numbers.size + 1);
      this.#numbers.set(ref, number);
      this.#queue.push(ref);
    }
    return number;
  }

  #cleanCatalog(catalog: PDFDict): void {
    this.#keepOnly(catalog, rules.CATALOG, "private-part");
    const tree = catalog.lookup(name("Pages"));
    if (!(tree instanceof PDFDict)) throw new CleanError("file-malformed");
    this.#cleanPages(tree);
    const named = catalog.lookup(name("Names"));
    if (named instanceof PDFDict) this.#keepOnly(named, new Set(["Dests"]), "attachment");
    const form = catalog.lookup(name("AcroForm"));
    if (form instanceof PDFDict) {
      if (form.has(name("XFA"))) this.#note("form");
      this.#keepOnly(form, rules.FORM, "form");
    }
    const open = catalog.lookup(name("OpenAction"));
    if (open instanceof PDFDict && open.lookup(name("S")) !== name("GoTo"))
      this.#drop(catalog, "OpenAction", "script");
  }

  /** The tree is walked with a list, so that it may be as deep as it likes. */
  #cleanPages(tree: PDFDict): void {
    const todo = [tree];
    const seen = new Set<PDFDict>(todo);
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const kids = node.lookup(name("Kids"));
      if (!(kids instanceof PDFArray)) {
        this.#cleanPage(node);
        continue;
      }
      this.#keepOnly(node, rules.PAGE_NODE, "private-part");
      for (let i = 0; i < kids.size(); i++) {
        const kid = kids.lookup(i);
        if (!(kid instanceof PDFDict) || seen.has(kid)) throw new CleanError("file-malformed");
        seen.add(kid);
        todo.push(kid);
      }
    }
  }

  #cleanPage(page: PDFDict): void {
    this.#pages.add(page);
    for (const key of ["LastModified", "Metadata"]) this.#drop(page, key, "properties");
    this.#keepOnly(page, rules.PAGE, "private-part");
    const marks = page.lookup(name("Annots"));
    if (!(marks instanceof PDFArray)) {
      page.delete(name("Annots"));
      return;
    }
    for (let i = marks.size() - 1; i >= 0; i--) {
      const mark = marks.lookup(i);
      if (mark instanceof PDFDict && !rules.REMARKS.has(nameIn(mark, "Subtype"))) this.#cleanMark(mark);
      else {
        this.#note("annotation");
        marks.remove(i);
      }
    }
  }

  #cleanMark(mark: PDFDict): void {
    const type = nameIn(mark, "Subtype");
    const kept = new Set(rules.ANNOTATION);
    if (rules.WITH_CONTENTS.has(type)) kept.add("Contents");
    // A field's name, and of other marks their author's.
    if (type === "Widget") kept.add("T");
    this.#keepOnly(mark, kept, "annotation");
  }

  /** Cuts an object and all that stands in it down, and points it at the new numbers. Once for each. */
  #goThrough(object: PDFObject): void {
    if (this.#seen.has(object)) return;
    if (object instanceof PDFArray) {
      this.#seen.add(object);
      for (let i = 0; i < object.size(); i++) object.set(i, this.#follow(object.get(i)));
      return;
    }
    const dict = dictOf(object);
    if (dict === null) {
      if (object instanceof PDFStream) throw new CleanError("file-malformed");
      return;
    }
    this.#seen.add(object);
    this.#cleanDict(dict);
    if (object instanceof PDFRawStream) this.#cleanStream(object);
    for (const [key, value] of dict.entries()) dict.set(key, this.#follow(value));
  }

  #follow(value: PDFObject): PDFObject {
    if (!(value instanceof PDFRef)) {
      if (this.#isUnwanted(value)) return PDFNull;
      this.#goThrough(value);
      return value;
    }
    const target = this.#from.lookup(value);
    return target === undefined || this.#isUnwanted(target) ? PDFNull : this.#numberOf(value);
  }

  /** A page that is in no place of the tree, properties, a file, a signature: whoever points at it. */
  #isUnwanted(target: PDFObject): boolean {
    const dict = dictOf(target);
    if (dict === null) return false;
    const type = nameIn(dict, "Type");
    if (type === "Page" && !this.#pages.has(dict)) return this.#noted("left-over");
    if (type === "Metadata") return this.#noted("properties");
    if (type === "EmbeddedFile") return this.#noted("attachment");
    return dict.has(name("ByteRange")) ? this.#noted("signature") : false;
  }

  #noted(kind: PdfKind): true {
    this.#note(kind);
    return true;
  }

  #cleanDict(dict: PDFDict): void {
    for (const [key, kind] of rules.NEVER) this.#drop(dict, key, kind);
    for (const key of ["A", "PA", "Next"]) {
      const action = dictOf(dict.lookup(name(key)));
      const type = action === null ? "" : nameIn(action, "S");
      if (type !== "" && (key === "Next" || !rules.ACTIONS.has(type))) this.#drop(dict, key, "script");
    }
    if (nameIn(dict, "FT") === "Sig") this.#drop(dict, "V", "signature");
    if (nameIn(dict, "S") === "URI") this.#cleanLink(dict);
  }

  #cleanLink(action: PDFDict): void {
    const target = action.lookup(name("URI"));
    if (target === undefined || !("asBytes" in target)) return;
    const text = String.fromCharCode(...(target as PDFString).asBytes().subarray(0, 16_384));
    if (/^\s*(?:file|javascript|data):/i.test(text)) {
      this.#drop(action, "URI", "link");
      return;
    }
    const clean = cleanText(text, ["tracked-link"]);
    if (clean === text) return;
    this.#note("link");
    action.set(name("URI"), PDFString.of(clean.replace(/[\\()]/g, "\\$&")));
  }

  /** Pictures inside are JPEG files, with all that these hold. */
  #cleanStream(stream: PDFRawStream): void {
    const { dict } = stream;
    // How long it is is counted when it is written; another file's content has no place here.
    dict.delete(name("Length"));
    for (const key of ["F", "FFilter", "FDecodeParms"]) this.#drop(dict, key, "attachment");
    const filter = dict.lookup(name("Filter"));
    const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
    if (only !== name("DCTDecode")) return;
    const { bytes, removed } = cleanJpeg(stream.getContents());
    for (const { kind, words } of removed) this.#removed.add(kind, words);
    if (removed.length > 0) stream.updateContents(bytes);
  }

  #keepOnly(dict: PDFDict, kept: ReadonlySet<string>, kind: PdfKind): void {
    for (const key of dict.keys()) {
      const text = key.decodeText();
      if (!kept.has(text)) this.#drop(dict, text, rules.NEVER.get(text) ?? kind);
    }
  }

  #drop(dict: PDFDict, key: string, kind: PdfKind): void {
    if (dict.delete(name(key))) this.#note(kind);
  }
}

/** The name in an entry, or an empty text. */
function nameIn(dict: PDFDict, key: string): string {
  const value = dict.lookup(name(key));
  return value instanceof PDFName ? value.decodeText() : "";
}
