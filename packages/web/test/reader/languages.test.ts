/** Every page for readers in every language: what it says of its language, and that no English sentence is left in it. */
import { type ChronicleEntry, encodeBase64url, type FollowedWorkforce, sha256 } from "@undersigned/core";
import { isLanguage, LANGUAGES, type Language, MANNERS } from "@undersigned/messages";
import { readCatalogue, sayIn } from "@undersigned/messages/node";
import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { beforeAll, describe, expect, test } from "vitest";
import {
  answerByMail,
  changeDealings,
  DEALING,
  deliver,
  enterChronicle,
  enterStatement,
  judge,
  SOURCE as PRESS,
  withhold,
} from "../../../../test/kit/further-leaves.ts";
import { firstPage } from "../../src/server/pages/front-page.tsx";
import { inLanguage } from "../../src/shared/addresses.ts";
import {
  attribute,
  EMPTY_SITE,
  EXISTING_MAIL,
  FRAME,
  type LogBuilder,
  openedLog,
  type Page,
  pageOf,
  readPage,
  serverOf,
  siteOf,
} from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

const COPY = new TextEncoder().encode("A kept text.\n");
const COPY_HASH = encodeBase64url(sha256(COPY));
const STOP = { id: "stop", title: "Stop the trial", text: "Stop it.", met: "It is stopped." };
const SOURCE = {
  title: "A source",
  publisher: "A paper",
  day: "2026-01-05",
  url: "https://example.com/source",
  quote: "They did.",
  copy: COPY_HASH,
};

/** What organisers tell: every kind of entry, one that was corrected, one taken back, one withheld. */
function tellAll(log: LogBuilder, letter: string): void {
  const by = log.organisers.slice(0, 2);
  const enter = (entry: ChronicleEntry, replaces: string | null = null) =>
    enterChronicle(log, letter, {
      day: "2026-05-10",
      by,
      edit: (record) => Object.assign(record, { on: "2026-05-08", entry, replaces }),
    }).record;
  const report = enter({ kind: "report", text: "All signed.", source: PRESS });
  enter({ kind: "report", text: "Some signed.", source: PRESS }, report);
  enter({ kind: "statement", text: "A union agrees.", source: PRESS });
  const figure = { kind: "figure", what: "Staff", value: "1200", unit: "people", source: PRESS } as const;
  enter({ ...figure, unit: null });
  enter({ kind: "removal", reason: "It was another office." }, enter(figure));
  enter({
    kind: "elsewhere",
    title: "Stop it too",
    organisation: "Sample Works",
    source: PRESS,
    follows: null,
  });
  enter({ kind: "mirror", url: "https://mirror.example.com/letters" });
  enter({ kind: "topics", topics: ["Safety"] });
  enter({
    kind: "translation",
    language: "it",
    title: "Fermate il vecchio modo",
    body: "Chiediamo di fermare.",
    demands: [{ id: "stop", title: "Fermare", text: "Si fermi.", met: "Si è fermato." }],
    supplement: { title: "Quello che si sa", claims: [{ id: "c", text: "È così." }] },
  });
  withhold(log, enter({ kind: "remark", text: "The trial goes on.", source: null }), "2026-05-11");
}

/** Other boards: letters in every state, and a problem of every code. */
function otherBoards(): FollowedWorkforce[] {
  const id = (n: number) => encodeBase64url(sha256(new Uint8Array([n])));
  const letter = {
    letter: id(200),
    title: "Stop it there",
    language: "en",
    organisation: "Sample Industries",
    state: "open" as const,
    opens: "2026-02-01",
    closes: "2026-06-01",
    days: { first: "2026-02-10", last: "2026-05-08" },
    counted: { mailbox: 40, vouched: 2 },
    headcount: { number: 1200, source: "Report", day: "2026-01-01" },
    topics: ["Safety"],
    delivered: null,
    answered: false,
  };
  const letters = [
    letter,
    { ...letter, letter: id(201), state: "closed" as const, delivered: "2026-05-02", answered: true },
    { ...letter, letter: id(202), state: "too-few" as const, days: null, headcount: null },
    { ...letter, letter: id(203), days: null, topics: [] },
  ].sort((a, b) => (a.letter < b.letter ? -1 : 1));
  const verified = {
    day: "2026-05-11",
    employer: "Sample Works",
    origin: "o",
    size: 9,
    root: id(204),
    letters,
  };
  const codes = Object.keys(readCatalogue("ways", "en")).flatMap(
    (key) => /^ways\.problem\.(.+)/.exec(key)?.[1] ?? [],
  );
  const problem = (code: string) => ({ code, day: "2026-05-11" });
  return [
    { verified, problem: null },
    { verified: { ...verified, letters: [{ ...letter, letter: id(205) }] }, problem: problem("log-forked") },
    { verified: null, problem: null },
    ...[...codes, "leaf-changed"].map((code) => ({ verified: null, problem: problem(code) })),
  ].map((of, n) => ({ workforce: id(n), url: `https://b${n}.example.org`, ...of }));
}

/**
 * A letter with all that can become of one, one that replaces it, one that too few have signed and one that is closed early, and
 * one whose text is not public.
 */
async function fullSite() {
  const { log, letter } = openedLog(
    {
      vouching: 2,
      manifest: (text) => {
        text.existingMail = EXISTING_MAIL.existingMail;
        text.evidence = [...EXISTING_MAIL.evidence, { kind: "vouch", class: "vouched" }];
      },
    },
    {
      title: "Stop the old way",
      first: 2,
      manifest: (text) => {
        text.demands = [STOP];
        text.addressee = { ...text.addressee, mailbox: "answers@example.com" };
        text.supplement = {
          title: "What is known",
          claims: [{ id: "c", text: "It is so.", sources: [SOURCE] }],
        };
      },
    },
  );
  const role = { kind: "role" as const, role: "Engineer", place: "Lisbon" };
  const named = {
    kind: "named" as const,
    name: "Ada Example",
    confirmed: null,
    role: "Engineer",
    place: null,
  };
  log.addBatch("2026-03-05", [
    log.endorse(letter, 0, { appearance: role }),
    log.endorse(letter, 1, { appearance: named }),
    log.endorse(letter, 2),
  ]);
  const newer = log.addLetter({
    title: "Stop the new way",
    first: 100,
    manifest: (text) => {
      text.demands = [{ ...STOP, text: "Stop it now." }];
      text.replaces = letter.letter;
    },
  });
  const secret = log.addLetter({ title: "Not public", first: 100 });
  const few = log.addLetter({ title: "Stop the small way", first: 100 });
  const by = log.organisers;
  log.closeEarly(newer, "2026-03-09", "2026-04-20", { by });
  log.close(letter, "2026-05-01");
  log.close(few, "2026-05-01");
  const one = by.slice(0, 1);
  deliver(log, letter.letter, { day: "2026-05-02", by: one });
  answerByMail(log, letter.letter, { day: "2026-05-06" });
  enterStatement(log, letter.letter, { day: "2026-05-07", by: one });
  judge(log, letter.letter, { day: "2026-05-09", by });
  changeDealings(log, letter.letter, {
    day: "2026-05-09",
    by: one,
    edit: (record) => {
      const value = { amount: "1234567.50", currency: "USD", kind: "current" } as const;
      record.changes = [{ row: "own:a", entry: { ...DEALING, value, status: "confirmed" } }];
    },
  });
  tellAll(log, letter.letter);
  const { site, files } = await siteOf(log, "2026-05-12");
  files.set(`copies/${COPY_HASH}`, COPY);
  files.delete(`manifests/${secret.letter}.json`);
  const at = (id: string) => `/w/${log.workforce}/letters/${id}`;
  const own = at(letter.letter);
  const paths = [
    ...["/", "/who-can-learn-what", "/recount", "/saving-a-mail", "/desk", "/left", `${own}/nowhere`],
    ...["/elsewhere", "/timeline", `${own}/timeline`, `${own}/translations/it`],
    ...["", "/sign", "/recount", "/signatories/1", "/register", "/register/own:a"].map((more) => own + more),
    ...[`${own}/copies/${COPY_HASH}`, at(newer.letter), `${at(newer.letter)}/changes`, at(few.letter)],
    ...["", "/sign", "/recount", "/signatories/1", "/timeline"].map((more) => at(secret.letter) + more),
  ];
  const following = { type: "following", v: 1, day: "2026-05-12", workforces: otherBoards() } as const;
  const whole = { ...site, following: async () => following };
  return { server: serverOf(whole), rehearsal: serverOf({ ...whole, isRehearsal: () => true }), paths };
}

let full: Awaited<ReturnType<typeof fullSite>>;
beforeAll(async () => {
  full = await fullSite();
});

const empty = serverOf(EMPTY_SITE);

async function open(path: string, server = full.server) {
  const answer = await server.inject(path);
  expect(String(answer.headers["content-type"]), path).toContain("text/html");
  return { answer, page: readPage(answer.body) };
}

/** Other people's words, code, and what is marked as English of its own. */
const NOT_OURS = new Set(["bdi", "code", "pre", "cite", "blockquote", "b"]);
const SAID = ["title", "aria-label", "alt", "data-label", "placeholder"];

/** What the page says in words of ours, with attributes that are read out or shown. */
function sayingsOf(page: Page): string[] {
  const said: string[] = [];
  const walk = (node: Tree.Node, language: string) => {
    if ("value" in node) said.push(node.value.replace(/\s+/g, " ").trim());
    if (!("childNodes" in node)) return;
    if ("tagName" in node) {
      const own = attribute(node, "lang") ?? language;
      if (own !== language || NOT_OURS.has(node.tagName) || attribute(node, "class") === "lines") return;
      for (const name of SAID) said.push(attribute(node, name) ?? "");
    }
    for (const child of node.childNodes) walk(child, language);
  };
  const [html] = page.tags("html");
  for (const child of html?.childNodes ?? []) walk(child, attribute(html!, "lang") ?? "");
  return said.filter((text) => /\p{L}{2}/u.test(text));
}

/** Said alike in English: names, and words that two languages share. Whole texts, so no sentence can hide here. */
const NAMES = [
  "Atom",
  ...["Undersigned", "CSV", "JSON", "(PDF).", "Roundcube", "Thunderbird", "Gmail", "Outlook"],
  // Of the letters: in the title of the window, and among the choices of a form.
  ...["Stop the old way", "Stop the new way", "Stop the small way", "Fermate il vecchio modo"],
  ...["Department of Examples", "Example Works", "Sample Works", "Safety"],
];
const ALIKE: Readonly<Record<Exclude<Language, "en">, readonly string[]>> = {
  es: NAMES,
  fr: [...NAMES, "Sources", "Index", "Dates", ", version 1", ", page 1", "1 source"],
  de: [...NAMES, "Text", ", in Chrome"],
  ar: NAMES,
  zh: [...NAMES, "Outlook for Mac"],
};

describe.each(LANGUAGES.filter((language) => language !== "en"))("in %s", (language) => {
  const leftIn = (page: Page, english: Page) => {
    const there = new Set(sayingsOf(english));
    const said = sayingsOf(page);
    expect(said.length).toBeGreaterThan(0);
    return said.filter((text) => there.has(text) && !ALIKE[language].includes(text));
  };
  const leftOf = async (paths: readonly string[], server = full.server) => {
    const left = new Set<string>();
    for (const path of paths) {
      const english = (await open(path, server)).page;
      for (const text of leftIn((await open(inLanguage(language, path), server)).page, english))
        left.add(text);
    }
    return [...left];
  };

  test("no page says anything in English", async () => {
    expect(await leftOf(full.paths)).toEqual([]);
  });

  test("nor do a rehearsal's pages", async () => {
    const paths = ["/", ...full.paths.filter((path) => path.startsWith("/w/")).slice(0, 6)];
    expect(await leftOf(paths, full.rehearsal)).toEqual([]);
    const { page } = await open(inLanguage(language, paths.at(-1)!), full.rehearsal);
    expect(page.classes("rehearsal")).toHaveLength(1);
  });

  test("nor do the steps for organisers and operators on an empty board, and where there is none yet", async () => {
    expect(await leftOf(["/"], empty)).toEqual([]);
    const first = (say: Language) => pageOf(firstPage({ ...FRAME, say: sayIn(say) }, "data"));
    expect(leftIn(first(language), first("en"))).toEqual([]);
  });

  test("only a letter, a document and names of languages are marked as being in another", async () => {
    for (const path of full.paths) {
      const { page } = await open(inLanguage(language, path));
      const marked = page.all.filter((element) => attribute(element, "lang") === "en");
      const odd = marked.filter((element) => {
        const cls = attribute(element, "class") ?? "";
        if (element.tagName === "article" && cls === "letter") return false;
        if (["document", "changed"].includes(cls) || element.tagName === "bdi") return false;
        if (element.tagName === "section" && path === "/who-can-learn-what") return false;
        return attribute(element, "hreflang") !== "en";
      });
      expect(
        odd.map(({ tagName }) => tagName),
        path,
      ).toEqual([]);
    }
  });

  test("every page leads to pages in the same language", async () => {
    const pages = new Set(full.paths.map((path) => path.split("#")[0]));
    for (const path of full.paths) {
      const { page } = await open(inLanguage(language, path));
      const links = [...page.tags("a"), ...page.tags("form")].filter(
        (link) => attribute(link, "hreflang") === undefined,
      );
      const to = links.map(
        (link) => (attribute(link, "href") ?? attribute(link, "action") ?? "").split(/[?#]/)[0],
      );
      expect(
        to.filter((address) => pages.has(address)),
        path,
      ).toEqual([]);
    }
  });
});

test.each(LANGUAGES)(
  "every page in %s says its language and direction, and is as safe as in English",
  async (language) => {
    for (const path of full.paths) {
      const { page, answer } = await open(inLanguage(language, path));
      const [html] = page.tags("html");
      expect(attribute(html!, "lang"), path).toBe(language);
      // The page that leaves nothing behind says what it must.
      expect(attribute(html!, "dir"), path).toBe(MANNERS[language].direction);
      expect(answer.statusCode, path).toBe(path.endsWith("/nowhere") ? 404 : 200);
      const dangers = dangersIn(page);
      const english = dangersIn((await open(path)).page);
      expect(dangers, path).toEqual(english);
    }
  },
);

test("pages name themselves in all languages, and those that search engines leave out in none", async () => {
  for (const path of full.paths) {
    const { page } = await open(inLanguage("ar", path));
    const links = page.tags("link").filter((link) => attribute(link, "rel") === "alternate");
    const named = links.filter((link) => isLanguage(attribute(link, "hreflang") ?? ""));
    const noindex = page.tags("meta").some((meta) => attribute(meta, "content") === "noindex");
    const none = noindex || path.endsWith("/nowhere") || path === "/left";
    expect(named.map((link) => attribute(link, "href")).slice(0, 6), path).toEqual(
      none ? [] : LANGUAGES.map((other) => inLanguage(other, encodeURI(path).replace("own:", "own%3A"))),
    );
  }
});

test("numbers and days in Arabic are written with the digits of the files and commands", async () => {
  for (const path of full.paths) {
    const { page } = await open(inLanguage("ar", path));
    expect(page.text, path).not.toMatch(/[\u0660-\u0669\u06F0-\u06F9]/);
  }
});
