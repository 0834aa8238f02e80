import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request as httpsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  closed,
  createLogger,
  createServer,
  httpEvents,
  jsonFile,
  type ListenOptions,
  type ServerOptions,
} from "../src/index.ts";

const logger = createLogger(httpEvents, { stream: { write: () => undefined } });

function server(options: Partial<ServerOptions> = {}) {
  const http = createServer({ name: "Test", version: "1", maxBodyBytes: 1000, logger, ...options });
  http.get("/who", { summary: "Who." }, ({ client }) => jsonFile({ client }, "none"));
  http.post("/post", { summary: "Post.", body: closed({}), response: closed({}) }, () => ({}));
  onTestFinished(() => http.close());
  return http;
}

async function listening(listen: Partial<ListenOptions> = {}, options: Partial<ServerOptions> = {}) {
  return await server(options).listen({ host: "127.0.0.1", port: 0, ...listen });
}

/** Sends bytes on a fresh connection and collects all that comes back until it is closed or `until` appears. */
function raw(port: number, bytes: string, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (until !== undefined && received.includes(until)) socket.destroy();
    });
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

describe("plain HTTP", () => {
  it("is refused on an address that other machines reach", async () => {
    for (const host of [
      "0.0.0.0",
      "::",
      "192.0.2.1",
      "example.com",
      "127.example.com",
      "localhost.example.com",
    ]) {
      await expect(server().listen({ host, port: 0 }), host).rejects.toMatchObject({ code: "https-needed" });
    }
  });

  it("is served on this machine", async () => {
    for (const host of ["127.0.0.1", "localhost"]) {
      const { port } = await listening({ host });
      expect(await (await fetch(`http://127.0.0.1:${port}/who`)).json()).toEqual({ client: "127.0.0.1/32" });
    }
  });
});

describe("behind a proxy", () => {
  const https = { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7" };

  it("only what came by HTTPS is answered", async () => {
    const { port } = await listening({ host: "0.0.0.0", behindProxy: true });
    const at = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/who`, { headers });
    for (const headers of [
      {},
      { "x-forwarded-proto": "http" },
      { "x-forwarded-proto": "https, http" },
      { forwarded: "proto=https" },
    ]) {
      const answer = await at(headers as Record<string, string>);
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(await answer.json()).toMatchObject({ type: "error", v: 1, code: "https-required" });
    }
    expect((await at(https)).status).toBe(200);
  });

  it("the caller's network is the one that the proxy names, and not one that the caller made up", async () => {
    const { port } = await listening({ behindProxy: true });
    const client = async (forwarded: string) =>
      (await (
        await fetch(`http://127.0.0.1:${port}/who`, { headers: { ...https, "x-forwarded-for": forwarded } })
      ).json()) as unknown;
    expect(await client("203.0.113.7")).toEqual({ client: "203.0.113.7/32" });
    expect(await client("198.51.100.1, 203.0.113.7")).toEqual({ client: "203.0.113.7/32" });
    expect(await client("2001:db8:1:2:3::4")).toEqual({ client: "2001:db8:1:2::/64" });
    expect(await client("canary")).toEqual({ client: "unknown" });
  });

  it("a proxy that is not among those named is not believed", async () => {
    const { port } = await listening({ behindProxy: true }, { trustProxy: ["192.0.2.1"] });
    expect((await fetch(`http://127.0.0.1:${port}/who`, { headers: https })).status).toBe(403);
  });

  it("without one, forwarding headers mean nothing", async () => {
    const { port } = await listening();
    const answer = await fetch(`http://127.0.0.1:${port}/who`, { headers: https });
    expect(await answer.json()).toEqual({ client: "127.0.0.1/32" });
  });
});

describe("with a certificate", () => {
  it("the server speaks TLS, and without a Date header", async () => {
    const folder = await mkdtemp(join(tmpdir(), "undersigned-tls-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ed25519",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-days",
        "1",
        "-keyout",
        key,
        "-out",
        cert,
      ],
      { stdio: "ignore" },
    );
    const { port, url } = await listening({
      host: "0.0.0.0",
      tls: { key: await readFile(key), cert: await readFile(cert, "utf8") },
    });
    expect(url).toMatch(/^https:/);
    const answer = await new Promise<{ status: number | undefined; headers: object; body: string }>(
      (resolve, reject) => {
        const request = httpsRequest(
          { port, host: "127.0.0.1", path: "/who", rejectUnauthorized: false },
          (response) => {
            let body = "";
            response.on("data", (chunk: Buffer) => {
              body += chunk.toString();
            });
            response.on("end", () =>
              resolve({ status: response.statusCode, headers: response.headers, body }),
            );
          },
        );
        request.on("error", reject);
        request.end();
      },
    );
    expect(answer).toMatchObject({ status: 200, body: '{"client":"127.0.0.1/32"}' });
    expect(answer.headers).not.toHaveProperty("date");
  });
});

describe("no answer on the wire has a Date header", () => {
  const close = "connection: close\r\n";
  it.each([
    ["a file", `GET /who HTTP/1.1\r\nhost: x\r\n${close}\r\n`, 200],
    ["an error", `GET /nowhere HTTP/1.1\r\nhost: x\r\n${close}\r\n`, 404],
    ["an address that cannot be decoded", `GET /%ff HTTP/1.1\r\nhost: x\r\n${close}\r\n`, 400],
    [
      "an expectation that is not known",
      `GET /who HTTP/1.1\r\nhost: x\r\nexpect: canary\r\n${close}\r\n`,
      417,
    ],
    ["a request without a host", `GET /who HTTP/1.1\r\n${close}\r\n`, 400],
    ["what is not HTTP", "canary canary canary\r\n\r\n", 400],
    ["headers without end", `GET /who HTTP/1.1\r\nhost: x\r\ncanary: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["a method that nobody knows", `CANARY /who HTTP/1.1\r\nhost: x\r\n${close}\r\n`, 400],
    [
      "a body of two lengths",
      `POST /post HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
      400,
    ],
  ])("for %s", async (name, bytes, status) => {
    const { port } = await listening();
    const answer = await raw(port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).not.toContain("\r\ndate:");
    expect(answer.toLowerCase()).not.toContain("canary");
    if (status !== 200 && !name.includes("without a host")) {
      expect(answer).toContain('"type":"error","v":1}');
      expect(answer.toLowerCase()).toContain("cache-control: no-store");
    }
  });

  it("for two requests on one connection, either", async () => {
    const { port } = await listening();
    const one = "GET /who HTTP/1.1\r\nhost: x\r\n\r\n";
    const answer = await raw(port, one + one.replace("host", "connection: close\r\nhost"));
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(answer.toLowerCase()).not.toContain("\r\ndate:");
  });
});

describe("a request that never ends", () => {
  it("is refused and its connection ended", async () => {
    const { port } = await listening();
    const answer = await raw(port, "GET /who HTTP/1.1\r\nhost: x\r\nx-slow: ");
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain('"code":"request-timeout"');
  }, 60_000);
});

describe("a body that is too large", () => {
  it("is refused before it has been sent, and the connection ends", async () => {
    const { port } = await listening();
    const answer = await raw(
      port,
      "POST /post HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 999999999\r\n\r\n{",
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer.toLowerCase()).toContain("connection: close");
  });
});

describe("a route for large bodies", () => {
  it("holds so many at once, refuses more before reading them, and goes on when callers hang up", async () => {
    const http = createServer({ name: "Test", version: "1", maxBodyBytes: 1000, logger });
    http.post("/large", { summary: "Large.", body: closed({}), response: closed({}), atOnce: 2 }, () => ({}));
    http.post("/small", { summary: "Small.", body: closed({}), response: closed({}) }, () => ({}));
    onTestFinished(() => http.close());
    const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
    const send = async (path: string) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body: "{}" });
      return answer.status;
    };
    const begun = () => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(
        "POST /large HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{",
      );
      return socket;
    };
    expect(await send("/large")).toBe(200);
    const held = [begun(), begun()];
    await expect.poll(() => send("/large")).toBe(503);
    expect(await send("/small")).toBe(200);
    for (const socket of held) socket.destroy();
    await expect.poll(() => send("/large")).toBe(200);
  });
});
