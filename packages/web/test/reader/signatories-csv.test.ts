import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editJson } from "../../../../test/kit/public-files.ts";
import { createReleased, readReleased } from "../../src/server/load-released.ts";
import { csvCell, signatoriesCsv } from "../../src/server/signatories-csv.ts";
import { attribute, openedLog, readPage, serverOf, siteOf } from "./kit.ts";

/** As a reader of RFC 4180 takes a file apart. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  for (let match = cell.exec(text); match !== null && match[0] !== ""; match = cell.exec(text)) {
    const [, raw = "", end] = match;
    rows.at(-1)!.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === "\r\n") rows.push([]);
  }
  expect(cell.lastIndex === 0 || cell.lastIndex === text.length).toBe(true);
  return rows.slice(0, -1);
}

describe("a cell", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("https://example.com")'])(
    "that a spreadsheet would run is a text: %j",
    (text) => {
      expect(parseCsv(`${csvCell(text)}\r\n`)).toEqual([[`'${text}`]]);
    },
  );

  test("comes back as it was written, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }), (cells) => {
        const [row] = parseCsv(`${cells.map(csvCell).join(",")}\r\n`);
        expect(row?.map((cell, i) => (cell === `'${cells[i]}` ? cells[i] : cell))).toEqual(cells);
        for (const cell of row ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

/** Named and confirmed-less, by role, anonymous, and one who was vouched for. */
function signed() {
  const opened = openedLog({ vouching: 2 }, { first: 2 });
  const { log, letter } = opened;
  const role = { kind: "role" as const, role: "Engineer", place: "Lagos" };
  const named = { kind: "named" as const, name: '=cmd|"/c"', confirmed: null, role: null, place: null };
  log.addBatch("2026-03-03", [log.endorse(letter, 0), log.endorse(letter, 1, { appearance: role })]);
  log.addBatch("2026-03-05", [log.endorse(letter, 2, { appearance: named }), log.endorse(letter, 3)]);
  return opened;
}

async function visit(
  { log, letter }: ReturnType<typeof signed>,
  path: string,
  more = async (_: Map<string, Uint8Array>) => {},
) {
  const { site, files } = await siteOf(log, "2026-03-10");
  await more(files);
  return await serverOf(site).inject(`/w/${log.workforce}/letters/${letter.letter}${path}`);
}

describe("the file of those who are shown", () => {
  test("says how each is shown, of which class and when they came out, and is linked from the page", async () => {
    const opened = signed();
    const answer = await visit(opened, "/signatories.csv");
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.body.startsWith("\uFEFF")).toBe(true);
    const [header, ...rows] = parseCsv(answer.body.slice(1));
    expect(header).toEqual(["shown", "name", "name confirmed", "role", "place", "class", "came out"]);
    expect(rows.sort()).toEqual([
      ["by name", `'=cmd|"/c"`, "no", "", "", "mailbox", "2026-03-05"],
      ["by role", "", "", "Engineer", "Lagos", "mailbox", "2026-03-03"],
    ]);
    const page = readPage((await visit(opened, "")).body);
    const links = page.tags("a").map((link) => attribute(link, "href"));
    expect(links).toContain(`/w/${opened.log.workforce}/letters/${opened.letter.letter}/signatories.csv`);
    expect(page.text).toContain(
      "A cell that a spreadsheet would take for a formula begins with an apostrophe.",
    );
  });

  test("keeps the day of the signature when somebody changes how they appear", async () => {
    const opened = signed();
    const { log, letter } = opened;
    const other = { kind: "role" as const, role: "Nurse", place: null };
    log.addBatch("2026-03-09", [log.revise(letter, 1, other)]);
    const [, ...rows] = parseCsv((await visit(opened, "/signatories.csv")).body.slice(1));
    expect(rows.find(([, , , role]) => role === "Nurse")?.at(-1)).toBe("2026-03-03");
  });

  test("holds nobody who is hidden", async () => {
    const opened = signed();
    const path = `openings/${opened.letter.letter}/0.json`;
    const answer = await visit(opened, "/signatories.csv", async (files) =>
      editJson(files, path, ({ entries }) => {
        const at = entries.findIndex(
          (entry: { opening: { appearance: { kind: string } } }) => entry.opening.appearance.kind === "named",
        );
        entries[at] = { index: entries[at].index, hidden: { day: "2026-03-06", reason: "slur" } };
      }),
    );
    expect(answer.body).not.toContain("cmd");
    expect(parseCsv(answer.body.slice(1))).toHaveLength(2);
  });

  test("is not there without a number", async () => {
    const { log, letter } = openedLog();
    expect((await visit({ log, letter }, "/signatories.csv")).statusCode).toBe(404);
  });

  test("has a row for whoever is not found in the log, with nothing claimed of them", () => {
    const appearance = { kind: "role" as const, role: "Engineer", place: null };
    const { body } = signatoriesCsv([{ key: "k", appearance }], new Map());
    expect(parseCsv(String(body).slice(1))[1]).toEqual(["by role", "", "", "Engineer", "", "", ""]);
  });
});

test("days and classes are read once for each state of the log, however many ask", async () => {
  let reads = 0;
  const released = createReleased(async (...of) => {
    reads++;
    return await readReleased(...of);
  });
  const { log, letter } = signed();
  const { site } = await siteOf(log, "2026-03-10");
  const source = site.files(log.workforce);
  const ask = () => released(source, log.entries.length, letter.letter);
  await Promise.all([ask(), ask()]);
  await ask();
  expect(reads).toBe(1);
});
