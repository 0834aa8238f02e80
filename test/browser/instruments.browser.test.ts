/** That the instruments of these tests notice what they are there to notice. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeFindings } from "./kit/axe.ts";
import { launchBrowser } from "./kit/chromium.ts";
import { keyboard } from "./kit/hands.ts";
import { connectedTo, socketOf, Traffic } from "./kit/network.ts";
import { nameless, outOfOrder, spoken } from "./kit/screen-reader.ts";

const POLICY = "default-src 'none'; script-src 'self'; connect-src *; require-trusted-types-for 'script'";

/** Two sites that serve whatever page a test wants. */
let body = "";
let own: Server;
let foreign: Server;
let folder: string;
let browser: Browser;
let page: Page;
let traffic: Traffic;

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function startServer(): Promise<Server> {
  const server = createServer((_, answer) => {
    const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY };
    answer.writeHead(200, { ...headers, "access-control-allow-origin": "*" });
    answer.end(`<!doctype html><html lang="en"><title>Page</title><body>${body}</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function show(html: string): Promise<void> {
  body = html;
  await page.goto(originOf(own));
}

beforeAll(async () => {
  [own, foreign] = await Promise.all([startServer(), startServer()]);
  folder = await mkdtemp(join(tmpdir(), "undersigned-instruments-"));
  browser = await launchBrowser({ netLog: join(folder, "net.json") });
});
beforeEach(async () => {
  const context = await browser.newContext();
  traffic = new Traffic(context, [originOf(own)]);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  for (const server of [own, foreign]) {
    server?.closeAllConnections();
    server?.close();
  }
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe("axe", () => {
  it("finds a picture without words under a strict policy, and the policy stays", async () => {
    await show(`<main><h1>Title</h1><img src="/x.png"></main>`);
    expect((await axeFindings(page)).join("\n")).toContain("image-alt");
    const inserted = await page.evaluate(() => {
      try {
        document.body.innerHTML = "<b>x</b>";
        return true;
      } catch {
        return false;
      }
    });
    expect(inserted).toBe(false);
  });

  it("finds nothing on a plain page", async () => {
    await show("<main><h1>Title</h1><p>Text</p></main>");
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe("the keyboard", () => {
  it("says that it does not reach what Tab does not reach", async () => {
    await show(`<main><h1>Title</h1><button>One</button><button tabindex="-1">Two</button></main>`);
    await keyboard(page).press("One");
    await expect(keyboard(page).press("Two")).rejects.toThrow("does not reach");
  });

  it("says where the focus is not to be seen", async () => {
    await show("<main><h1>Title</h1><button>One</button></main>");
    await page.evaluate(() => document.querySelector("button")?.style.setProperty("outline", "none"));
    await expect(keyboard(page).press("One")).rejects.toThrow("not to be seen");
  });
});

describe("the screen reader", () => {
  it("hears order, and controls without a name", async () => {
    await show("<main><h1>Title</h1><button></button><input><p>Text</p></main>");
    const lines = await spoken(page);
    expect(nameless(lines)).toEqual(["button", "textbox"]);
    expect(outOfOrder(lines, [`heading "Title"`, "paragraph"])).toEqual([]);
    expect(outOfOrder(lines, ["paragraph", `heading "Title"`])).toEqual([`heading "Title"`]);
  });
});

describe("the network", () => {
  it("hears of a request to another site, and so does the log of the browser's network stack", async () => {
    await show("<main><h1>Title</h1></main>");
    expect(traffic.elsewhere()).toEqual([]);
    await page.evaluate((url) => fetch(url), `${originOf(foreign)}/elsewhere`);
    expect(traffic.elsewhere()).toEqual([`${originOf(foreign)}/elsewhere`]);
    await page.evaluate(() => fetch("https://example.com/").catch(() => null));
    expect(traffic.elsewhere()).toContain("https://example.com/");
    await browser.close();
    const sockets = await connectedTo(join(folder, "net.json"));
    expect(new Set(sockets)).toEqual(new Set([socketOf(originOf(own)), socketOf(originOf(foreign))]));
  });
});
