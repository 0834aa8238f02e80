import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { PARTS } from "../../src/shared/parts.ts";
import {
  attribute,
  EMPTY_SITE,
  EXISTING_MAIL,
  LogBuilder,
  openedLog,
  readPage,
  serverOf,
  siteOf,
  textIn,
} from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

async function open(log: LogBuilder | null, path: string, day = "2026-03-10") {
  const server = serverOf(log === null ? EMPTY_SITE : (await siteOf(log, day)).site);
  const answer = await server.inject(path);
  return { answer, page: readPage(answer.body) };
}

const COMMANDS = [
  "registrar init",
  "opener-key",
  "workforce new",
  "registrar sign-manifest",
  "board add-workforce",
  "registrar open-epoch",
  "board open-epoch",
  "letter draft",
  "letter publish",
];

describe("the front page", () => {
  test("lists letters with number and state, the newest first", async () => {
    const { log, letter } = openedLog({}, { title: "First", first: 2 });
    log.addBatch("2026-03-03", [log.endorse(letter, 0), log.endorse(letter, 1)]);
    log.addLetter({ title: "Second", first: 100 });
    const { page } = await open(log, "/");
    expect(page.classes("card").map(textIn)).toEqual([
      "SecondOpen A number appears when 100 have signed.",
      "FirstOpen 2 signatories",
    ]);
    expect(dangersIn(page)).toEqual([]);
  });

  test("of a board without a workforce says step by step what to do", async () => {
    const { page } = await open(null, "/");
    const commands = page.tags("pre").map(textIn).join("\n");
    const places = COMMANDS.map((command) => commands.indexOf(`undersigned ${command} `));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(dangersIn(page)).toEqual([]);
  });

  test("of a workforce without epoch or letter says the next step, ready to copy", async () => {
    const log = new LogBuilder({ registrars: 1, quorum: 1 });
    const to = `--board https://board.example.com --workforce ${log.workforce}`;
    const noEpoch = (await open(log, "/")).page.tags("pre").map(textIn).join("\n");
    expect(noEpoch).toContain(`undersigned board open-epoch statement.json ${to}`);
    expect(noEpoch).not.toContain("workforce new");
    log.addEpoch();
    const noLetter = (await open(log, "/")).page.tags("pre").map(textIn).join("\n");
    expect(noLetter).toContain(`undersigned letter publish letter.json --opener-key keys/opener.age ${to}`);
    expect(noLetter).not.toContain("open-epoch");
  });
});

describe("pages with script", () => {
  test("sign at the registrars and nowhere else, kept by nobody and out of search engines", async () => {
    const { log, letter } = openedLog({ registrars: 3, quorum: 2 });
    const { page, answer } = await open(log, `/w/${log.workforce}/letters/${letter.letter}/sign`);
    const policy = String(answer.headers["content-security-policy"]).split("; ");
    expect(policy).toContain(
      "connect-src 'self' https://registrar-1.example.com https://registrar-2.example.com https://registrar-3.example.com",
    );
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(page.html).toContain('<meta name="robots" content="noindex"');
    expect(attribute(page.classes("leave")[0]!, "href")).toBe("/left");
  });

  test.each(["sign", "recount"])(
    "say in %s what goes on while they load, and what to do without script",
    async (name) => {
      const { log, letter } = openedLog();
      const { page } = await open(log, `/w/${log.workforce}/letters/${letter.letter}/${name}`);
      const island = page.all.find((element) => attribute(element, "id") === "island")!;
      expect(attribute(island, "data-workforce")).toBe(log.workforce);
      expect(attribute(island, "data-letter")).toBe(letter.letter);
      expect(textIn(island)).toMatch(/^One moment/);
      expect(textIn(page.tags("noscript")[0]!)).toContain("npx undersigned");
      expect(page.tags("script").map((script) => attribute(script, "src"))).toEqual([
        `/assets/say-${name}.js`,
        `/assets/${name}.js`,
      ]);
      expect(page.tags("h1")).toHaveLength(1);
    },
  );

  test("organise at this board alone, kept by nobody, out of search engines, and with each part's hash", async () => {
    const { answer, page } = await open(null, "/desk");
    const policy = String(answer.headers["content-security-policy"]).split("; ");
    for (const rule of ["connect-src 'self'", "script-src 'self'", "require-trusted-types-for 'script'"]) {
      expect(policy).toContain(rule);
    }
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(page.html).toContain('<meta name="robots" content="noindex"');
    expect(page.html).toContain('<meta name="referrer" content="no-referrer"');
    const island = page.all.find((element) => attribute(element, "id") === "island")!;
    for (const part of PARTS.desk) {
      expect(attribute(island, `data-part-${part}`), part).toMatch(/^(?:\/assets\/\S+ sha256-\S+ ?)+$/);
    }
    expect(attribute(island, "data-part-signing")).toBeUndefined();
    expect(textIn(page.tags("noscript")[0]!)).toContain("undersigned");
  });

  test("recount from this log alone", async () => {
    const { log, letter } = openedLog();
    for (const path of [`/w/${log.workforce}/letters/${letter.letter}/recount`, "/recount"]) {
      const { answer, page } = await open(log, path);
      expect(String(answer.headers["content-security-policy"]).split("; ")).toContain("connect-src 'self'");
      expect(page.html).not.toContain("robots");
    }
  });
});

test("who can learn what is the threat model's tables, with headings for columns and rows", async () => {
  const { page, answer } = await open(null, "/who-can-learn-what");
  expect(answer.statusCode).toBe(200);
  expect(dangersIn(page)).toEqual([]);
  expect(page.tags("th").map(textIn)).toEqual(
    expect.arrayContaining(["learns", "does not learn", "registrar", "board"]),
  );
  expect(page.tags("h2").map(textIn)).toEqual(["What cannot be promised", "What is promised"]);
  for (const th of page.tags("th")) expect(["col", "row"]).toContain(attribute(th, "scope"));
});

test("who can learn what leads on to how a mail is saved", async () => {
  const { page } = await open(null, "/who-can-learn-what");
  expect(page.tags("a").map((a) => attribute(a, "href"))).toContain("/saving-a-mail");
});

describe("how a mail is saved", () => {
  const path = "/saving-a-mail";

  test("is a page to read, light enough for a phone", async () => {
    const { page, answer } = await open(null, path);
    expect(answer.statusCode).toBe(200);
    expect(dangersIn(page)).toEqual([]);
    expect(gzipSync(answer.body).length).toBeLessThan(6_000);
    expect(attribute(page.classes("leave")[0]!, "href")).toBe("/left");
  });

  test("is told for each program under an address of its own, in steps or with what to do instead", async () => {
    const { page } = await open(null, path);
    const ways = page.tags("h3").map((heading) => attribute(heading, "id"));
    expect(ways).toEqual([
      "gmail",
      "outlook-web",
      "roundcube",
      "outlook-classic",
      "outlook-mac",
      "apple-mail",
      "thunderbird",
      "phone",
    ]);
    const inner = page.tags("a").flatMap((a) => /^#(.+)/.exec(attribute(a, "href") ?? "")?.[1] ?? []);
    for (const id of inner) expect(["main", ...ways]).toContain(id);
    expect(page.tags("ol")).toHaveLength(ways.length - 1);
  });

  test("comes after what can go wrong: the company's device, forwarding, and files that do not hold the mail", async () => {
    const { page } = await open(null, path);
    const [warning] = page.classes("warning");
    expect(textIn(warning!)).toMatch(/^Use a device of your own\./);
    expect(textIn(page.classes("bad")[0]!)).toMatch(
      /^Never forward the mail, neither to yourself nor to us\./,
    );
    expect(page.html.indexOf("Never forward")).toBeLessThan(page.html.indexOf('id="gmail"'));
    expect(page.text).toContain("which does not hold the mail as it was sent");
  });

  test("is linked where one signs without script, if such mails are accepted", async () => {
    const link = async (existing: boolean) => {
      const { log, letter } = openedLog({ manifest: (m) => existing && Object.assign(m, EXISTING_MAIL) });
      const { page } = await open(log, `/w/${log.workforce}/letters/${letter.letter}/sign`);
      return page.tags("a").some((a) => attribute(a, "href") === path);
    };
    expect(await link(true)).toBe(true);
    expect(await link(false)).toBe(false);
  });
});

test("the page that one leaves to says nothing of this site, clears it and fetches nothing", async () => {
  const { page, answer } = await open(null, "/left");
  expect(answer.headers["clear-site-data"]).toBe('"cache"');
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.body).not.toMatch(/undersigned|letter|sign/i);
  expect(page.all.filter(({ tagName }) => ["a", "link", "script", "img"].includes(tagName))).toEqual([]);
  expect(page.text).toBe("You can close this page.");
});

test("where nothing is, a page says so", async () => {
  const { log, letter } = openedLog();
  const other = "x".repeat(43);
  const paths = [
    `/w/${log.workforce}/letters/${other}`,
    `/w/${log.workforce}/letters/${other}/sign`,
    `/w/${log.workforce}/letters/${other}/recount`,
    `/w/${log.workforce}/letters/${other}/signatories/1`,
    `/w/${other}/letters/${letter.letter}`,
    `/w/${log.workforce}/letters/${letter.letter}/elsewhere`,
    `/w/${log.workforce}/letters/${letter.letter}/signatories`,
    `/w/${log.workforce}/letters/`,
    `/w/%3Cscript%3E/letters/%22x`,
    `/w/${log.workforce}/letters/..%2f..%2findex.json`,
  ];
  for (const path of paths) {
    const { answer, page } = await open(log, path);
    expect(answer.statusCode, path).toBe(404);
    expect(answer.headers["content-type"], path).toContain("text/html");
    expect(answer.headers["cache-control"], path).toBe("no-store");
    expect(page.tags("h1").map(textIn), path).toEqual(["There is nothing at this address"]);
    expect(dangersIn(page), path).toEqual([]);
  }
});

test("no page but that for signing asks search engines to stay away", async () => {
  const { log, letter } = openedLog();
  for (const path of [
    "/",
    "/recount",
    "/who-can-learn-what",
    "/saving-a-mail",
    `/w/${log.workforce}/letters/${letter.letter}`,
  ]) {
    expect((await open(log, path)).page.html, path).not.toContain("noindex");
  }
});

test("pages and files come as gzip to those who take it, the same for everyone", async () => {
  const { log, letter } = openedLog();
  const server = serverOf((await siteOf(log, "2026-03-10")).site);
  const address = `/w/${log.workforce}/letters/${letter.letter}`;
  const style = /href="(\/assets\/[^"]+\.css)"/.exec((await server.inject(address)).body)?.[1] ?? "";
  for (const url of [
    "/",
    address,
    `${address}/sign`,
    "/who-can-learn-what",
    "/saving-a-mail",
    "/recount",
    style,
  ]) {
    const plain = await server.inject(url);
    const packed = await server.inject({ url, headers: { "accept-encoding": "gzip" } });
    expect(plain.headers).not.toHaveProperty("content-encoding");
    expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
    expect(packed.headers["content-security-policy"]).toBe(plain.headers["content-security-policy"]);
  }
});
