/** Where files come from: limits, refusals and what must not be reached. */

import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterEach, describe, expect, it } from "vitest";
import { bundleSource, directorySource, httpSource, makeBundle, openSource, recount } from "../src/index.ts";
import { memorySource, smallLog } from "./helpers.ts";

const cleanup: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of cleanup.splice(0)) await one();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanup.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

async function folder(files: ReadonlyMap<string, Uint8Array>, below = ""): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "undersigned-verify-"));
  cleanup.push(() => rm(dir, { recursive: true }));
  for (const [path, bytes] of files) {
    const file = join(dir, below, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  return dir;
}

const hello = new TextEncoder().encode("hello");

describe("an address", () => {
  it("is refused unless it is https or this machine, and without password, query and fragment", () => {
    for (const url of [
      "http://example.com/w/x",
      "http://127.0.0.1.example.com",
      "http://localhost.example.com",
      "ftp://example.com",
      "file:///etc/passwd",
      "https://user:password@example.com",
      "https://example.com/?a=b",
      "https://example.com/#a",
      "not a url",
    ]) {
      expect(() => httpSource(url)).toThrow(expect.objectContaining({ code: "source-refused" }));
    }
    for (const url of [
      "https://example.com/w/x/",
      "http://localhost:8080",
      "http://127.0.0.1:1",
      "http://[::1]/a",
    ]) {
      expect(() => httpSource(url)).not.toThrow();
    }
  });

  it("gives files below its prefix, also gzipped, and null for what is not there", async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url ?? "");
      if (request.url !== "/a/b/tile/0/000") return response.writeHead(404).end();
      expect(request.headers).not.toHaveProperty("cookie");
      expect(request.headers).not.toHaveProperty("referer");
      return response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(hello));
    });
    const source = httpSource(`${url}/a/b`);
    expect(await source.read("tile/0/000", 100)).toEqual(hello);
    expect(await source.read("tile/0/001", 100)).toBeNull();
    expect(seen).toEqual(["/a/b/tile/0/000", "/a/b/tile/0/001"]);
  });

  it("that sends without end, also out of a small gzip, is cut off at the limit", async () => {
    const endless = await serve((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(new Uint8Array(65_536)));
      };
      response.on("drain", more);
      more();
    });
    await expect(httpSource(endless).read("checkpoint", 1000)).rejects.toMatchObject({
      code: "file-too-large",
    });
    const bomb = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(new Uint8Array(50_000_000)));
    });
    await expect(httpSource(bomb).read("checkpoint", 1000)).rejects.toMatchObject({ code: "file-too-large" });
  });

  it("that fails, redirects or never answers is unavailable", async () => {
    const failing = await serve((_request, response) => response.writeHead(500).end());
    const moved = await serve((_request, response) => response.writeHead(302, { location: failing }).end());
    const silent = await serve(() => {});
    for (const source of [httpSource(failing), httpSource(moved), httpSource(silent, { timeoutMs: 50 })]) {
      await expect(source.read("checkpoint", 1000)).rejects.toMatchObject({ code: "source-unavailable" });
    }
  });

  it("is never asked for a path that leads elsewhere", async () => {
    const asked: unknown[] = [];
    const fetch = async (url: unknown) => {
      asked.push(url);
      return new Response("");
    };
    const source = httpSource("https://example.com/w/x/", { fetch: fetch as typeof globalThis.fetch });
    for (const path of [
      "../secret",
      "/etc/passwd",
      "a//b",
      "a/./b",
      "a/../b",
      "",
      "a?b",
      "a#b",
      "%2e%2e/a",
      "https://x/",
    ]) {
      await expect(source.read(path, 10)).rejects.toMatchObject({ code: "path-refused" });
    }
    expect(asked).toEqual([]);
  });
});

describe("a folder", () => {
  it("gives its files and null for what is none", async () => {
    const dir = await folder(new Map([["tile/0/000", hello]]));
    const source = directorySource(dir);
    expect(await source.read("tile/0/000", 5)).toEqual(hello);
    expect(await source.read("tile/0/001", 5)).toBeNull();
    expect(await source.read("tile/0", 5)).toBeNull();
    expect(await source.read("tile/0/000/more", 5)).toBeNull();
    await expect(source.read("tile/0/000", 4)).rejects.toMatchObject({ code: "file-too-large" });
  });

  it("gives nothing that lies outside, by path or by link", async () => {
    const outside = await folder(new Map([["secret", hello]]));
    const dir = await folder(new Map([["inside", hello]]));
    await symlink(join(outside, "secret"), join(dir, "link"));
    await symlink(outside, join(dir, "linked"));
    await symlink(join(dir, "inside"), join(dir, "fine"));
    const source = directorySource(dir);
    for (const path of ["../secret", "link", "linked/secret"]) {
      await expect(source.read(path, 100)).rejects.toMatchObject({ code: "path-refused" });
    }
    expect(await source.read("fine", 100)).toEqual(hello);
  });
});

describe("a bundle", () => {
  it("gives its files, stored or deflated, and null for what is none", async () => {
    const source = bundleSource(
      zipSync({ "a/b": [hello, { level: 0 }], c: [new Uint8Array(1000), { level: 9 }] }),
    );
    expect(await source.read("a/b", 5)).toEqual(hello);
    expect(await source.read("c", 1000)).toEqual(new Uint8Array(1000));
    expect(await source.read("d", 5)).toBeNull();
    await expect(source.read("c", 999)).rejects.toMatchObject({ code: "file-too-large" });
  });

  it("that claims another size than comes out gives no file", async () => {
    const zip = zipSync({ c: [new Uint8Array(1000), { level: 9 }] });
    const central = zip.length - 22 - 47;
    for (const size of [10, 2000]) {
      const lying = zip.slice();
      new DataView(lying.buffer).setUint32(central + 24, size, true);
      const read = bundleSource(lying).read("c", 5000);
      if (size > 1000) await expect(read).rejects.toMatchObject({ code: "bundle-malformed" });
      else expect((await read)?.length).toBe(size);
    }
  });

  it("that is cut, changed in its directory, encrypted or no ZIP is refused", async () => {
    const zip = zipSync({ "a/b": hello, c: hello });
    for (const bytes of [
      new Uint8Array(0),
      hello,
      zip.slice(0, -1),
      zip.slice(1),
      zip.map((byte, i) => (i === zip.length - 22 - 47 ? byte ^ 1 : byte)),
      zip.map((byte, i) => (i === zip.length - 22 - 47 + 8 ? byte | 1 : byte)),
      Uint8Array.of(...zip, 0),
    ]) {
      expect(() => bundleSource(bytes)).toThrow(expect.objectContaining({ code: "bundle-malformed" }));
    }
  });

  it("with two files of one name is refused", () => {
    const zip = zipSync({ aa: hello, ab: hello });
    const text = Buffer.from(zip).toString("latin1").replaceAll("ab", "aa");
    expect(() => bundleSource(Buffer.from(text, "latin1"))).toThrow(
      expect.objectContaining({ code: "bundle-malformed" }),
    );
  });
});

describe("what a person types", () => {
  it("opens a folder, a folder of boards, an address or a bundle, all with the same report", async () => {
    const { log } = smallLog();
    const files = await log.files();
    const { workforce } = log;
    const expected = await recount(memorySource(files), { workforce });
    const bundle = await makeBundle(memorySource(files), workforce);
    const zipped = join(await folder(new Map([["bundle.zip", bundle]])), "bundle.zip");
    const url = await serve((request, response) => {
      const file = files.get((request.url ?? "").replace(`/w/${workforce}/`, ""));
      response.writeHead(file === undefined ? 404 : 200).end(file);
    });
    for (const text of [
      await folder(files),
      await folder(files, `w/${workforce}`),
      url,
      `${url}/`,
      `${url}/w/${workforce}`,
      `${url}/w/${workforce}/`,
      zipped,
    ]) {
      expect(await recount(await openSource(text, workforce), { workforce })).toEqual(expected);
    }
    expect(expected.ok).toBe(true);
  });

  it("is refused when it is nothing", async () => {
    await expect(openSource(join(tmpdir(), "undersigned-nothing-here"), "x")).rejects.toMatchObject({
      code: "source-refused",
    });
    await expect(openSource("http://example.com", "x")).rejects.toMatchObject({ code: "source-refused" });
  });
});
