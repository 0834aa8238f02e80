/** The company that letters keep: numbers of other boards come from what was recounted, and from nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FollowedLetter, FollowedWorkforce, VerifiedLog } from "@undersigned/core";
import { LANGUAGES } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import { describe, expect, test } from "vitest";
import { ADDRESSES, PAYLOADS } from "./hostile-texts.ts";
import { attribute, openedLog, readPage, serverOf, siteOf, textIn } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

const TODAY = "2026-03-10";
const id = (char: string) => char.repeat(43);

function letterOf(change: Partial<FollowedLetter> = {}): FollowedLetter {
  return {
    letter: id("L"),
    title: "Close the plant safely",
    language: "en",
    organisation: "Sample Industries",
    state: "open",
    opens: "2026-02-01",
    closes: "2026-04-01",
    days: { first: "2026-02-10", last: "2026-03-08" },
    counted: { mailbox: 40, vouched: 2 },
    headcount: null,
    topics: ["Safety"],
    delivered: null,
    answered: false,
    ...change,
  };
}

function workforceOf(
  char: string,
  letters: FollowedLetter[],
  change: Partial<FollowedWorkforce> = {},
  log: Partial<VerifiedLog> = {},
): FollowedWorkforce {
  const verified = { day: TODAY, employer: `Company ${char}`, origin: "o", size: 9, root: id("r"), letters };
  const url = `https://${char.toLowerCase()}.example.org`;
  return { workforce: id(char), url, verified: { ...verified, ...log }, problem: null, ...change };
}

/** A board with a letter that three have signed, and what it follows. */
async function boardThatFollows(followed: (own: string) => FollowedWorkforce[]) {
  const { log, letter } = openedLog({}, { first: 2, title: "Stop the trial" });
  log.addBatch(
    "2026-03-03",
    [0, 1, 2].map((person) => log.endorse(letter, person)),
  );
  const { site } = await siteOf(log, TODAY);
  const workforces = followed(log.workforce);
  const server = serverOf({
    ...site,
    following: async () => ({ type: "following", v: 1, day: TODAY, workforces }),
  });
  const page = async (path = "/elsewhere") => readPage((await server.inject(path)).body);
  return { page, own: `/w/${log.workforce}/letters/${letter.letter}` };
}

const titles = (page: ReturnType<typeof readPage>) => page.classes("card").map((card) => textIn(card));

test("the sum is over own letters and those that were recounted, with the day", async () => {
  const { page } = await boardThatFollows(() => [
    workforceOf("A", [letterOf()]),
    workforceOf("B", [letterOf({ letter: id("M"), counted: { mailbox: 1000, vouched: 7 } })]),
  ]);
  expect((await page()).text).toContain("1,043 signatories at 3 companies, recounted here on 10 March 2026.");
  expect((await page("/de/elsewhere")).text).toContain(
    "1.043 Unterzeichnende in 3 Unternehmen, hier nachgezählt am 10. März 2026.",
  );
});

test("where numbers are of several days, the sum says since when", async () => {
  const { page } = await boardThatFollows(() => [workforceOf("A", [letterOf()], {}, { day: "2026-03-01" })]);
  expect((await page()).text).toContain(
    "43 signatories at 2 companies, recounted here on 1 March 2026 or later.",
  );
});

test("what was never recounted without a problem gives no number, and the problem is named", async () => {
  const { page } = await boardThatFollows(() => [
    workforceOf("A", [], { verified: null, problem: { code: "too-slow", day: "2026-03-09" } }),
    workforceOf("B", [], { verified: null }),
  ]);
  const { text, classes } = await page();
  expect(classes("card")).toHaveLength(1);
  expect(text).not.toContain("companies");
  expect(text).toContain(
    "a.example.org: the last try, on 9 March 2026, found a problem: The server took too long over a file.",
  );
  expect(text).toContain("b.example.org: it was not asked yet.");
});

test("a board that lies keeps its last recounted number with its day, beside the problem", async () => {
  const { page } = await boardThatFollows(() => [
    workforceOf("A", [letterOf()], { problem: { code: "log-forked", day: TODAY } }),
  ]);
  const [card] = titles(await page());
  expect(card).toContain("40 signatories at Company A");
  expect(card).toContain("Recounted here on 10 March 2026.");
  expect(card).toContain("it was forked. What stands here is what was recounted on 10 March 2026.");
});

test("shows each new number, each new problem and each board that is followed no more, with the next request", async () => {
  const now: FollowedWorkforce[] = [workforceOf("A", [letterOf()])];
  const { page } = await boardThatFollows(() => now);
  expect((await page()).text).toContain("43 signatories at 2 companies");
  now[0] = workforceOf("A", [letterOf({ counted: { mailbox: 50, vouched: 0 } })]);
  expect((await page()).text).toContain("53 signatories at 2 companies");
  now[0] = { ...now[0]!, problem: { code: "log-forked", day: TODAY } };
  expect((await page()).text).toContain("it was forked.");
  now.pop();
  const { text, classes } = await page();
  expect(text).not.toContain("Company A");
  expect(classes("card")).toHaveLength(1);
});

test("a workforce of this board is not counted again because it is followed too", async () => {
  const { page } = await boardThatFollows((own) => [
    { ...workforceOf("A", [letterOf({ counted: { mailbox: 9000, vouched: 0 } })]), workforce: own },
  ]);
  const { text, classes } = await page();
  expect(classes("card")).toHaveLength(1);
  expect(text).not.toContain("9,000");
});

test("a letter whose text is not public is in neither the list nor the sum", async () => {
  const { page } = await boardThatFollows(() => [
    workforceOf("A", [letterOf({ title: null, language: null, organisation: null })]),
    workforceOf("B", [letterOf({ letter: id("M") })]),
  ]);
  const { text, classes } = await page();
  expect(classes("card")).toHaveLength(2);
  expect(text).toContain("43 signatories at 2 companies");
});

describe("the filter", () => {
  const three = () => [
    workforceOf("A", [
      letterOf({ delivered: "2026-03-05" }),
      letterOf({
        letter: id("M"),
        title: "Second",
        topics: ["Pay"],
        state: "closed",
        answered: true,
        delivered: TODAY,
      }),
    ]),
    workforceOf("B", [letterOf({ letter: id("N"), title: "Third", state: "too-few", topics: [] })]),
  ];
  test.each([
    ["", 4],
    ["?company=Company+A", 2],
    ["?topic=Pay", 1],
    ["?state=open", 2],
    ["?state=closed", 2],
    ["?state=waiting", 1],
    ["?state=answered", 1],
    ["?company=Company+A&topic=Safety&state=waiting", 1],
    ["?company=Nobody", 0],
    ["?utm_source=x&state=nonsense&page=zero", 4],
  ])("%s leaves %i", async (query, count) => {
    const { page } = await boardThatFollows(three);
    const found = await page(`/elsewhere${query}`);
    expect(found.classes("card")).toHaveLength(count);
    if (count === 0) expect(found.text).toContain("Nothing fits: loosen the filter.");
  });

  test("stays in the page's language and shows what was chosen", async () => {
    const { page } = await boardThatFollows(three);
    const found = await page("/ar/elsewhere?state=answered");
    expect(found.tags("form").map((form) => attribute(form, "action"))).toEqual(["/ar/elsewhere"]);
    const chosen = found.tags("option").filter((option) => attribute(option, "selected") !== undefined);
    expect(chosen.map((option) => attribute(option, "value"))).toContain("answered");
  });
});

test("a long directory has pages, and a page that is not there is the last one", async () => {
  const many = Array.from({ length: 60 }, (_, i) =>
    letterOf({ letter: String(i).padStart(2, "0").padEnd(43, "L"), title: `Letter ${i}` }),
  );
  const { page } = await boardThatFollows(() => [workforceOf("A", many)]);
  const first = await page();
  expect(first.classes("card")).toHaveLength(50);
  expect(first.text).toContain("61 letters, page 1 of 2");
  const next = first.tags("a").find((a) => attribute(a, "rel") === "next");
  for (const path of [`${next && attribute(next, "href")}`, "/elsewhere?page=99"]) {
    const last = await page(path);
    expect(last.classes("card")).toHaveLength(11);
    expect(last.tags("a").some((a) => attribute(a, "rel") === "next")).toBe(false);
  }
});

test("letters lead to where they are and tell nobody where the reader is from", async () => {
  const { page, own } = await boardThatFollows(() => [workforceOf("A", [letterOf()])]);
  const links = (await page("/fr/elsewhere")).tags("a");
  const other = links.find((a) => attribute(a, "href")?.startsWith("https://"));
  expect(other && attribute(other, "href")).toBe(`https://a.example.org/w/${id("A")}/letters/${id("L")}`);
  expect(other && attribute(other, "rel")).toBe("noreferrer noopener");
  expect(links.map((a) => attribute(a, "href"))).toContain(`/fr${own}`);
});

test("the front page leads there where something is followed", async () => {
  const following = await boardThatFollows(() => [workforceOf("A", [letterOf()])]);
  const alone = await boardThatFollows(() => []);
  const leads = async ({ page }: typeof alone) =>
    (await page("/")).tags("a").some((a) => attribute(a, "href") === "/elsewhere");
  expect(await leads(following)).toBe(true);
  expect(await leads(alone)).toBe(false);
});

test("hostile texts of another board stay text", async () => {
  for (const text of [...PAYLOADS.slice(0, 12), ...ADDRESSES.slice(0, 3), "\u202e\u2066gnihton"]) {
    const letter = letterOf({ title: text, organisation: text, topics: [text] });
    const problem = { code: "constructor", day: TODAY };
    const { page } = await boardThatFollows(() => [
      workforceOf("A", [letter], { problem }, { employer: text }),
    ]);
    expect(dangersIn(await page(), { form: true }), text).toEqual([]);
  }
});

test("every problem that following can meet has a sentence in every language", () => {
  const folder = join(import.meta.dirname, "../../../follow/src");
  const union = readFileSync(join(folder, "errors.ts"), "utf8");
  const codes = [...union.matchAll(/^ {2}\| "([a-z-]+)"/gm)].map(([, code]) => code!);
  const engine = readFileSync(join(folder, "following/follow-engine.ts"), "utf8");
  const more = [...engine.matchAll(/"((?:too|recount)-[a-z-]+)"/g)].map(([, code]) => code!);
  // What a mirror's folder, its pages and a link alone can bring about.
  const others = /^(?:folder-|too-many-pages$|link-malformed$)/;
  const met = [...new Set([...codes, ...more])].filter((code) => !others.test(code));
  expect(met.length).toBeGreaterThan(15);
  for (const language of LANGUAGES)
    for (const code of met)
      expect(sayIn(language).known(`ways.problem.${code}`), `${language} ${code}`).not.toBeNull();
});
