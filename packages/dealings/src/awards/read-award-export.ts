/** An award export of the United States federal spending site: CSV, or the zip file with CSV members as it is downloaded. */
import { DealingsError } from "../errors.ts";
import { TextOfBytes } from "../files/decode-text.ts";
import { CsvReader } from "../files/read-csv.ts";
import { type MemberSink, ZipMembers } from "../files/unzip.ts";
import { ImportCollector } from "../import-collector.ts";
import type { ByteSource, ImportOptions, ImportResult, OnProgress } from "../import-result.ts";
import { nameFilter } from "../name-filter.ts";
import { cleanLine } from "../text/clean-line.ts";
import { AwardRows, agencyName } from "./award-rows.ts";
import { type FoundLayout, findLayout } from "./layouts.ts";

const NAME_MOST = 300;
/** Bytes that are read between two breaths: a page stays alive while a file is read. */
const BREATH = 4 * 2 ** 20;
/** However large the pieces are in which a file comes. */
const PIECE = 65_536;

/**
 * Reads a whole export and gives the rows it would become. Returns all that match or throws, DealingsError: `encoding`,
 * `missing-column` (with `column`), `not-an-export`, `unclosed-quote`, `stray-quote`, `uneven-line`, `too-large`, `zip`,
 * `zip-expands`, `cut-off`. Memory does not depend on the size of the file.
 */
export async function readAwardExport(
  source: ByteSource,
  options: ImportOptions = {},
  onProgress?: OnProgress,
): Promise<ImportResult> {
  const collector = new ImportCollector(options);
  const rows = new AwardRows(collector, options);
  const file = new ExportFile(collector, rows, options);
  let bytes = 0;
  let breath = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      file.push(piece);
      bytes += piece.length;
      if (bytes - breath < BREATH) continue;
      breath = bytes;
      onProgress?.(bytes);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  file.end();
  onProgress?.(bytes);
  return collector.result(rows.rows());
}

/** Tells a zip file from CSV by its first bytes. */
class ExportFile {
  readonly #open: (isMember: boolean) => MemberSink;
  #sink: MemberSink | null = null;
  #first: Uint8Array = new Uint8Array(0);
  #exports = 0;

  constructor(collector: ImportCollector, rows: AwardRows, options: ImportOptions) {
    this.#open = (isMember) => new CsvSink(collector, rows, options, isMember, () => this.#exports++);
  }

  push(bytes: Uint8Array): void {
    if (this.#sink !== null) {
      this.#sink.push(bytes);
      return;
    }
    const first = new Uint8Array(this.#first.length + bytes.length);
    first.set(this.#first);
    first.set(bytes, this.#first.length);
    this.#first = first;
    if (first.length >= 4) this.#begin();
  }

  end(): void {
    if (this.#sink === null) this.#begin();
    this.#sink!.end();
    if (this.#exports === 0) throw new DealingsError("not-an-export");
  }

  #begin(): void {
    const [p, k, a, b] = this.#first;
    const isZip = p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
    const isCsv = (name: string) => /(?:^|\/)(?!\._)[^/]*\.csv$/i.test(name);
    this.#sink = isZip
      ? new ZipMembers((name) => (isCsv(name) ? this.#open(true) : null))
      : this.#open(false);
    this.#sink.push(this.#first);
    this.#first = new Uint8Array(0);
  }
}

/** One CSV file. A member that is none of ours (grants, subawards) is passed over; a file of its own is refused. */
class CsvSink implements MemberSink {
  readonly #text = new TextOfBytes();
  readonly #csv: CsvReader;
  #layout: FoundLayout | null = null;
  #passedOver = false;

  constructor(
    collector: ImportCollector,
    rows: AwardRows,
    options: ImportOptions,
    isMember: boolean,
    onExport: () => void,
  ) {
    const suppliers = nameFilter(options.suppliers);
    const agencies = nameFilter(options.agencies);
    this.#csv = new CsvReader({
      header: (names) => {
        this.#layout = findLayout(names);
        if (this.#layout === null) {
          if (!isMember) throw new DealingsError("not-an-export");
          this.#passedOver = true;
          collector.warn("member-passed-over");
          return null;
        }
        onExport();
        return this.#layout.columns;
      },
      record: (record) => {
        const { name: layout, places } = this.#layout!;
        const fields = (name: string) => record[places.get(name) ?? -1] ?? "";
        collector.read++;
        const supplier = cleanLine(fields("supplier"), NAME_MOST);
        if (supplier !== "") collector.suppliers.add(supplier);
        if (!suppliers([supplier, fields("parent"), fields("uei")])) return;
        const agency = agencyName(fields("agency"));
        if (!agencies([agency, fields("subAgency"), fields("office")])) return;
        collector.matched++;
        rows.add(layout, fields, supplier, agency);
      },
    });
  }

  push(bytes: Uint8Array): void {
    if (this.#passedOver) return;
    // One piece of unzipped bytes can be megabytes, which as text are as many again.
    for (let at = 0; at < bytes.length; at += PIECE)
      this.#csv.push(this.#text.push(bytes.subarray(at, at + PIECE)));
  }

  end(): void {
    if (this.#passedOver) return;
    this.#csv.push(this.#text.end());
    this.#csv.end();
  }
}
