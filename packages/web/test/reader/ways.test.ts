/** Letters are followed and passed on by files that keep to their formats, whatever their titles hold, and by no way that should not be. */
import { gzipSync } from "node:zlib";
import type { PublicSite } from "@undersigned/board";
import { LANGUAGES } from "@undersigned/messages";
import { EMBED_POLICY } from "@undersigned/share";
import { type CheckedFormat, formatProblems } from "@undersigned/share/check";
import { describe, expect, test } from "vitest";
import type { CountWords } from "../../src/server/ways/count-words.ts";
import { inLanguage, LETTER_WAYS, type LetterWay } from "../../src/shared/addresses.ts";
import { PAYLOADS } from "./hostile-texts.ts";
import { attribute, EMPTY_SITE, openedLog, readPage, serverOf, siteOf } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

const DAY = "2026-03-10";
const FORMATS: Readonly<Partial<Record<LetterWay, CheckedFormat>>> = {
  "feed.atom": "atom",
  "feed.json": "json-feed",
  "dates.ics": "calendar",
  "oembed.json": "oembed",
};

/** Keeps what it was asked to draw. */
function drawn() {
  const asked: CountWords[] = [];
  const draw = (words: CountWords) => {
    asked.push(words);
    return `<svg xmlns="http://www.w3.org/2000/svg"><title>${asked.length}</title></svg>`;
  };
  const pictures = {
    card: async (words: CountWords) => new TextEncoder().encode(draw(words)),
    badge: draw,
  };
  return { asked, pictures };
}

async function signed({ title = "Stop the trial", change = (site: PublicSite) => site } = {}) {
  const { log, letter } = openedLog({}, { first: 2, title });
  log.addBatch(
    "2026-03-03",
    [0, 1, 2].map((person) => log.endorse(letter, person)),
  );
  const { site, files } = await siteOf(log, DAY);
  const { asked, pictures } = drawn();
  const server = serverOf(change(site), { pictures });
  const at = `/w/${log.workforce}/letters/${letter.letter}`;
  const get = async (path: string) => await server.inject(path);
  return { log, letter, at, get, asked, board: log.manifest.board.url, files };
}

describe("a letter's files", () => {
  test("keep to the schemas of their formats, in every language and with any title", async () => {
    for (const title of ["Stop the trial", "أوقفوا التجربة", ...PAYLOADS.slice(0, 6), "]]>&\u{1f600}'\""]) {
      const { at, get } = await signed({ title });
      for (const language of title === "Stop the trial" ? LANGUAGES : (["ar"] as const))
        for (const [way, format] of Object.entries(FORMATS)) {
          const { statusCode, body } = await get(inLanguage(language, `${at}/${way}`));
          expect(statusCode, way).toBe(200);
          expect(formatProblems(format, body), `${way} in ${language} of ${title}`).toEqual([]);
        }
    }
  });

  test("tell what the timeline tells, by addresses of it that are absolute", async () => {
    const { at, get, board } = await signed();
    const { items } = JSON.parse((await get(`${at}/feed.json`)).body);
    expect(items.map(({ title }: { title: string }) => title)).toEqual([
      "The number appears: 3 signatories.",
      "Signing begins.",
    ]);
    for (const { id, url } of items) {
      expect(id).toBe(url);
      expect(id.startsWith(`${board}${at}/timeline#`)).toBe(true);
    }
    const spanish = JSON.parse((await get(`/es${at}/feed.json`)).body);
    expect(spanish.feed_url).toBe(`${board}/es${at}/feed.json`);
    expect(spanish.items[0].url.startsWith(`${board}/es${at}/timeline#`)).toBe(true);
  });

  test("give calendars the days that people wait for", async () => {
    const { at, get } = await signed();
    const { body } = await get(`${at}/dates.ics`);
    expect(body.match(/DTSTART;VALUE=DATE:\d+/g)).toEqual([
      "DTSTART;VALUE=DATE:20260302",
      "DTSTART;VALUE=DATE:20260430",
      "DTSTART;VALUE=DATE:20260430",
    ]);
  });

  test("the embeddable count may be framed by anyone, and is the only one that may", async () => {
    const { at, get } = await signed();
    const embed = await get(`${at}/embed`);
    expect(embed.headers["content-security-policy"]).toBe(EMBED_POLICY);
    expect(embed.headers["x-frame-options"]).toBeUndefined();
    expect(embed.body).not.toContain("<script");
    expect(embed.body).toContain('<span class="n">3</span>');
    for (const path of ["/", at, "/elsewhere", "/who-can-learn-what"]) {
      const { headers } = await get(path);
      expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
      expect(headers["x-frame-options"], path).toBe("DENY");
    }
  });

  test("card and badge are made when first asked for, and again once the number is another", async () => {
    const { at, get, asked, log, letter, files } = await signed();
    for (let i = 0; i < 3; i++) {
      expect((await get(`${at}/card.png`)).headers["content-type"]).toBe("image/png");
      expect((await get(`${at}/badge.svg`)).headers["content-type"]).toBe("image/svg+xml");
    }
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      title: "Stop the trial",
      count: "3",
      unit: "signatories",
      language: "en",
    });
    await get(`/ar${at}/card.png`);
    expect(asked[2]).toMatchObject({ count: "3", language: "ar", direction: "rtl" });
    log.addBatch("2026-03-09", [log.endorse(letter, 3), log.endorse(letter, 4)]);
    for (const [path, bytes] of await log.files()) files.set(path, bytes);
    for (let i = 0; i < 2; i++) expect((await get(`${at}/card.png`)).statusCode).toBe(200);
    expect(asked).toHaveLength(4);
    expect(asked[3]).toMatchObject({ count: "5", language: "en" });
  });

  test("where nothing draws there is neither card nor badge, and no page speaks of them", async () => {
    const { log, letter } = openedLog();
    const { site } = await siteOf(log, DAY);
    const server = serverOf(site);
    const at = `/w/${log.workforce}/letters/${letter.letter}`;
    for (const way of ["card.png", "badge.svg"])
      expect((await server.inject(`${at}/${way}`)).statusCode).toBe(404);
    const { body } = await server.inject(at);
    expect(body).not.toContain("card.png");
    expect(body).not.toContain("badge.svg");
  });

  test("an unlisted letter has none of them, nor has a rehearsal, and their pages lead to none", async () => {
    const { log, letter } = openedLog({}, { public: false });
    const { site } = await siteOf(log, DAY);
    const server = serverOf(site, drawn());
    const unlisted = {
      get: async (path: string) => server.inject(path),
      at: `/w/${log.workforce}/letters/${letter.letter}`,
    };
    const played = await signed({ change: (real) => ({ ...real, isRehearsal: () => true }) });
    for (const { get, at } of [unlisted, played]) {
      for (const way of LETTER_WAYS) expect((await get(`${at}/${way}`)).statusCode, way).toBe(404);
      const { body } = await get(at);
      for (const way of LETTER_WAYS) expect(body).not.toContain(`${at}/${way}`);
      for (const path of ["/sitemap.xml", "/feed.atom", "/feed.json", "/dates.ics"])
        expect((await get(path)).body, path).not.toContain(at);
      expect((await get("/elsewhere")).body).not.toContain(at);
    }
  });
});

describe("a board's files", () => {
  test("keep to the schemas of their formats and name the letter of each event", async () => {
    const { get } = await signed();
    for (const language of LANGUAGES)
      for (const way of ["feed.atom", "feed.json", "dates.ics"] as const) {
        const { body } = await get(inLanguage(language, `/${way}`));
        expect(formatProblems(FORMATS[way]!, body), `${way} in ${language}`).toEqual([]);
        expect(body).toContain("Stop the trial");
      }
  });

  test("the sitemap is well-formed, and each address in it is a page that may be found", async () => {
    const { get, board } = await signed();
    const { body } = await get("/sitemap.xml");
    expect(formatProblems("sitemap", body)).toEqual([]);
    const addresses = [...body.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url!);
    expect(addresses.length).toBeGreaterThan(LANGUAGES.length);
    for (const url of addresses) {
      expect(url.startsWith(board)).toBe(true);
      const { statusCode, body } = await get(url.slice(board.length) || "/");
      expect(statusCode, url).toBe(200);
      expect(body, url).not.toContain('content="noindex"');
    }
    const robots = await get("/robots.txt");
    expect(robots.body).toContain(`Sitemap: ${board}/sitemap.xml`);
    expect((await get("/sitemap/1.xml")).statusCode).toBe(404);
  });

  test("each page of the sitemap is reached by links from the front page", async () => {
    const { get, board } = await signed();
    const reached = new Set(["/"]);
    for (const path of reached) {
      const { headers, body } = await get(path);
      if (!`${headers["content-type"]}`.startsWith("text/html")) continue;
      for (const link of readPage(body).tags("a")) {
        const href = attribute(link, "href") ?? "";
        if (href.startsWith("/")) reached.add(href.replace(/[#?].*$/, ""));
      }
    }
    const listed = [...(await get("/sitemap.xml")).body.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, url]) => url!.slice(board.length) || "/",
    );
    // The directory of boards is led to where others are followed; how a mail is saved, where somebody is asked for one.
    const elsewhere = /^(\/[a-z]{2})?\/(elsewhere|saving-a-mail)$/;
    expect(listed.filter((path) => !reached.has(path) && !elsewhere.test(path))).toEqual([]);
  });

  test("there are none where there is no letter", async () => {
    const server = serverOf(EMPTY_SITE);
    for (const path of ["/feed.atom", "/feed.json", "/dates.ics", "/sitemap.xml"])
      expect((await server.inject(path)).statusCode, path).toBe(404);
    expect((await server.inject("/robots.txt")).body).not.toContain("Sitemap");
    expect((await server.inject("/")).body).not.toContain("feed.atom");
  });
});

describe("a page's head and text", () => {
  test("lead to feeds and say to programs what the letter is, by absolute addresses", async () => {
    const { at, get, board } = await signed();
    const page = readPage((await get(`/fr${at}`)).body);
    const links = page.tags("link").map((link) => [attribute(link, "type"), attribute(link, "href")]);
    expect(links).toContainEqual(["application/atom+xml", `/fr${at}/feed.atom`]);
    expect(links).toContainEqual(["application/feed+json", `/fr${at}/feed.json`]);
    expect(links).toContainEqual(["application/json+oembed", `/fr${at}/oembed.json`]);
    const metas = new Map(
      page
        .tags("meta")
        .map((meta) => [
          attribute(meta, "property") ?? attribute(meta, "name") ?? attribute(meta, "itemprop"),
          attribute(meta, "content"),
        ]),
    );
    expect(metas.get("og:url")).toBe(`${board}/fr${at}`);
    expect(metas.get("og:image")).toBe(`${board}/fr${at}/card.png`);
    expect(metas.get("twitter:card")).toBe("summary_large_image");
    expect(metas.get("inLanguage")).toBe("en");
    expect(metas.get("dateCreated")).toBe("2026-03-02");
    expect(metas.get("userInteractionCount")).toBe("3");
    expect(page.html).toContain('itemprop="headline"');
  });

  test("every link of the section leads to something", async () => {
    const { at, get } = await signed();
    for (const language of ["en", "ar"] as const) {
      const page = readPage((await get(inLanguage(language, at))).body);
      const own = page.tags("a").map((a) => attribute(a, "href") ?? "");
      for (const way of ["feed.atom", "feed.json", "dates.ics", "card.png", "badge.svg", "qr.svg"]) {
        const address = inLanguage(language, `${at}/${way}`);
        expect(own).toContain(address);
        expect((await get(address)).statusCode, address).toBe(200);
      }
    }
  });

  test("hostile titles stay text, and pages stay small", async () => {
    for (const title of [...PAYLOADS.slice(0, 8), `"'><script>alert(1)</script>`]) {
      const { at, get } = await signed({ title });
      for (const path of [at, "/", "/elsewhere"]) {
        const { body } = await get(path);
        expect(dangersIn(readPage(body), { form: path === "/elsewhere" }), `${path} ${title}`).toEqual([]);
      }
      const embed = readPage((await get(`${at}/embed`)).body);
      expect(embed.all.map(({ tagName }) => tagName)).not.toContain("script");
    }
    const { at, get } = await signed();
    for (const path of [at, "/", "/elsewhere", `/ar${at}`])
      expect(gzipSync((await get(path)).body).length, path).toBeLessThan(30_000);
  });
});
