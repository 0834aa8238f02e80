import { createLinkKey, encodeCanonical, type JsonValue, linkKeyText, sealLetter } from "@undersigned/core";
import { beforeAll, describe, expect, test } from "vitest";
import { memorySource } from "../../../../test/kit/public-files.ts";
import { readLink, withoutSecrets } from "../../src/islands/page-link.ts";
import { readLetter } from "../../src/islands/read/read-letter.ts";
import { say } from "../../src/islands/say.ts";
import { attribute, LogBuilder, openedLog, readPage, serverOf, siteOf } from "../reader/kit.ts";

const linkKey = createLinkKey();
const KEY = linkKeyText(linkKey);

/** An unlisted letter as a board has it: the text sealed, no manifest, openings without entries. */
async function unlistedLog() {
  const { log, letter } = openedLog({}, { title: "Stop the secret thing", first: 2 });
  const path = `manifests/${letter.letter}.json`;
  const file = log.documents.get(path)!;
  log.documents.delete(path);
  const of = { workforce: log.workforce, letter: letter.letter };
  const sealed = await sealLetter(file, linkKey, of);
  log.documents.set(`unlisted/${letter.letter}.json`, encodeCanonical(sealed as unknown as JsonValue));
  return { log, letter, of };
}

let opened: Awaited<ReturnType<typeof unlistedLog>>;
beforeAll(async () => {
  opened = await unlistedLog();
});

/** The outcome, and every request that was made. */
async function read(hash: string, path?: string, files?: Map<string, Uint8Array>) {
  const { log, of } = opened;
  const asked: string[] = [];
  const source = memorySource(files ?? (await log.files()));
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    asked.push(`${input} ${JSON.stringify(init)}`);
    const file = await source.read(String(input).split(`/w/${of.workforce}/`)[1] ?? "", 1_000_000);
    return file === null
      ? new Response(null, { status: 404 })
      : new Response(file as Uint8Array<ArrayBuffer>);
  };
  const page = `/w/${of.workforce}/letters/${of.letter}`;
  const outcome = await readLetter(readLink(hash, of), {
    origin: "https://board.example.com",
    path: path ?? page,
    fetch: fetch as typeof globalThis.fetch,
  });
  return { outcome, asked };
}

describe("the link of an unlisted letter", () => {
  test("opens its text, and asks for the one sealed file and nothing that holds the key", async () => {
    const { outcome, asked } = await read(`#${opened.of.workforce}.${KEY}`);
    expect(outcome).toMatchObject({ is: "read", manifest: { title: "Stop the secret thing" } });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(`/unlisted/${opened.of.letter}.json`);
    expect(asked.join()).not.toContain(KEY.slice(1));
  });

  test.each([
    ["without its key", (): string => `#${opened.of.workforce}`, "without-key"],
    ["without anything behind its #", (): string => "", "without-key"],
    ["cut short", (): string => `#${opened.of.workforce}.${KEY.slice(0, 30)}`, "cut-key"],
    [
      "with another key",
      (): string => `#${opened.of.workforce}.${linkKeyText(createLinkKey())}`,
      "wrong-key",
    ],
    ["of another workforce", (): string => `#${"A".repeat(43)}.${KEY}`, "other-workforce"],
  ] as const)("%s shows nothing", async (_, hash, is) => {
    const { outcome } = await read(hash());
    expect(outcome).toEqual({ is });
    expect(say.known(`read.problem.${is}`)).toMatch(/^[A-Z].*\.$/);
  });

  test("shows nothing of a swapped sealed file", async () => {
    const log = new LogBuilder({ registrars: 1, quorum: 1 });
    log.addEpoch();
    const { letter } = log.addLetter({ title: "Another" });
    const text = log.documents.get(`manifests/${letter}.json`)!;
    const other = await sealLetter(text, linkKey, { workforce: log.workforce, letter });
    const files = await opened.log.files();
    const swapped = { ...other, letter: opened.of.letter };
    files.set(`unlisted/${opened.of.letter}.json`, encodeCanonical(swapped as unknown as JsonValue));
    const { outcome } = await read(`#${opened.of.workforce}.${KEY}`, undefined, files);
    expect(outcome).toEqual({ is: "wrong-key" });
  });

  test("shows nothing on a page that says it is another letter's than its address", async () => {
    const { outcome, asked } = await read(
      `#${opened.of.workforce}.${KEY}`,
      `/w/${opened.of.workforce}/letters/${"B".repeat(43)}`,
    );
    expect(outcome).toEqual({ is: "other-page" });
    expect(asked).toEqual([]);
  });

  test("that became public meanwhile says to load the page again", async () => {
    const { outcome } = await read(`#${opened.of.workforce}.${KEY}`, undefined, new Map());
    expect(outcome).toEqual({ is: "no-file" });
  });
});

describe("a page's link", () => {
  const page = { workforce: "W".repeat(43), letter: "L".repeat(43) };
  test.each([
    [`#${page.workforce}`, null, null],
    [`#${page.workforce}.${KEY}`, KEY, null],
    [`#${page.workforce}.Ainvitation`, null, "Ainvitation"],
    [`#${page.workforce}.${KEY}.Ainvitation`, KEY, "Ainvitation"],
  ])("%s", (hash, key, invitation) => {
    expect(readLink(hash, page)).toEqual({ ...page, mark: "same", linkKey: key, invitation });
    expect(withoutSecrets(`https://board.example.com/x${hash}`)).toBe(
      `https://board.example.com/x#${page.workforce}`,
    );
  });
});

describe("the page of an unlisted letter", () => {
  async function visit(path = "") {
    const { site } = await siteOf(opened.log, "2026-03-10");
    const answer = await serverOf(site).inject(
      `/w/${opened.of.workforce}/letters/${opened.of.letter}${path}`,
    );
    return { answer, page: readPage(answer.body) };
  }

  test("says what anyone can see, shows nobody, and holds nothing of the text", async () => {
    opened.log.addBatch(
      "2026-03-03",
      [0, 1, 2].map((person) => opened.log.endorse(opened.letter, person)),
    );
    const { page, answer } = await visit();
    expect(page.text).toContain("Anyone can see that this letter exists, its days and its number");
    expect(page.text).toContain("3 signatories proved a work mailbox");
    expect(page.text).toContain("Nobody is shown while this letter is unlisted.");
    expect(page.text).not.toContain("anonymous");
    expect(answer.body).not.toContain("Stop the secret thing");
    expect(page.text).toContain("--link-file FILE");
    const { statusCode } = (await visit("/signatories.csv")).answer;
    expect(statusCode).toBe(404);
  });

  test("has the script that reads it and that with its words, with their integrity, kept by nobody and not for search engines", async () => {
    const { page, answer } = await visit();
    const scripts = page.tags("script");
    expect(scripts.map((script) => attribute(script, "src"))).toEqual([
      "/assets/say-read.js",
      "/assets/read.js",
    ]);
    for (const script of scripts) expect(attribute(script, "integrity")).toMatch(/^sha256-/);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers["content-security-policy"]).toMatch(/connect-src 'self'$/);
    expect(page.tags("meta").some((meta) => attribute(meta, "content") === "noindex")).toBe(true);
  });

  test("has no script once the letter is public, or where no sealed text is there", async () => {
    const { log, letter } = openedLog({}, { public: false });
    const { site } = await siteOf(log, "2026-03-10");
    const answer = await serverOf(site).inject(`/w/${log.workforce}/letters/${letter.letter}`);
    expect(readPage(answer.body).tags("script")).toEqual([]);
  });
});
