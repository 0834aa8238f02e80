/**
 * Tools that are not ours, of Debian's poppler-utils and qpdf: they say what is in a PDF. In CI they must be there; elsewhere tests
 * that need one that is missing are skipped, and say so.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";

const TOOLS = ["qpdf", "pdftotext", "pdftoppm", "pdfinfo", "pdffonts"] as const;
type Tool = (typeof TOOLS)[number];

const missing = TOOLS.filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);
if (missing.length > 0) {
  const message = `Not there: ${missing.join(", ")}. Install poppler-utils and qpdf.`;
  if (process.env.CI) throw new Error(message);
  process.stderr.write(`${message} Tests that need them are skipped.\n`);
}

/** A test that needs the tools. */
export const withTools = missing.length > 0 ? it.skip : it;

/** What a tool prints; `{}` among the arguments stands for the PDF. Throws where the tool finds fault with it. */
export function ask(
  tool: Tool,
  pdf: Uint8Array,
  args: readonly string[],
  encoding: BufferEncoding = "utf8",
): string {
  const folder = mkdtempSync(join(tmpdir(), "undersigned-pdf-"));
  try {
    const path = join(folder, "made.pdf");
    writeFileSync(path, pdf);
    const run = spawnSync(
      tool,
      args.map((arg) => (arg === "{}" ? path : arg)),
      {
        encoding,
        maxBuffer: 2 ** 28,
        env: { ...process.env, LC_ALL: "C.UTF-8" },
      },
    );
    if (run.status !== 0) throw new Error(`${tool} ended with ${run.status}: ${run.stdout}${run.stderr}`);
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Marks of direction that poppler puts around what runs from right to left. */
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text, as somebody copies or searches it: logical order, a line each. */
export function textOf(pdf: Uint8Array): string {
  return ask("pdftotext", pdf, ["-enc", "UTF-8", "{}", "-"]).replace(MARKS, "").normalize("NFC");
}

/** The text in the order in which it is drawn. */
export function rawTextOf(pdf: Uint8Array): string {
  return ask("pdftotext", pdf, ["-raw", "-enc", "UTF-8", "{}", "-"]).replace(MARKS, "").normalize("NFC");
}

/** All pages as pictures, of 100 points an inch, in a form that is not packed. */
export function picturesOf(pdf: Uint8Array): Buffer {
  return Buffer.from(ask("pdftoppm", pdf, ["-r", "100", "-gray", "{}"], "latin1"), "latin1");
}

export interface Word {
  readonly text: string;
  readonly page: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Each word with its box, in points from the page's upper left corner. */
export function wordsOf(pdf: Uint8Array): Word[] {
  const xml = ask("pdftotext", pdf, ["-enc", "UTF-8", "-bbox", "{}", "-"]);
  let page = 0;
  const words: Word[] = [];
  const pattern =
    /<page |<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g;
  for (const [tag, left, top, right, bottom, text = ""] of xml.matchAll(pattern)) {
    if (tag.startsWith("<page")) page++;
    else {
      words.push({
        text: plain(text).replace(MARKS, ""),
        page,
        left: Number(left),
        right: Number(right),
        top: Number(top),
        bottom: Number(bottom),
      });
    }
  }
  return words;
}

function plain(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** The PDF's objects as JSON (qpdf's form, version 2). */
export function objectsOf(pdf: Uint8Array): Record<string, unknown>[] {
  const { qpdf } = JSON.parse(ask("qpdf", pdf, ["--json=2", "{}"])) as {
    qpdf: [
      unknown,
      Record<string, { value?: Record<string, unknown>; stream?: { dict: Record<string, unknown> } }>,
    ];
  };
  return Object.values(qpdf[1]).map(({ value, stream }) => value ?? stream?.dict ?? {});
}

/** Streams unpacked, so that it can be searched. */
export function unpacked(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "undersigned-pdf-"));
  try {
    writeFileSync(join(folder, "made.pdf"), pdf);
    const run = spawnSync("qpdf", ["--qdf", "--object-streams=disable", "made.pdf", "open.pdf"], {
      cwd: folder,
    });
    if (run.status !== 0) throw new Error(String(run.stderr));
    return readFileSync(join(folder, "open.pdf"), "latin1");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
