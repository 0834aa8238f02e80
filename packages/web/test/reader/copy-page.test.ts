/** A kept copy has a page of its own, whatever its bytes are; where they are no page by their beginning, none is served. */
import { cleanFile } from "@undersigned/clean";
import { encodeBase64url, sha256 } from "@undersigned/core";
import { describe, expect, test } from "vitest";
import { PAYLOADS } from "./hostile-texts.ts";
import { attribute, openedLog, readPage, serverOf, siteOf } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const hashOf = (bytes: Uint8Array) => encodeBase64url(sha256(bytes));

/** A letter with a source for each copy, on a site that has them. */
async function siteWith(...copies: readonly Uint8Array[]) {
  const { log, letter } = openedLog(
    {},
    {
      manifest: (manifest) => {
        const sources = copies.map((bytes, i) => ({
          ...{ title: `Source ${i}`, publisher: "P", day: null, quote: "Q" },
          url: `https://example.com/${i}`,
          copy: hashOf(bytes),
        }));
        manifest.supplement = { title: "S", claims: [{ id: "c", text: "C", sources }] };
      },
    },
  );
  const { site, files } = await siteOf(log, "2026-03-10");
  for (const bytes of copies) files.set(`copies/${hashOf(bytes)}`, bytes);
  const server = serverOf(site);
  const address = `/w/${log.workforce}/letters/${letter.letter}`;
  return {
    files,
    letter: () => server.inject(address),
    page: (bytes: Uint8Array) => server.inject(`${address}/copies/${hashOf(bytes)}`),
    inside: (bytes: Uint8Array) => server.inject(`${address}/copies/${hashOf(bytes)}/page`),
  };
}

const savedPage = async (text: string) =>
  (await cleanFile(utf8(text), { html: () => import("@undersigned/clean/html") })).bytes;

describe("the page of a kept copy", () => {
  test("is linked from the letter, and says what the source is", async () => {
    const text = utf8("A text.\n");
    const site = await siteWith(text);
    const links = readPage((await site.letter()).body).tags("a");
    const to = links.find(({ attrs }) =>
      attrs.some(({ value }) => value.endsWith(`/copies/${hashOf(text)}`)),
    );
    expect(to).toBeDefined();
    const page = readPage((await site.page(text)).body);
    expect(page.text).toContain("Source 0, P");
    expect(page.tags("pre")[0]?.childNodes).toMatchObject([{ value: "A text.\n" }]);
    expect(dangersIn(page)).toEqual(["<a> has the attribute download"]);
  });

  test("shows a saved page in a frame in which nothing is allowed", async () => {
    const saved = await savedPage("<!doctype html><html lang=de dir=ltr><p>Ein Text");
    const site = await siteWith(saved);
    const answer = await site.page(saved);
    const [frame] = readPage(answer.body).tags("iframe");
    expect(attribute(frame!, "sandbox")).toBe("");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(answer.headers["content-security-policy"]).not.toContain("script-src");
    const inside = await site.inside(saved);
    expect(inside.body).toContain("Ein Text");
    expect(inside.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "x-content-type-options": "nosniff",
      "x-frame-options": "SAMEORIGIN",
    });
    const rules = String(inside.headers["content-security-policy"]).split("; ");
    expect(rules).toEqual(
      expect.arrayContaining(["default-src 'none'", "sandbox", "frame-ancestors 'self'"]),
    );
  });

  test("shows a picture, and keeps a PDF as a file", async () => {
    const pdf = utf8("%PDF-1.7");
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
    const site = await siteWith(jpeg, pdf);
    const shown = readPage((await site.page(jpeg)).body);
    expect(shown.tags("img").map((img) => attribute(img, "src"))).toEqual([
      expect.stringMatching(new RegExp(`/copies/${hashOf(jpeg)}$`)),
    ]);
    const kept = readPage((await site.page(pdf)).body);
    expect([...kept.tags("iframe"), ...kept.tags("embed"), ...kept.tags("object")]).toEqual([]);
    expect((await site.inside(pdf)).statusCode).toBe(404);
  });

  test.each(PAYLOADS)("shows as a text what was brought in uncleaned: %s", async (payload) => {
    const bytes = utf8(payload);
    const site = await siteWith(bytes);
    expect(dangersIn(readPage((await site.page(bytes)).body))).toEqual(["<a> has the attribute download"]);
    expect((await site.inside(bytes)).statusCode).toBe(404);
  });

  test("is not there for a copy that the letter does not name, or that the board does not have", async () => {
    const [text, other] = [utf8("A"), utf8("B")];
    const site = await siteWith(text);
    site.files.set(`copies/${hashOf(other)}`, other);
    expect((await site.page(other)).statusCode).toBe(404);
    site.files.delete(`copies/${hashOf(text)}`);
    expect((await site.page(text)).statusCode).toBe(404);
  });
});
