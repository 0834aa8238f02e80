/** With a proxy that a person has chosen: nothing goes around it, and what comes is bounded as without one. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encodeCanonical, type JsonValue } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/kit/test-end.ts";
import { mirrorBoard } from "../src/index.ts";
import { openVisit } from "../src/outside/visit.ts";
import { LIMITS, otherLog, put, serve } from "./kit.ts";

const BOARD = "https://board.example.com";

/** What a proxy does: it alone knows where the board is. */
function proxyTo(url: string) {
  const asked: string[] = [];
  const through = (async (input: string, init: RequestInit) => {
    asked.push(input);
    return await fetch(input.replace(BOARD, url), init);
  }) as typeof globalThis.fetch;
  return { asked, through };
}

async function visited() {
  const board = await serve();
  const { asked, through } = proxyTo(board.url);
  const limits = { ...LIMITS, fileMs: 2_000 };
  const reach = { loopback: false, anywhere: true };
  const visit = () => openVisit({ url: BOARD, reach, limits, purpose: "mirrors", fetch: through });
  return { board, asked, visit };
}

describe("a file through a proxy", () => {
  it("comes as it is, or is not there", async () => {
    const { board, visit } = await visited();
    board.files.set("a", new Uint8Array([1, 2, 3]));
    board.instead.set("b", (_, response) => {
      response.writeHead(404).end("There is nothing here.");
    });
    const one = visit();
    expect(await one.get("a", 3)).toMatchObject({ bytes: new Uint8Array([1, 2, 3]) });
    expect(await one.get("b", 3)).toBeNull();
    expect([await one.has("a"), await one.has("b")]).toEqual([true, false]);
    expect(board.asked).toEqual(["a", "b", "HEAD a", "HEAD b"]);
  });

  it("that never ends, unpacks to more, leads elsewhere, fails or does not come is refused", async () => {
    const { board, visit } = await visited();
    const far = await serve(new Map([["a", new Uint8Array(3)]]));
    board.files.set("long", new Uint8Array(1001));
    board.instead.set("packed", (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(new Uint8Array(10_000_000)));
    });
    board.instead.set("endless", (_, response) => {
      response.writeHead(200);
      const more = () => response.write(new Uint8Array(10_000), (error) => error ?? more());
      more();
    });
    board.instead.set("elsewhere", (_, response) => {
      response.writeHead(302, { location: `${far.url}/a` }).end();
    });
    board.instead.set("broken", (_, response) => {
      response.writeHead(500).end();
    });
    board.instead.set("cut", (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("a", () => response.destroy());
    });
    board.instead.set("slow", (_, response) => {
      response.writeHead(200).write("a");
    });
    const expected: Record<string, string> = {
      ...{ long: "file-too-large", packed: "file-too-large", endless: "file-too-large" },
      ...{ elsewhere: "redirected", broken: "server-error", cut: "unreachable", slow: "too-slow" },
    };
    for (const [path, code] of Object.entries(expected))
      await expect(visit().get(path, 1000), path).rejects.toMatchObject({ code });
    expect(far.asked).toEqual([]);
  });

  it("cannot be had where the proxy does not answer", async () => {
    const through = (() => Promise.reject(new TypeError("fetch failed"))) as typeof globalThis.fetch;
    const { board } = await visited();
    const reach = { loopback: true, anywhere: true };
    const visit = openVisit({ url: board.url, reach, limits: LIMITS, purpose: "mirrors", fetch: through });
    await expect(visit.get("a", 10)).rejects.toMatchObject({ code: "unreachable" });
    expect(board.asked).toEqual([]);
  });
});

it("a mirror goes through the proxy with everything, and knows the board by its name alone", async () => {
  const { log } = otherLog(2);
  const board = await serve();
  await put(board, log);
  const { workforce } = log;
  const served = [{ workforce, employer: "Example Works", origin: log.manifest.log.origin }];
  const card = { type: "board", v: 1, board: log.boardSigner.publicKey, workforces: served };
  board.files.set("board.json", encodeCanonical(card as unknown as JsonValue));
  const { asked, through } = proxyTo(board.url);
  const folder = join(await temporaryFolder(), "mirror");
  const done = mirrorBoard({ url: BOARD, folder, fetch: through, day: "2026-03-10" });
  expect(await done).toMatchObject({ url: `${BOARD}/`, workforces: [{ workforce }] });
  expect(asked.length).toBe(board.asked.length);
  expect(asked.every((url) => url.startsWith(`${BOARD}/`))).toBe(true);
});
