/** Real boards with their real pages: one is mirrored by command and followed by another. */
import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { boardEvents, type RunningBoard, startBoard } from "@undersigned/board";
import { parseFollowing, sumOf } from "@undersigned/core";
import { FOLLOW_LIMITS, followEngine } from "@undersigned/follow";
import { createLogger, httpEvents } from "@undersigned/service";
import { boardPages } from "@undersigned/web";
import { afterEach, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/kit/test-end.ts";
import { Kit, LOCK } from "../../board/test/kit.ts";
import { runHere, succeedHere } from "./run-here.ts";
import { socksProxy } from "./socks-proxy.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function served(kit: Kit, follow?: Parameters<typeof startBoard>[0]["follow"]): Promise<RunningBoard> {
  await kit.board.close();
  const board = await startBoard({
    ...{ dataDir: kit.dataDir, lock: LOCK, clock: kit.clock, fetchIssuance: kit.fetchIssuance, follow },
    ...boardPages(),
    logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => undefined } }),
    listen: { host: "127.0.0.1", port: 0 },
  });
  closing.push(() => board.close());
  kit.board = board.board;
  return board;
}

/** Any static server: files under their names, below a path. */
async function serveStatically(folder: string, below: string): Promise<string> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent((request.url ?? "").split("?")[0] as string);
    const file = join(folder, path.slice(below.length));
    const found = path.startsWith(below) && (await stat(file).catch(() => null))?.isFile() === true;
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": path.endsWith(".html") ? "text/html" : "application/octet-stream",
    });
    response.end(await readFile(file));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return `http://127.0.0.1:${port}${below}`;
}

async function signedBoard(): Promise<{ kit: Kit; letter: string; board: RunningBoard }> {
  const kit = await Kit.start();
  const letter = await kit.publish({ first: 1, min: 1, title: "For a plain word <em>&amp; more</em>" });
  for (let i = 0; i < 3; i++) await kit.endorsed(letter, 1);
  await kit.nextDay();
  return { kit, letter: letter.id, board: await served(kit) };
}

it("a mirror through a proxy asks it for everything, and nothing goes around one that does not answer", async () => {
  const { kit, board } = await signedBoard();
  const { server, wanted } = socksProxy();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const url = board.url.replace("127.0.0.1", "localhost");
  const folder = join(await temporaryFolder(), "mirror");
  const command = ["mirror", url, folder, "--proxy", `socks5://127.0.0.1:${port}`, "--json"];
  const done = JSON.parse((await succeedHere(command)).stdout);
  expect(done).toMatchObject({ mirror: "ok", workforces: [{ workforce: kit.workforce }] });
  expect(new Set(wanted)).toEqual(new Set(["localhost"]));
  server.close();
  await once(server, "close");
  const refused = await runHere(command);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain("does not answer");
});

it("a board is mirrored whole: the copy verifies from a static server, its links lead somewhere, and a lie changes nothing", async () => {
  const { kit, letter, board } = await signedBoard();
  const folder = join(await temporaryFolder(), "mirror");
  const done = JSON.parse((await succeedHere(["mirror", board.url, folder, "--json"])).stdout);
  expect(done).toMatchObject({ mirror: "ok", workforces: [{ workforce: kit.workforce, letters: 1 }] });

  const root = await serveStatically(folder, "/copies/of/it/");
  const verified = await succeedHere([
    "verify",
    root,
    "--workforce",
    kit.workforce,
    "--letter",
    letter,
    "--json",
  ]);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, letters: [{ counted: { mailbox: 3 } }] });

  const seen = new Set<string>();
  const queue = [`${root}index.html`];
  for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
    if (seen.has(url)) continue;
    seen.add(url);
    const answer = await fetch(url);
    expect(answer.status, url).toBe(200);
    const text = await answer.text();
    if (!url.endsWith(".html")) continue;
    expect(text).not.toMatch(/<script/i);
    // What is shown to be copied is no link.
    const linked = text.replaceAll(/<pre[\s\S]*?<\/pre>/g, "");
    for (const [, link] of linked.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const there = new URL((link as string).replaceAll("&amp;", "&"), url);
      there.hash = "";
      if (there.href.startsWith(root)) queue.push(there.href);
      else expect(there.href.startsWith(board.url) || there.protocol === "https:", there.href).toBe(true);
    }
  }
  const page = await (await fetch(`${root}w/${kit.workforce}/letters/${letter}/index.html`)).text();
  expect(page).toContain("For a plain word &lt;em&gt;&amp;amp; more&lt;/em&gt;");
  expect(page).toContain(`${board.url}/w/${kit.workforce}/letters/${letter}/sign#${kit.workforce}`);
  expect(seen.has(`${root}w/${kit.workforce}/letters/${letter}/index.html`)).toBe(true);

  const names = async () =>
    (await readdir(folder, { recursive: true })).filter((name) => !name.startsWith(".under")).sort();
  const before = await names();
  const wrong = await runHere(["mirror", board.url, folder, "--workforce", letter]);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/^recount-failed: /);
  expect(wrong.stdout).toContain("file-missing");
  expect(await names()).toEqual(before);
}, 120_000);

it("a board follows another: by command, recounted in a thread, shown in following.json and in the list", async () => {
  const { kit, letter, board } = await signedBoard();
  const other = await Kit.start({ clock: kit.clock });
  await other.board.close();
  const passphrase = join(other.dataDir, "passphrase");
  await writeFile(passphrase, `${LOCK.passphrase}\n`, { mode: 0o600 });
  const at = ["--data", other.dataDir, "--passphrase-file", passphrase];
  const link = `${board.url}/w/${kit.workforce}/letters/${letter}/sign#${kit.workforce}`;
  await succeedHere(["follow", "add", link, ...at]);
  expect((await succeedHere(["follow", "list", ...at])).stdout).toContain("not recounted yet");

  const folder = join(other.dataDir, "following");
  const engine = followEngine({ folder, loopback: true, limits: FOLLOW_LIMITS });
  const follower = await served(other, { engine, everyMs: 86_400_000 });
  const told = async () => {
    const answer = await fetch(`${follower.url}/following.json`);
    return parseFollowing(new Uint8Array(await answer.arrayBuffer()));
  };
  while ((await told()).workforces[0]?.verified == null)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sumOf(await told())).toMatchObject({
    signatories: 3,
    letters: 1,
    companies: 1,
    since: kit.clock.day(),
  });
  await follower.close();
  closing.pop();

  const { stdout } = await succeedHere(["follow", "list", ...at]);
  expect(stdout).toContain("3  For a plain word <em>&amp; more</em>");
  expect(stdout).toContain("3 signatories of 1 letters at 1 companies");
  await succeedHere(["follow", "remove", kit.workforce, ...at]);
  expect(JSON.parse((await succeedHere(["follow", "list", "--json", ...at])).stdout).workforces).toEqual([]);
}, 120_000);
