/** That a secret which a page leaves in a browser's profile is found there, whatever it leaves it in. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchProfile } from "./kit/chromium.ts";
import { unsnappy } from "./kit/level-db.ts";
import { searchProfile } from "./kit/profile-search.ts";

const CANARY = "profile-canary-qxzvwkjy";
const canaries = [{ name: "canary", text: CANARY }];
let server: Server;
let origin: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-profile-"));
  server = createServer((request, answer) => {
    if (request.url === "/cached") {
      const headers = { "content-encoding": "gzip", "cache-control": "max-age=86400" };
      answer.writeHead(200, { ...headers, "content-type": "text/plain" });
      answer.end(gzipSync(`${"words ".repeat(200)}${CANARY}${" words".repeat(200)}`));
      return;
    }
    answer.writeHead(200, { "content-type": "text/html" });
    answer.end("<!doctype html><title>Page</title><form><input name=mailbox autocomplete=on></form>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** In a profile of its own. Returns what is found when the browser has ended, and once more after it has been opened again. */
async function leave(name: string, act: (page: Page) => Promise<unknown>): Promise<string[][]> {
  const profile = join(folder, name);
  const visit = async (doing: (page: Page) => Promise<unknown>) => {
    const context: BrowserContext = await launchProfile(profile);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(origin);
    await doing(page);
    await context.close();
    return [...(await searchProfile(profile, canaries)).found];
  };
  return [await visit(act), await visit(async () => undefined)];
}

it("finds nothing where a page left nothing", async () => {
  expect(await leave("clean", async () => undefined)).toEqual([[], []]);
});

it("finds it in local storage, also when it was taken out again", async () => {
  const [kept] = await leave("local", (page) =>
    page.evaluate((text) => localStorage.setItem("key", text), CANARY),
  );
  expect(kept).not.toEqual([]);
  const [removed] = await leave("removed", (page) =>
    page.evaluate(async (text) => {
      localStorage.setItem("key", text);
      // The browser gathers changes before it writes them.
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      localStorage.removeItem("key");
    }, CANARY),
  );
  expect(removed).not.toEqual([]);
});

it("finds it in IndexedDB, and in what LevelDB packs of it", async () => {
  const [found] = await leave("indexed", (page) =>
    page.evaluate(
      (text) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open("store", 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore("things");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const change = opening.result.transaction("things", "readwrite");
            // More than is kept unpacked, and repetitive, so that packing changes its bytes.
            const much = `${"profile-canary ".repeat(2_000)}${text}`;
            for (let i = 0; i < 300; i++) change.objectStore("things").put(`${i} ${much}`, i);
            change.oncomplete = () => resolve();
          };
        }),
      CANARY,
    ),
  );
  expect(found?.join("\n")).toMatch(/\.ldb, unpacked/);
});

it("finds it in a gzipped answer that the browser's cache keeps", async () => {
  const [found] = await leave("cached", (page) =>
    page.evaluate(() => fetch("/cached").then((answer) => answer.text())),
  );
  expect(found?.join("\n")).toContain("unpacked");
});

it("finds it in an address that was visited", async () => {
  const [found] = await leave("address", (page) => page.goto(`${origin}/page?mailbox=${CANARY}`));
  expect(found).not.toEqual([]);
});

it("unpacks Snappy as its format says", () => {
  // "Wikipedia" thrice over: a literal of 9 bytes, and one copy of 18 bytes from 9 before.
  const packed = Buffer.concat([
    Buffer.from([27, 8 << 2]),
    Buffer.from("Wikipedia"),
    Buffer.from([(17 << 2) | 2, 9, 0]),
  ]);
  expect(unsnappy(packed)?.toString()).toBe("Wikipedia".repeat(3));
});
