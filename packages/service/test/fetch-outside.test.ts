/** What a server fetches for somebody reaches nothing that the internet could not. Attacks by name; servers here are on loopback, by a policy that admits them. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createPlain } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import {
  fetchOutside,
  isPublicAddress,
  keepConnections,
  type OutsidePolicy,
  PUBLIC_INTERNET,
} from "../src/index.ts";

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Outside {
  readonly port: number;
  readonly url: string;
  readonly asked: IncomingMessage[];
  readonly policy: OutsidePolicy;
}

/** A server that stands for the internet: names lead to it, and loopback is admitted under its port alone. */
async function outside(answer: RequestListener, policy: Partial<OutsidePolicy> = {}): Promise<Outside> {
  const asked: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const { port } = server.address() as { port: number };
  return {
    port,
    url: `http://news.example.com:${port}`,
    asked,
    policy: {
      ...PUBLIC_INTERNET,
      ports: [port],
      admits: (address) => address === "127.0.0.1",
      resolve: async () => ["127.0.0.1"],
      ...policy,
    },
  };
}

const text = (fetched: Awaited<ReturnType<typeof fetchOutside>>) =>
  fetched.kind === "answer" ? new TextDecoder().decode(fetched.bytes) : fetched.why;

describe("fetching from outside", () => {
  it("gives what stands there, and sends nothing of anybody", async () => {
    const { url, policy, asked } = await outside((_, response) => {
      response.setHeader("set-cookie", "a=b");
      response.end("as it is");
    });
    const fetched = await fetchOutside(`${url}/a?b=c#d`, policy);
    expect(fetched).toMatchObject({ kind: "answer", status: 200, url: `${url}/a?b=c` });
    expect(text(fetched)).toBe("as it is");
    await fetchOutside(url, policy);
    expect(asked[1]!.headers).toEqual({
      host: new URL(url).host,
      connection: "close",
      "user-agent": "Undersigned (compares kept copies)",
      accept: "*/*",
      "accept-encoding": "gzip, deflate, br",
    });
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("unpacks %s", async (coding, pack) => {
    const { url, policy } = await outside((_, response) =>
      response.setHeader("content-encoding", coding).end(pack("packed words")),
    );
    expect(text(await fetchOutside(url, policy))).toBe("packed words");
  });

  it("follows five redirects, and says where it came to", async () => {
    const { url, policy } = await outside((request, response) => {
      const left = Number(request.url!.slice(1));
      if (left === 0) response.end("there");
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect(await fetchOutside(`${url}/5`, policy)).toMatchObject({ status: 200, url: `${url}/0` });
    expect(text(await fetchOutside(`${url}/6`, policy))).toBe("redirects");
  });

  it("says that a page is gone, without its words", async () => {
    const { url, policy } = await outside((_, response) => response.writeHead(410).end("gone"));
    expect(await fetchOutside(url, policy)).toMatchObject({ status: 410, bytes: new Uint8Array() });
  });
});

describe("many files of one server", () => {
  it("come over one connection, and say who asks", async () => {
    const connections = keepConnections(1);
    const { url, policy, asked } = await outside((_, response) => response.end("as it is"));
    for (let i = 0; i < 3; i++) {
      const fetched = await fetchOutside(url, { ...policy, connections, purpose: "mirrors" });
      expect(text(fetched)).toBe("as it is");
    }
    connections.close();
    expect(new Set(asked.map(({ socket }) => socket)).size).toBe(1);
    expect(asked[2]!.headers["user-agent"]).toBe("Undersigned (mirrors)");
  });

  it("never come over a connection that leads where it may not", async () => {
    const connections = keepConnections(1);
    const { url, policy, asked } = await outside((_, response) => response.end("as it is"));
    await fetchOutside(url, { ...policy, connections });
    const refusing = { ...policy, connections, admits: (address: string) => address !== "127.0.0.1" };
    const misled = { ...refusing, resolve: async () => ["127.0.0.2"] };
    expect(text(await fetchOutside(url, misled))).toBe("refused");
    connections.close();
    expect(asked).toHaveLength(1);
  });

  it("are asked for without their bytes", async () => {
    const { url, policy, asked } = await outside((_, response) => response.end("as it is"));
    const fetched = await fetchOutside(url, { ...policy, head: true });
    expect(fetched).toMatchObject({ status: 200, bytes: new Uint8Array() });
    expect(asked[0]!.method).toBe("HEAD");
  });
});

describe("addresses that only the server can reach are refused", () => {
  const INSIDE = [
    ...["127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    ...["169.254.169.254", "100.64.0.1", "100.127.255.255", "224.0.0.1", "239.255.255.255", "240.0.0.1"],
    ...[
      "255.255.255.255",
      "192.0.0.1",
      "192.0.2.1",
      "198.18.0.1",
      "198.51.100.1",
      "203.0.113.1",
      "192.88.99.1",
    ],
    ...["::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1"],
    ...["64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1"],
    ...["2001::1", "2001:db8::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1"],
    ...[
      "100::1",
      "3fff:ffff::1%lo",
      "4000::1",
      "5f00::1",
      "not an address",
      "",
      "8.8.8.8.",
      "1.2.3",
      "08.8.8.8",
    ],
  ];
  const PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"];

  it.each(INSIDE)("%s", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(PUBLIC)("but not %s", (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ...[
      "http://127.0.0.1/",
      "http://127.1/",
      "http://2130706433/",
      "http://0x7f000001/",
      "http://0177.0.0.1/",
    ],
    ...[
      "http://[::1]/",
      "http://[::ffff:127.0.0.1]/",
      "http://[::ffff:7f00:1]/",
      "http://[64:ff9b::127.0.0.1]/",
    ],
    ...["http://[2002:7f00:1::]/", "http://①②⑦.0.0.1/", "http://127。0。0。1/", "http://0/", "http://10.1/"],
    ...[
      "http://169.254.169.254/latest/meta-data/",
      "http://[fe80::1]/",
      "https://127.0.0.1/",
      "http://0x0a.1/",
    ],
  ])("%s in a URL, however it is spelled", async (url) => {
    const resolve = async () => ["8.8.8.8"];
    expect(await fetchOutside(url, { ...PUBLIC_INTERNET, resolve })).toEqual({
      kind: "failure",
      why: "refused",
    });
  });

  it.each([
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://example.com/",
    "data:text/plain,a",
    "javascript:1",
    "http://user:word@example.com/",
    "http://user@example.com/",
    "http://example.com:22/",
    "http://example.com:8080/",
    "https://example.com:80808/",
    "//example.com/",
    "example.com",
    `http://example.com/${"a".repeat(2_000)}`,
  ])("%s, and nobody is asked for a name", async (url) => {
    let asked = 0;
    const resolve = async () => {
      asked++;
      return ["8.8.8.8"];
    };
    expect(await fetchOutside(url, { ...PUBLIC_INTERNET, resolve })).toEqual({
      kind: "failure",
      why: "refused",
    });
    expect(asked).toBe(0);
  });

  it("whatever a URL says, nothing but what is admitted is connected to", async () => {
    const admitted = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.ipV4Extended(), async (host) => {
        const { hostname } = new URL(`http://${host}/`);
        const policy = {
          ...PUBLIC_INTERNET,
          // Never connects: it would be to a stranger.
          admits: (address: string) => {
            admitted.add(address);
            return false;
          },
          resolve: async () => ["127.0.0.1"],
        };
        expect(text(await fetchOutside(`http://${host}/`, policy))).toBe("refused");
        expect(admitted.has(hostname)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("an attacker who", () => {
  it("lets a name lead inside is refused, and so where one of several addresses does", async () => {
    const { url, policy, asked } = await outside((_, response) => response.end("inside"));
    for (const addresses of [["10.0.0.1"], ["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"]])
      expect(text(await fetchOutside(url, { ...policy, resolve: async () => addresses }))).toBe("refused");
    expect(asked).toEqual([]);
  });

  it("changes a name's answer between check and connection (DNS rebinding) gains nothing", async () => {
    const { url, policy } = await outside((_, response) => response.end("where it was sent"));
    let answers = 0;
    // The first answer is admitted; each later one is not.
    const resolve = async () => (answers++ === 0 ? ["127.0.0.1"] : ["10.0.0.1"]);
    expect(text(await fetchOutside(url, { ...policy, resolve }))).toBe("where it was sent");
    expect(answers).toBe(1);
  });

  it("redirects to a name that leads inside by then is refused at the redirect", async () => {
    const { url, policy, asked } = await outside((_, response) =>
      response.writeHead(302, { location: "/secret" }).end(),
    );
    let answers = 0;
    const resolve = async () => (answers++ === 0 ? ["127.0.0.1"] : ["10.0.0.1"]);
    expect(text(await fetchOutside(url, { ...policy, resolve }))).toBe("refused");
    expect(asked).toHaveLength(1);
  });

  it.each([
    ...[
      "http://127.0.0.2/",
      "http://[::1]/",
      "http://localhost/",
      "http://2130706434/",
      "file:///etc/passwd",
    ],
    ...["http://a:b@news.example.com/", "//10.0.0.1/", "http://", "gopher://news.example.com/"],
  ])("redirects to %s is refused", async (location) => {
    const { policy, port } = await outside((_, response) => response.writeHead(301, { location }).end());
    const resolve = async (name: string) => (name === "localhost" ? ["127.0.0.2", "::1"] : ["127.0.0.1"]);
    const fetched = await fetchOutside(`http://news.example.com:${port}/`, {
      ...policy,
      ports: [port, 80, 443],
      resolve,
    });
    expect(text(fetched)).toBe("refused");
  });

  it("sends more than there may be, packed or not, is cut off", async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    for (const [headers, body] of [
      [{}, Buffer.alloc(2_000_000)],
      [{ "content-encoding": "gzip" }, bomb],
      [{ "content-encoding": "br" }, brotliCompressSync(Buffer.alloc(5_000_000))],
    ] as const) {
      const { url, policy } = await outside((_, response) => response.writeHead(200, headers).end(body));
      expect(text(await fetchOutside(url, { ...policy, mostBytes: 1_000_000 }))).toBe("large");
    }
    expect(bomb.length).toBeLessThan(10_000);
  });

  it("packs twice, by a coding that nobody knows, or badly, is not read", async () => {
    for (const coding of ["gzip, gzip", "compress", "__proto__", "gzip"]) {
      const { url, policy } = await outside((_, response) =>
        response.setHeader("content-encoding", coding).end("no such thing"),
      );
      expect(text(await fetchOutside(url, policy))).toBe("unreadable");
    }
  });

  it("keeps us waiting: for a name, for an answer, for its end, or for the next redirect", async () => {
    const never = () => new Promise<string[]>(() => undefined);
    const silent = await outside(() => undefined, { withinMs: 100 });
    expect(text(await fetchOutside(silent.url, silent.policy))).toBe("slow");
    expect(text(await fetchOutside(silent.url, { ...silent.policy, resolve: never }))).toBe("slow");
    const endless = await outside((_, response) => void response.writeHead(200).write("a"), {
      withinMs: 100,
    });
    expect(text(await fetchOutside(endless.url, endless.policy))).toBe("slow");
    const packed = await outside(
      (_, response) =>
        void response.writeHead(200, { "content-encoding": "gzip" }).write(gzipSync("a").subarray(0, 9)),
      { withinMs: 100 },
    );
    expect(text(await fetchOutside(packed.url, packed.policy))).toBe("slow");
    const dripping = await outside(
      (_, response) => void setTimeout(() => response.writeHead(302, { location: "/" }).end(), 60),
      { withinMs: 100 },
    );
    expect(text(await fetchOutside(dripping.url, dripping.policy))).toBe("slow");
  });

  it("speaks no HTTP, endless headers, or nothing at all is unreachable", async () => {
    for (const said of ["SSH-2.0-x\r\n", `HTTP/1.1 200 OK\r\na: ${"a".repeat(20_000)}\r\n\r\n`, ""]) {
      const server = createPlain((socket) => {
        socket.on("error", () => undefined);
        socket.end(said);
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      servers.push(server);
      const { port } = server.address() as { port: number };
      const policy = {
        ...PUBLIC_INTERNET,
        ports: [port],
        admits: () => true,
        resolve: async () => ["127.0.0.1"],
      };
      expect(text(await fetchOutside(`http://news.example.com:${port}/`, policy))).toBe("unreachable");
    }
  });

  it("sets a proxy for the process does not see what is fetched", async () => {
    const proxy = await outside((_, response) => response.end("by the proxy"));
    const { url, policy } = await outside((_, response) => response.end("straight"));
    process.env.HTTP_PROXY = `http://127.0.0.1:${proxy.port}`;
    try {
      expect(text(await fetchOutside(url, policy))).toBe("straight");
    } finally {
      delete process.env.HTTP_PROXY;
    }
    expect(proxy.asked).toEqual([]);
  });
});
