/** A kept copy against what stands at its link now, whatever that is; and who may ask, and what is kept of it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanFile } from "@undersigned/clean";
import { type CopyType, encodeBase64url } from "@undersigned/core";
import { type Fetched, fetchOutside, PUBLIC_INTERNET } from "@undersigned/service";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareApart } from "../src/compare/compare-apart.ts";
import { compareCopy } from "../src/compare/compare-copy.ts";
import { textDifference } from "../src/compare/text-difference.ts";
import { Desks, outcome } from "./kit.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const PARTS = {
  html: () => import("@undersigned/clean/html"),
  pdf: () => import("@undersigned/clean/pdf"),
};
const LINK = "https://news.example.com/a?b=1";

async function copyOf(file: string | Uint8Array, type: CopyType) {
  const { bytes } = await cleanFile(typeof file === "string" ? utf8(file) : file, PARTS);
  return { bytes, type };
}

function answered(
  body: string | Uint8Array,
  more: Partial<Extract<Fetched, { kind: "answer" }>> = {},
): Fetched {
  const bytes = typeof body === "string" ? utf8(body) : body;
  return { kind: "answer", status: 200, url: LINK, contentType: "text/html", bytes, ...more };
}

const ARTICLE = "<!doctype html><title>T</title><h1>A report</h1><p>One is so. Two is not. Three may be.</p>";
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** The same pixels, and what is taken out of a copy. */
const WITH_REMARK = Buffer.concat([PIXEL, Buffer.from("made at 12:04")]);

describe("what stands at a copy's link", () => {
  it("is the same where only what a copy leaves out is other", async () => {
    const copy = await copyOf(ARTICLE, "text/html");
    const page = ARTICLE.replace("<h1>", "<script>ads()</script><!-- 12:04 --><h1 class=x>");
    expect(await compareCopy(copy, LINK, answered(page))).toMatchObject({ state: "same", differences: [] });
    const picture = await copyOf(PIXEL, "image/png");
    expect(await compareCopy(picture, LINK, answered(WITH_REMARK))).toMatchObject({ state: "same" });
    const rearranged =
      "<!doctype html><title>T</title><p>Three may be.<p>One is so. Two is not.<h1>A report</h1>";
    expect(await compareCopy(copy, LINK, answered(rearranged))).toMatchObject({ state: "same" });
  });

  it("has changed, by how much and in which sentences", async () => {
    const copy = await copyOf(ARTICLE, "text/html");
    const page = ARTICLE.replace("Two is not.", "Two is so, too.");
    expect(await compareCopy(copy, LINK, answered(page))).toEqual({
      ...{ state: "changed", why: null, gone: 25, added: 31 },
      differences: [
        { in: "copy", text: "Two is not." },
        { in: "source", text: "Two is so, too." },
      ],
    });
    const text = await copyOf("One.\nTwo.\n", "text/plain");
    const now = answered("One.\nThree.\n", { contentType: "text/plain" });
    expect(await compareCopy(text, LINK, now)).toMatchObject({ state: "changed" });
  });

  it.each([404, 410])("is gone, where the server says so: %i", async (status) => {
    const copy = await copyOf(ARTICLE, "text/html");
    expect(await compareCopy(copy, LINK, answered("", { status }))).toMatchObject({ state: "gone" });
  });

  it("has moved where the link leads to another page now, and not where it only has another spelling", async () => {
    const copy = await copyOf(ARTICLE, "text/html");
    const front = "<!doctype html><p>Welcome. Read our news.";
    const at = (url: string) => compareCopy(copy, "http://www.example.com/a/", answered(front, { url }));
    expect(await at("https://example.com/")).toMatchObject({ state: "moved" });
    expect(await at("https://example.com/a")).toMatchObject({ state: "changed" });
    const stayed = answered(ARTICLE, { url: "https://elsewhere.example.com/" });
    expect(await compareCopy(copy, LINK, stayed)).toMatchObject({ state: "same" });
  });

  it.each([
    ["status", answered("", { status: 403 })],
    ["status", answered("", { status: 500 })],
    ["kind", answered("%PDF-", { contentType: "application/pdf" })],
    ["unreadable", answered("<!doctype html><script>makeThePage()</script>")],
    ["unreadable", answered(`<!doctype html>a${"<div>".repeat(10_000)}`)],
    ["large", answered(" ".repeat(8_000_001))],
    ["slow", { kind: "failure", why: "slow" }],
    ["refused", { kind: "failure", why: "refused" }],
  ] as const)("cannot be compared, and why: %s", async (why, fetched) => {
    const copy = await copyOf(ARTICLE, "text/html");
    expect(await compareCopy(copy, LINK, fetched)).toMatchObject({ state: "not-comparable", why });
  });

  it("is read in the characters that the answer's header names", async () => {
    const copy = await copyOf("<!doctype html><p>café", "text/html");
    const page = new Uint8Array([...utf8("<!doctype html><meta charset=koi8-r><p>caf"), 0xe9]);
    const now = answered(page, { contentType: 'text/html; charset="ISO-8859-1"' });
    expect(await compareCopy(copy, LINK, now)).toMatchObject({ state: "same" });
  });

  it("differs from itself in nothing, and from anything else in something, in texts that fit the answer", () => {
    const paragraphs = fc.array(fc.string({ unit: "binary", maxLength: 600 }), { maxLength: 5 });
    fc.assert(
      fc.property(paragraphs, paragraphs, (a, b) => {
        expect(textDifference(a, a)).toEqual({ gone: 0, added: 0, differences: [] });
        const { gone, added, differences } = textDifference(a, b);
        for (const share of [gone, added]) expect(share >= 0 && share <= 100).toBe(true);
        expect(gone + added === 0).toBe(differences.length === 0);
        for (const { text } of differences) {
          expect(text.length).toBeLessThanOrEqual(500);
          expect(text.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

/** Within what cleaning lets through, and seconds of work: very many elements that cross one another. */
const HOSTILE = `<!doctype html>${"<p><b><i>a<p></b>".repeat(20_000)}`;

describe("a page that was made to stop the board", () => {
  const compared = async (page: string, limits?: Parameters<typeof compareApart>[1]) => {
    const copy = await copyOf(ARTICLE, "text/html");
    return await compareApart({ copy, url: LINK, fetched: answered(page) }, limits);
  };

  it("is compared in a thread, which says what is said without one", async () => {
    const page = ARTICLE.replace("Two is not.", "Two is so, too.");
    const copy = await copyOf(ARTICLE, "text/html");
    expect(await compared(page)).toEqual(await compareCopy(copy, LINK, answered(page)));
  });

  it("gets so much time, and no more", async () => {
    const limits = { heapMib: 256, timeMs: 1 };
    expect(await compared(HOSTILE, limits)).toMatchObject({ state: "not-comparable", why: "large" });
  });

  it("gets so much memory, and no more, and takes none of the board's", async () => {
    const limits = { heapMib: 24, timeMs: 60_000 };
    expect(await compared(HOSTILE, limits)).toMatchObject({ state: "not-comparable", why: "large" });
  });
});

describe("comparing at the desk", () => {
  async function kept() {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const { bytes } = await cleanFile(utf8(ARTICLE), PARTS);
    const { sha256, type } = await owner.act("copy-add", { bytes: encodeBase64url(bytes) });
    expect(type).toBe("text/html");
    return { desks, owner, sha256 };
  }

  it("is kept with its day, the last alone, and stands in the list of acts", async () => {
    const { desks, owner, sha256 } = await kept();
    expect(await owner.act("copy-compared", { sha256 })).toEqual({ comparison: null });
    desks.fetchOutside = async () => answered(ARTICLE);
    const first = await owner.act("copy-compare", { sha256, url: LINK });
    expect(first).toMatchObject({ state: "same", day: "2026-03-01", url: LINK });
    expect(await owner.act("copy-compared", { sha256 })).toEqual({ comparison: first });
    desks.passDays(1);
    await owner.signInAgain();
    desks.fetchOutside = async () => answered("", { status: 410 });
    await owner.act("copy-compare", { sha256, url: LINK });
    const { comparison } = await owner.act("copy-compared", { sha256 });
    expect(comparison).toMatchObject({ state: "gone", day: "2026-03-02" });
    const { entries } = await owner.act("entries", { before: null });
    expect(entries.filter(({ act }) => act === "copy-compare").map(({ about }) => about)).toEqual(
      expect.arrayContaining(["news.example.com: same", "news.example.com: gone"]),
    );
  });

  it("is for those who write, and for copies that are here", async () => {
    const { desks, owner, sha256 } = await kept();
    const moderator = await desks.invited(owner, "moderator", "Oak");
    expect(outcome(await moderator.try("copy-compare", { sha256, url: LINK }))).toBe("not-allowed");
    const unknown = encodeBase64url(new Uint8Array(32));
    expect(outcome(await owner.try("copy-compare", { sha256: unknown, url: LINK }))).toBe("copy-unknown");
    for (const url of ["file:///etc/passwd", "javascript:1", "example.com"])
      expect(outcome(await owner.try("copy-compare", { sha256, url }))).toBe("bad-field");
  });

  it("visits once for all who ask for the same at the same time, and two links at most", async () => {
    const { desks, owner, sha256 } = await kept();
    const other = await desks.invited(owner, "editor", "Elm");
    const third = await desks.invited(owner, "editor", "Ash");
    let visits = 0;
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    desks.fetchOutside = async () => {
      visits++;
      await opened;
      return answered(ARTICLE);
    };
    const same = [
      owner.act("copy-compare", { sha256, url: LINK }),
      other.act("copy-compare", { sha256, url: LINK }),
    ];
    while (visits < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = third.act("copy-compare", { sha256, url: `${LINK}2` });
    while (visits < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const fourth = await desks.invited(owner, "editor", "Yew").catch(() => null);
    expect(outcome(await fourth!.try("copy-compare", { sha256, url: `${LINK}3` }))).toBe("comparing");
    open();
    expect(await Promise.all([...same, second])).toMatchObject([
      { state: "same" },
      { state: "same" },
      { state: "same" },
    ]);
    expect(visits).toBe(2);
  });

  it("keeps nobody waiting: the board answers while a hostile page is read", async () => {
    const { desks, owner, sha256 } = await kept();
    const other = await desks.invited(owner, "editor", "Elm");
    let visited = () => {};
    const visit = new Promise<void>((resolve) => {
      visited = resolve;
    });
    desks.fetchOutside = async () => {
      visited();
      return answered(HOSTILE);
    };
    const order: string[] = [];
    const comparing = owner.act("copy-compare", { sha256, url: LINK }).then(() => order.push("compared"));
    // From here on the page is read. On the board's own thread nothing would be answered before that is done.
    await visit;
    await other.act("home", {}).then(() => order.push("answered"));
    await comparing;
    expect(order).toEqual(["answered", "compared"]);
  });

  it("by the real way out reaches a server outside, and never one that only the board can reach", async () => {
    const { desks, owner, sha256 } = await kept();
    let visits = 0;
    const server = createServer((_, response) => {
      visits++;
      response.setHeader("content-type", "text/html").end(ARTICLE);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      desks.fetchOutside = (url) => fetchOutside(url, { ...PUBLIC_INTERNET, ports: [port] });
      const url = `http://127.0.0.1:${port}/`;
      expect(await owner.act("copy-compare", { sha256, url })).toMatchObject({ why: "refused" });
      expect(visits).toBe(0);
      desks.fetchOutside = (url) =>
        fetchOutside(url, { ...PUBLIC_INTERNET, ports: [port], admits: () => true });
      expect(await owner.act("copy-compare", { sha256, url })).toMatchObject({ state: "same" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
