/**
 * Reads a large made-up file in a process of its own and says what came of it and how much memory that took:
 * `node measure.ts KIND SIZE`. The file is made while it is read, so that what is measured is the reader.
 */
import { Deflate, Zip, ZipDeflate } from "fflate";
import { DealingsError, type ImportOptions, readAwardExport, readOcds } from "../src/index.ts";
import { ACTION, AWARD } from "./made-up.ts";

const encoder = new TextEncoder();
const PIECE = 65_536;

function* inPieces(texts: Iterable<string>) {
  let held = "";
  for (const text of texts) {
    held += text;
    if (held.length < PIECE) continue;
    yield encoder.encode(held);
    held = "";
  }
  yield encoder.encode(held);
}

/** As the site's: 280 columns, most of them of no use here. */
function* csvLines(records: number, base: Record<string, string>, keys: number) {
  const others = Array.from(
    { length: 260 },
    (_, i) => [`other_${i}`, i % 3 === 0 ? "" : `VALUE ${i}`] as const,
  );
  const all: Record<string, string> = { ...Object.fromEntries(others), ...base };
  const names = Object.keys(all);
  yield `${names.join(",")}\n`;
  const template = names.map((name) => `"${all[name]}"`).join(",");
  for (let i = 0; i < records; i++) {
    yield `${template
      .replace("CONT_AWD_EX0001_9999_-NONE-_-NONE-", `CONT_AWD_${i % keys}`)
      .replace("EXAMPLE WIDGETS INC.", `EXAMPLE ${i % 50_000}, ÉÀ INC.`)}\n`;
  }
}

function release(i: number, filler: string): string {
  return JSON.stringify({
    ocid: `ocds-example-${i}`,
    id: `r${i}`,
    date: "2024-01-01T00:00:00Z",
    tag: ["contract"],
    parties: [
      { id: "s", name: `Example ${i % 1000} Ltd`, roles: ["supplier"], contactPoint: { name: filler } },
    ],
    buyer: { id: "b", name: "Department of Examples" },
    awards: [{ id: "1", title: "Widgets", suppliers: [{ id: "s", name: `Example ${i % 1000} Ltd` }] }],
    contracts: [{ id: "1", awardID: "1", title: "Widgets", value: { amount: 12.5, currency: "USD" } }],
    tender: { id: "t", description: filler },
  });
}

function* package_(releases: number, fillerLength: number) {
  const filler = "words and words ".repeat(fillerLength / 16);
  yield '{"uri":"https://www.example.com/p","version":"1.1","releases":[';
  for (let i = 0; i < releases; i++) yield `${i === 0 ? "" : ","}${release(i, filler)}`;
  yield "]}";
}

function* zipped(texts: Iterable<string>) {
  const out: Uint8Array[] = [];
  const zip = new Zip((_, bytes) => void out.push(bytes));
  const member = new ZipDeflate("Contracts_PrimeAwardSummaries_1.csv", { level: 1 });
  zip.add(member);
  for (const bytes of inPieces(texts)) {
    member.push(bytes, false);
    yield* out.splice(0);
  }
  member.push(new Uint8Array(0), true);
  zip.end();
  yield* out.splice(0);
}

/** A local header, and data that unpack to zeros without end. */
function* bomb(bytes: number) {
  const header = new Uint8Array(30 + 5);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint16(6, 8, true);
  view.setUint16(8, 8, true);
  view.setUint16(26, 5, true);
  header.set(encoder.encode("a.csv"), 30);
  yield header;
  const out: Uint8Array[] = [];
  const deflate = new Deflate({ level: 9 }, (packed) => void out.push(packed));
  const line = encoder.encode(`${Object.keys(AWARD).join(",")}\n`);
  deflate.push(line, false);
  const lines = new Uint8Array(2 ** 20).fill(0x0a);
  for (let at = 0; at < bytes; at += lines.length) {
    deflate.push(lines, false);
    yield* out.splice(0);
  }
}

function* long(begin: string, unit: string, bytes: number, end: string) {
  yield begin;
  const part = unit.repeat(PIECE / unit.length);
  for (let at = 0; at < bytes; at += part.length) yield part;
  yield end;
}

const header = `${Object.keys(AWARD).join(",")}\n`;
const FILES: Record<string, (size: number) => Iterable<Uint8Array>> = {
  awards: (records) => inPieces(csvLines(records, AWARD, 1e9)),
  "one-supplier": (records) => inPieces(csvLines(records, AWARD, 1e9)),
  transactions: (records) => inPieces(csvLines(records, ACTION, 1000)),
  zip: (records) => zipped(csvLines(records, AWARD, 1e9)),
  bomb,
  "long-line": (bytes) => inPieces(long(header, "x", bytes, "\n")),
  "unclosed-quote": (bytes) => inPieces(long(`${header}"`, "x,\n", bytes, "\n")),
  "ocds-releases": (releases) => inPieces(package_(releases, 2048)),
  "ocds-small-releases": (releases) => inPieces(package_(releases, 0)),
  "ocds-one-string": (bytes) => inPieces(long('{"releases":[{"ocid":"', "x", bytes, '"}]}')),
  "ocds-deep": (bytes) => inPieces(long('{"releases":[{"a":', "[", bytes, "")),
  "ocds-many-empty": (bytes) => inPieces(long("", '{"releases":[]}\n', bytes, "")),
};
const OPTIONS: Record<string, ImportOptions> = {
  "one-supplier": { suppliers: ["example 777,"] },
  "ocds-releases": { suppliers: ["example 77 ltd"] },
};

const [kind = "", size = ""] = process.argv.slice(2);
const source = (async function* () {
  yield* FILES[kind]!(Number(size));
})();
const read = kind.startsWith("ocds-") ? readOcds : readAwardExport;
const outcome = await read(source, OPTIONS[kind]).then(
  ({ rows, counts, warnings }) => ({ rows: rows.length, read: counts.read, warnings, entry: rows[0]?.entry }),
  (error: unknown) => {
    if (!(error instanceof DealingsError)) throw error;
    return { code: error.code };
  },
);
process.stdout.write(JSON.stringify({ ...outcome, maxRss: process.resourceUsage().maxRSS * 1024 }));
