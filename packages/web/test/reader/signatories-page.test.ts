import { describe, expect, test } from "vitest";
import { editJson } from "../../../../test/kit/public-files.ts";
import { createTotals, loadShown } from "../../src/server/load-signatories.ts";
import { attribute, openedLog, readPage, serverOf, siteOf, textIn } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

async function signed() {
  const { log, letter } = openedLog({}, { first: 2 });
  const named = (name: string) => ({
    kind: "named" as const,
    name,
    confirmed: null,
    role: null,
    place: null,
  });
  const role = { kind: "role" as const, role: "Engineer", place: null };
  log.addBatch("2026-03-03", [
    log.endorse(letter, 0, { appearance: named("Ada Example") }),
    log.endorse(letter, 1, { appearance: role }),
    log.endorse(letter, 2, { appearance: role }),
    log.endorse(letter, 3),
  ]);
  const made = await siteOf(log, "2026-03-10");
  const server = serverOf(made.site);
  const address = `/w/${log.workforce}/letters/${letter.letter}`;
  const get = async (path: string) => {
    const answer = await server.inject(path);
    return { answer, page: readPage(answer.body) };
  };
  const openings = `openings/${letter.letter}/0.json`;
  return { ...made, address, get, openings, letter: letter.letter };
}

/** As if the letter had two thousand more endorsements, in which page 1 shows one and page 2 is missing. */
function grow(files: Map<string, Uint8Array>, letter: string): void {
  editJson(files, "index.json", ({ letters }) => {
    Object.assign(letters[0], { endorsements: 2004, pages: 3, counted: { mailbox: 2004, vouched: 0 } });
  });
  const page = files.get(`openings/${letter}/0.json`)!;
  files.set(`openings/${letter}/1.json`, page);
  editJson(files, `openings/${letter}/1.json`, (value) => {
    value.page = 1;
    value.entries[0].opening.appearance = {
      kind: "named",
      name: "Bo Example",
      confirmed: null,
      role: "Nurse",
      place: "Lagos",
    };
    value.entries.length = 1;
  });
}

describe("the list of signatories", () => {
  test("has a page for each thousand, counted from 1, with links between them", async () => {
    const { get, address, files, letter } = await signed();
    grow(files, letter);
    const pages = await Promise.all([1, 2, 3, 4].map((page) => get(`${address}/signatories/${page}`)));
    expect(pages.map(({ answer }) => answer.statusCode)).toEqual([200, 200, 200, 404]);
    const rels = pages.slice(0, 3).map(({ page }) =>
      page.tags("a").flatMap((a) => {
        const rel = attribute(a, "rel");
        return rel === undefined ? [] : [`${rel} ${attribute(a, "href")?.split("/").at(-1)}`];
      }),
    );
    expect(rels).toEqual([["next 2"], ["prev 1", "next 3"], ["prev 2"]]);
    expect(pages[0]!.page.tags("bdi").map(textIn)).toContain("Ada Example");
    expect(pages[1]!.page.classes("person").map(textIn)).toContain(
      "Bo Example name given by the signatoryNurse, Lagos",
    );
    expect(pages[2]!.page.text).toContain("Nobody on this page is shown.");
    for (const { page } of pages) expect(dangersIn(page)).toEqual([]);
  });

  test("says how many are anonymous", async () => {
    const { get, address } = await signed();
    const { page } = await get(`${address}/signatories/1`);
    expect(page.text).toContain("4 signatories appear: 1 by name, 2 by role and 1 anonymously.");
    expect(page.text).toContain("1 signatory is anonymous and not listed.");
    expect(page.classes("person").map(textIn)).toEqual([
      "Ada Example name given by the signatory",
      "Engineer × 2",
    ]);
  });

  test("has no page 0, no page that is spelled otherwise and none beyond the last", async () => {
    const { get, address } = await signed();
    for (const page of ["0", "01", "2", "-1", "1e0", "x", "99999999", "1 "]) {
      const { answer } = await get(`${address}/signatories/${encodeURIComponent(page)}`);
      expect(answer.statusCode, page).toBe(404);
    }
  });
});

describe("a person who takes back what is shown", () => {
  test("is gone at the next visit, and stays counted", async () => {
    const { get, address, files, openings } = await signed();
    expect((await get(address)).page.text).toContain("Ada Example");
    editJson(files, openings, (value) => {
      value.entries = value.entries.filter(
        (entry: { opening: { appearance: { kind: string } } }) => entry.opening.appearance.kind !== "named",
      );
    });
    for (const path of [address, `${address}/signatories/1`]) {
      const { page } = await get(path);
      expect(page.html).not.toContain("Ada Example");
    }
    expect(textIn((await get(address)).page.classes("figure")[0]!)).toBe("4 signatories");
  });

  test("is gone from the totals after ten seconds, and once the log has grown", async () => {
    const { site, files, openings, letter } = await signed();
    let now = 0;
    const totals = createTotals(() => now);
    const source = site.files((await site.workforces())[0]!.workforce);
    const row = { letter, pages: 1, counted: { mailbox: 4, vouched: 0 } } as never;
    const before = { named: 1, role: 2, hidden: 0, anonymous: 1 };
    const after = { named: 0, role: 0, hidden: 0, anonymous: 4 };
    expect(await totals.of(source, row, 9)).toEqual(before);
    files.delete(openings);
    now = 9_999;
    expect(await totals.of(source, row, 9)).toEqual(before);
    expect(await totals.of(source, row, 10)).toEqual(after);
    now = 10_000;
    expect(await totals.of(source, row, 9)).toEqual(after);
  });

  test("never makes a page fail, nor does a file that is none", async () => {
    const { get, address, files, openings, site, letter } = await signed();
    for (const file of [null, new TextEncoder().encode("{}"), new Uint8Array()]) {
      if (file === null) files.delete(openings);
      else files.set(openings, file);
      expect((await get(address)).answer.statusCode).toBe(200);
      expect((await get(`${address}/signatories/1`)).answer.statusCode).toBe(200);
      const source = site.files((await site.workforces())[0]!.workforce);
      expect(await loadShown(source, letter, 0)).toEqual({ named: [], byRole: [], hidden: [] });
    }
  });
});
