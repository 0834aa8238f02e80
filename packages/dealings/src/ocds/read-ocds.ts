/**
 * Open Contracting data (OCDS 1.1): a package of releases or of records, a single release or record, a list of them, or any of
 * these line by line, as a stream. Releases of one process are merged by the standard's rules, wherever in the file they stand; a
 * record's compiled release is taken as it is.
 */
import type { Source } from "@undersigned/core";
import { DealingsError } from "../errors.ts";
import { TextOfBytes } from "../files/decode-text.ts";
import { ImportCollector } from "../import-collector.ts";
import type { ByteSource, ImportedRow, ImportOptions, ImportResult, OnProgress } from "../import-result.ts";
import { nameFilter } from "../name-filter.ts";
import { cleanLine } from "../text/clean-line.ts";
import { dayOfText } from "../text/day-of-text.ts";
import { cleanAddress } from "../web-address.ts";
import { type Json, JsonElements } from "./json-elements.ts";
import { isObject, type KnownObject, knownRelease } from "./known-release.ts";
import { dateOf } from "./merge-releases.ts";
import { candidates } from "./process-rows.ts";
import { ProcessStore } from "./process-store.ts";

/** Bytes that are read between two breaths: a page stays alive while a file is read. */
const BREATH = 4 * 2 ** 20;
const PIECE = 65_536;
/** Processes that are made rows between two breaths. */
const ROWS_BREATH = 5_000;

/**
 * Reads a whole file and gives the rows it would become. Returns all that match or throws, DealingsError: `encoding`, `not-json`,
 * `not-ocds`, `linked-releases`, `cut-off`, `too-large` (one release), `too-much` (more processes than memory is given for).
 */
export async function readOcds(
  source: ByteSource,
  options: ImportOptions = {},
  onProgress?: OnProgress,
): Promise<ImportResult> {
  const text = new TextOfBytes();
  const documents = new Documents();
  const json = new JsonElements({
    element: (list, value) => documents.element(list, value),
    text: (value) => documents.text(value),
  });
  let bytes = 0;
  let breath = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      json.push(text.push(piece));
      bytes += piece.length;
      if (bytes - breath < BREATH) continue;
      breath = bytes;
      onProgress?.(bytes);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  json.push(text.end());
  json.end();
  onProgress?.(bytes);
  return rowsOf(documents, options);
}

interface Origin {
  readonly publisher: string;
  readonly url: string | null;
}

/** Sorts what was read into processes. */
class Documents {
  readonly processes = new ProcessStore();
  /** By number of text; a package says who publishes it before its releases or behind them. */
  readonly origins: Origin[] = [];
  #ofText = 0;
  #linked = 0;

  /** An element of a text's list. */
  element(list: "releases" | "records" | "", value: Json): void {
    if (list === "releases" && isLink(value)) this.#linked++;
    else this.#document(value);
  }

  /** All of a text but what its lists held, which came before. */
  text(value: Json): void {
    if (isObject(value)) {
      const { releases, records, compiledRelease } = value;
      const inLists = [releases, records].filter((list) => list !== undefined);
      if (inLists.length === 0 || !inLists.every((list) => isList(list) && list.length === 0))
        this.#document(value);
      else if (isObject(compiledRelease)) {
        this.#add(compiledRelease, value.ocid, "compiled");
        this.#linked = 0;
      }
    }
    if (this.#linked > 0) throw new DealingsError("linked-releases");
    // A text that gave nothing is not remembered: there may be millions of them.
    if (this.#ofText > 0) this.origins.push(originOf(value));
    this.#ofText = 0;
  }

  /** A release, a record, or a package of them. */
  #document(value: Json): void {
    if (!isObject(value)) throw new DealingsError("not-ocds");
    const { ocid, releases, records, compiledRelease } = value;
    if (isList(records)) for (const record of records) this.#document(record);
    const isCompiled = isObject(compiledRelease);
    if (isCompiled) this.#add(compiledRelease, ocid, "compiled");
    if (isList(releases)) {
      for (const release of releases) {
        if (!isLink(release)) this.#document(release);
        // The compiled release says what the linked ones do.
        else if (!isCompiled) throw new DealingsError("linked-releases");
      }
    }
    if (!isCompiled && !isList(records) && !isList(releases)) this.#add(value, ocid, "release");
  }

  #add(release: Json, ocidOfRecord: Json | undefined, kind: "release" | "compiled"): void {
    const known = knownRelease(release);
    const ocid = known?.ocid ?? ocidOfRecord;
    if (known === null || typeof ocid !== "string" || ocid === "") throw new DealingsError("not-ocds");
    this.#ofText++;
    this.processes.add(cleanLine(ocid, 500), known, kind, this.origins.length);
  }
}

/** What a record has in place of a release that stands elsewhere. */
function isLink(value: Json): boolean {
  return isObject(value) && typeof value.url === "string" && value.ocid === undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function originOf(text: Json): Origin {
  const { publisher, uri } = isObject(text) ? text : {};
  const name = isObject(publisher) ? publisher.name : undefined;
  return {
    publisher: typeof name === "string" ? cleanLine(name, 200) : "",
    url: typeof uri === "string" ? cleanAddress(uri) : null,
  };
}

async function rowsOf(documents: Documents, options: ImportOptions): Promise<ImportResult> {
  const collector = new ImportCollector(options);
  const suppliers = nameFilter(options.suppliers);
  const agencies = nameFilter(options.agencies);
  const rows = new Map<string, ImportedRow>();
  const replaced = new Set<string>();
  let processes = 0;
  for (const { ocid, release, origin } of documents.processes.merged()) {
    if (++processes % ROWS_BREATH === 0) await new Promise((resolve) => setTimeout(resolve));
    const source = sourceOf(ocid, release, documents.origins[origin], options);
    for (const candidate of candidates(ocid, release)) {
      collector.read++;
      for (const name of candidate.suppliers) collector.suppliers.add(name);
      if (!suppliers(candidate.suppliers)) continue;
      if (!agencies([candidate.agency, candidate.office])) continue;
      collector.matched++;
      const row = candidate.make(source, (code) => collector.warn(code));
      if (typeof row === "string") collector.skip(row);
      else if (!collector.tooMany) {
        rows.set(row.id, row);
        if (candidate.replaces !== null) replaced.add(candidate.replaces);
        collector.expect(rows.size);
      }
    }
  }
  return collector.result([...rows.values()], [...replaced]);
}

function sourceOf(
  ocid: string,
  release: KnownObject,
  origin: Origin | undefined,
  { source }: ImportOptions,
): Source | null {
  const url = origin?.url ?? (source === undefined ? null : cleanAddress(source.url));
  if (url === null) return null;
  const publisher = (origin?.publisher ?? "") || cleanLine(source?.publisher ?? "", 200);
  return {
    title: cleanLine(`Contracting process ${ocid}`, 300),
    publisher: publisher || new URL(url).hostname.slice(0, 200),
    day: dayOfText(dateOf(release)),
    url,
    quote: "",
    copy: null,
  };
}
