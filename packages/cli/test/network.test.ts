/** With a proxy, everything goes through it and nothing around it. */
import { once } from "node:events";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchThrough } from "../src/io/network.ts";
import { socksProxy } from "./socks-proxy.ts";

const portOf = (server: Server | HttpServer) => (server.address() as AddressInfo).port;

let asked = 0;
const target = createHttpServer((_request, response) => {
  asked++;
  response.end("here");
});

const { server: socks, wanted } = socksProxy();

beforeAll(async () => {
  for (const server of [target, socks]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
});
afterAll(() => {
  target.closeAllConnections();
  target.close();
  socks.close();
});

const get = { method: "GET", cache: "no-store", credentials: "omit", redirect: "error" } as const;

describe("a SOCKS5 proxy", () => {
  it("is told the name, and answers for it", async () => {
    const fetch = await fetchThrough(`socks5://127.0.0.1:${portOf(socks)}`);
    const response = await fetch(`http://board.example.com:${portOf(target)}/`, get);
    expect(await response.text()).toBe("here");
    expect(wanted).toEqual(["board.example.com"]);
  });

  it("that does not answer is a failure, and nothing goes around it", async () => {
    const before = asked;
    const gone = createServer().listen(0, "127.0.0.1");
    await once(gone, "listening");
    const port = portOf(gone);
    gone.close();
    await once(gone, "close");
    const fetch = await fetchThrough(`socks5://127.0.0.1:${port}`);
    await expect(fetch(`http://127.0.0.1:${portOf(target)}/`, get)).rejects.toThrow();
    expect(asked).toBe(before);
  });
});

it.each(["ftp://127.0.0.1", "socks4://127.0.0.1", "127.0.0.1:9050", ""])("%s is no proxy", async (proxy) => {
  await expect(fetchThrough(proxy)).rejects.toMatchObject({ code: "usage" });
});
