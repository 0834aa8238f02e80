/**
 * Kept copies in a browser. Hostile files that were brought into the store past all cleaning run nothing, ask for nothing and
 * reach nothing; and what cleaning makes of a page is for Chromium the tree that it is for our parser.
 */
import { cleanHtml } from "@undersigned/clean/html";
import { encodeBase64url, sha256 } from "@undersigned/core";
import { parse, serialize } from "parse5";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAYLOADS } from "../../packages/web/test/reader/hostile-texts.ts";
import { LogBuilder } from "../kit/log-builder.ts";
import { memorySource } from "../kit/public-files.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { type LogSite, startLogSite } from "./kit/log-site.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const hashOf = (bytes: Uint8Array) => encodeBase64url(sha256(bytes));

/** As cleaned pages begin. */
const HEAD = new TextDecoder().decode(cleanHtml(utf8("<!doctype html><p>a")).bytes).split("<title>")[0];
const ATTACK = `<title>t</title>
<script>alert(1); fetch("/stolen"); top.location = "/stolen"; parent.document.title = "taken"</script>
<img src=/stolen onerror=alert(1)><link rel=stylesheet href=/stolen><style>@import "/stolen"; p { background: url(/stolen) }</style>
<iframe src=/stolen></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe><object data=/stolen></object><embed src=/stolen>
<svg onload=alert(1)><use href=/stolen#a /></svg><video src=/stolen autoplay onerror=alert(1)></video>
<form id=f action=/stolen><input name=a></form><body onload="f.submit()"><p>The copied words</p>${PAYLOADS.join("\n")}`;
const PDF =
  "%PDF-1.7\n1 0 obj << /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj\n";

const HOSTILE = {
  "a page that begins as cleaned ones do": utf8(HEAD + ATTACK),
  "a page that does not": utf8(`<!doctype html><html><head>${ATTACK}`),
  "a drawing": utf8(
    `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`,
  ),
  "a page that begins as a PDF": utf8(`${PDF}<html><script>alert(1)</script>`),
  "a page that begins as a picture": utf8(`RIFF    WEBP<html><script>alert(1)</script>`),
  "a script": utf8("alert(1)//"),
} as const;

let site: LogSite;
let browser: Browser;
let address: string;
let files: string;

beforeAll(async () => {
  const log = new LogBuilder({ registrars: 1, quorum: 1 });
  log.addEpoch();
  const { letter } = log.addLetter({
    manifest: (manifest) => {
      const sources = Object.entries(HOSTILE).map(([title, bytes], i) => ({
        ...{ title, publisher: "P", day: null, quote: "Q", url: `https://example.com/${i}` },
        copy: hashOf(bytes),
      }));
      manifest.supplement = { title: "S", claims: [{ id: "c", text: "C", sources }] };
    },
  });
  const held = await log.files();
  for (const bytes of Object.values(HOSTILE)) held.set(`copies/${hashOf(bytes)}`, bytes);
  site = await startLogSite({
    files: memorySource(held),
    workforce: log.workforce,
    employer: log.manifest.employer,
    origin: log.manifest.log.origin,
    day: "2026-03-10",
  });
  files = `${site.origin}/w/${log.workforce}/copies`;
  address = `${site.origin}/w/${log.workforce}/letters/${letter}/copies`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What ran, and what was asked for that no copy may ask for. */
  readonly caught: string[];
}

async function watched(): Promise<Watched> {
  const context = await browser.newContext({ acceptDownloads: false });
  const page = await context.newPage();
  const caught: string[] = [];
  page.on("dialog", (dialog) => {
    caught.push("ran a script");
    void dialog.dismiss();
  });
  context.on("page", () => caught.push("opened a window"));
  const isForeign = (address: string) => {
    const url = new URL(address);
    return url.origin !== site.origin || url.pathname === "/stolen";
  };
  // What a policy stops is seen as asked for, and as stopped for that reason: only what fails on the way has left the browser.
  context.on("response", (response) => {
    if (isForeign(response.url())) caught.push("was answered");
  });
  context.on("requestfailed", (request) => {
    const left = request.failure()?.errorText.startsWith("net::");
    if (isForeign(request.url()) && left !== false) caught.push("asked for something");
  });
  return { context, page, caught };
}

describe("a hostile file that nobody has cleaned", () => {
  it.each(Object.entries(HOSTILE))("%s: runs and asks for nothing on the copy's page", async (_, bytes) => {
    const { context, page, caught } = await watched();
    await page.goto(`${address}/${hashOf(bytes)}`, { waitUntil: "networkidle" });
    await page.getByRole("heading", { name: "A kept copy of a source" }).waitFor();
    expect(page.url()).toBe(`${address}/${hashOf(bytes)}`);
    expect(await page.title()).toContain("A kept copy");
    expect(caught).toEqual([]);
    await context.close();
  });

  it("that is a page shows its words all the same, at an origin of its own", async () => {
    const bytes = HOSTILE["a page that begins as cleaned ones do"];
    const { context, page, caught } = await watched();
    await page.goto(`${address}/${hashOf(bytes)}`, { waitUntil: "networkidle" });
    await page.frameLocator("iframe.copy-frame").getByText("The copied words").waitFor();
    await page.goto(`${address}/${hashOf(bytes)}/page`, { waitUntil: "networkidle" });
    await page.getByText("The copied words").waitFor();
    expect(await page.evaluate(() => self.origin)).toBe("null");
    expect(caught).toEqual([]);
    await context.close();
  });

  it.each(Object.entries(HOSTILE))("%s: is a file to keep at its own address", async (_, bytes) => {
    const { context, page, caught } = await watched();
    const download = page.waitForEvent("download");
    await page.goto(`${files}/${hashOf(bytes)}`).catch(() => null);
    await download;
    expect(page.url()).toBe("about:blank");
    expect(caught).toEqual([]);
    await context.close();
  });
});

describe("a page that was cleaned", () => {
  it("is for Chromium the tree that it is for our parser", async () => {
    const random = new SeededRandom(91);
    const tags =
      "p div h1 ul ol li dl dt dd table caption tbody tr td th blockquote pre figure figcaption a b i em q sub time bdo span ruby rt svg math mtext mglyph style select template noscript form button br hr img body frameset".split(
        " ",
      );
    const pieces = tags.flatMap((tag) => [
      `<${tag} lang=fr href=https://a.test/?b rowspan=2 dir=rtl>`,
      `</${tag}>`,
    ]);
    const others = ["a", " b ", "\n", "&lt;p&gt;", "<!-- c -->", "<![CDATA[d]]>", ...PAYLOADS];
    const pick = (all: readonly string[]) => all[random.below(all.length)] as string;
    const pages = Array.from({ length: 300 }, () => {
      const soup = Array.from({ length: 40 }, () => pick(random.below(3) === 0 ? others : pieces)).join("");
      return new TextDecoder().decode(cleanHtml(utf8(`<!doctype html><p>z${soup}`)).bytes);
    });
    const context = await browser.newContext();
    const page = await context.newPage();
    const seen = await page.evaluate(
      (all) =>
        all.map((text) => new DOMParser().parseFromString(text, "text/html").documentElement.outerHTML),
      pages,
    );
    // Newer browsers write these signs in attributes as entities, too.
    const alike = (text: string) =>
      text.replace(/="[^"]*"/g, (value) => value.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
    const ours = pages.map((text) => serialize(parse(text)).replace("<!DOCTYPE html>", ""));
    expect(seen.map(alike)).toEqual(ours.map(alike));
    await context.close();
  });
});
