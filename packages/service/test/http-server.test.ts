import { encodeCanonical, type JsonValue } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerOptions } from "../src/index.ts";
import {
  closed,
  createLogger,
  createServer,
  httpEvents,
  jsonFile,
  ServiceError,
  Type,
} from "../src/index.ts";

const written: string[] = [];
const logger = createLogger(httpEvents, { stream: { write: (line) => written.push(line) } });
const defaults: ServerOptions = { name: "Test", version: "1.0.0", maxBodyBytes: 4096, logger };

const Echo = closed({
  type: Type.Literal("echo"),
  v: Type.Literal(1),
  amount: Type.Integer({ minimum: 0, maximum: 10 }),
  label: Type.Optional(Type.String({ maxLength: 8, pattern: "^[a-z]*$" })),
  inner: Type.Optional(Type.Array(closed({ flag: Type.Boolean() }))),
});

class OtherError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A server with one route of each kind. `seen` collects what the POST handler was given. */
function echoServer(options: Partial<ServerOptions> = {}) {
  const seen: unknown[] = [];
  const server = createServer({ ...defaults, ...options });
  server.post(
    "/echo/:name",
    { summary: "Echo.", params: closed({ name: Type.String() }), body: Echo, response: Echo },
    (r) => {
      seen.push(r.body, r.params, r.client);
      return r.body;
    },
  );
  server.get(
    "/file/:id",
    { summary: "A file.", params: closed({ id: Type.String({ pattern: "^[0-9]+$" }) }) },
    ({ params }) => jsonFile({ id: params.id }, "immutable"),
  );
  return { server, seen };
}

const good = { type: "echo", v: 1, amount: 7 } as const;

function post(
  server: ReturnType<typeof createServer>,
  body: string | Uint8Array | undefined,
  headers: Record<string, string> = {},
) {
  return server.inject({
    method: "POST",
    url: "/echo/x",
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { payload: typeof body === "string" ? body : Buffer.from(body) }),
  });
}

const canonical = (value: JsonValue) => encodeCanonical(value);

describe("a request body", () => {
  it("in canonical JSON reaches the handler as it is, and the answer is canonical", async () => {
    const { server, seen } = echoServer();
    const answer = await post(server, canonical({ ...good, label: "abc" }));
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('{"amount":7,"label":"abc","type":"echo","v":1}');
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(seen).toEqual([{ ...good, label: "abc" }, { name: "x" }, "127.0.0.1/32"]);
  });

  it.each([
    ["keys out of order", '{"type":"echo","v":1,"amount":7}', "not-canonical"],
    ["white space", '{"amount":7, "type":"echo","v":1}', "not-canonical"],
    ["a key twice", '{"amount":7,"amount":7,"type":"echo","v":1}', "not-canonical"],
    ["another spelling of a number", '{"amount":7.0,"type":"echo","v":1}', "not-canonical"],
    ["a byte order mark", '\ufeff{"amount":7,"type":"echo","v":1}', "not-json"],
    ["half an object", '{"amount":7', "not-json"],
    ["nothing", "", "not-json"],
    ["text that is not in NFC", '{"amount":7,"label":"e\u0301","type":"echo","v":1}', "not-nfc"],
    ["nesting without end", "[".repeat(100) + "]".repeat(100), "too-deep"],
  ])("with %s is refused", async (_name, body, code) => {
    const { server, seen } = echoServer();
    const answer = await post(server, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ type: "error", v: 1, code });
    expect(seen).toEqual([]);
  });

  it("that is not UTF-8 is refused", async () => {
    const { server } = echoServer();
    const answer = await post(server, Uint8Array.of(0x22, 0xff, 0x22));
    expect(answer.json()).toMatchObject({ code: "bad-encoding" });
  });

  it("is not converted: a text of digits is no number, and 1 is not true", async () => {
    const { server, seen } = echoServer();
    for (const body of [
      { ...good, amount: "7" },
      { ...good, inner: [{ flag: 1 }] },
      { ...good, inner: { flag: true } },
      { ...good, label: null },
    ]) {
      const answer = await post(server, canonical(body));
      expect(answer.json(), JSON.stringify(body)).toMatchObject({ code: "bad-request" });
    }
    expect(seen).toEqual([]);
  });

  it("with an unknown field is refused and not quietly stripped, at any depth", async () => {
    const { server, seen } = echoServer();
    for (const body of [
      { ...good, canary: 1 },
      { ...good, inner: [{ flag: true, canary: 1 }] },
      JSON.parse(`{"__proto__":{},"amount":7,"type":"echo","v":1}`),
    ]) {
      const answer = await post(server, canonical(body as JsonValue));
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: "bad-request" });
      expect(answer.body).toContain("must not have unknown fields");
      expect(answer.body).not.toContain("canary");
    }
    expect(seen).toEqual([]);
  });

  it("that misses its schema is told where and what is expected, never its own value", async () => {
    const { server } = echoServer();
    const messageOf = async (body: JsonValue) =>
      (await post(server, canonical(body))).json().message as string;
    expect(await messageOf({ ...good, amount: 11 })).toBe("The field /amount of the body must be <= 10.");
    expect(await messageOf({ ...good, inner: [{ flag: true }, { flag: "canary" }] })).toBe(
      "The field /inner/1/flag of the body must be boolean.",
    );
    expect(await messageOf({ ...good, label: "CANARY" })).toBe(
      'The field /label of the body must match pattern "^[a-z]*$".',
    );
    expect(await messageOf({ type: "echo", v: 1 })).toBe("The body must have required properties amount.");
    expect(await messageOf("canary")).toBe("The body must be object.");
  });

  it("never has its values repeated in a refusal, whatever they are", async () => {
    const { server } = echoServer();
    const canary = "canary93";
    const marked = (value: JsonValue): JsonValue => {
      if (typeof value === "string") return `${value.normalize("NFC")}.${canary}`;
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) return value.map(marked);
      return Object.fromEntries(
        Object.entries(value).map(([k, v]) => [`${k.normalize("NFC")}.${canary}`, marked(v)]),
      );
    };
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 3 }),
        fc.constantFrom("type", "amount", "label", "inner", canary),
        async (noise, key) => {
          const value = marked(noise as JsonValue);
          const answer = await post(server, canonical({ ...good, [key]: [value, canary] } as JsonValue));
          expect(answer.statusCode).toBe(400);
          expect(answer.body).not.toContain(canary);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("of another type than JSON is refused, also one that only begins like it", async () => {
    const { server } = echoServer();
    for (const type of [
      "text/plain",
      "application/jsonx",
      "application/json-patch+json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "nonsense",
    ]) {
      const answer = await post(server, canonical(good), { "content-type": type });
      expect(answer.statusCode, type).toBe(415);
      expect(answer.json(), type).toMatchObject({ code: "unsupported-media-type" });
    }
    const bare = await server.inject({
      method: "POST",
      url: "/echo/x",
      payload: Buffer.from(canonical(good)),
      headers: { "content-type": "" },
    });
    expect(bare.statusCode).toBe(415);
    expect(
      (await post(server, canonical(good), { "content-type": "application/json; charset=utf-8" })).statusCode,
    ).toBe(200);
  });

  it("over the limit is refused, by its stated length or by its bytes, and a route can have its own limit", async () => {
    const server = createServer({ ...defaults, maxBodyBytes: 100 });
    const Body = closed({ text: Type.String() });
    const answerOf = ({ body }: { body: { text: string } }) => ({ text: String(body.text.length) });
    server.post("/small", { summary: "Small.", body: Body, response: Body }, answerOf);
    server.post("/large", { summary: "Large.", body: Body, response: Body, maxBodyBytes: 1000 }, answerOf);
    const send = (url: string, length: number) =>
      server.inject({
        method: "POST",
        url,
        headers: { "content-type": "application/json" },
        payload: Buffer.from(canonical({ text: "x".repeat(length) })),
      });
    expect((await send("/small", 89)).statusCode).toBe(200);
    const answer = await send("/small", 90);
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: "too-large" });
    expect((await send("/large", 900)).json()).toEqual({ text: "900" });
    expect((await send("/large", 1000)).statusCode).toBe(413);
  });
});

it("a POST without any body is refused", async () => {
  const { server } = echoServer();
  const answer = await server.inject({ method: "POST", url: "/echo/x" });
  expect(answer.json()).toMatchObject({ code: "bad-request", message: "The body must be object." });
});

describe("a path or query value", () => {
  it("is text that fits its schema, or refused", async () => {
    const { server } = echoServer();
    expect((await server.inject("/file/12")).json()).toEqual({ id: "12" });
    expect((await server.inject("/file/x12")).json()).toMatchObject({
      code: "bad-request",
      message: 'The field /id of the params must match pattern "^[0-9]+$".',
    });
  });

  it("is never converted to a number", async () => {
    const server = createServer(defaults);
    const q = closed({ page: Type.Integer() });
    server.get("/q", { summary: "Query.", query: q }, () => jsonFile({}, "short"));
    expect((await server.inject("/q?page=7")).statusCode).toBe(400);
  });

  it("in a query is ignored where no query is declared, and checked where one is", async () => {
    const { server } = echoServer();
    server.get(
      "/q",
      { summary: "Query.", query: closed({ from: Type.Optional(Type.String()) }) },
      ({ query }) => jsonFile({ from: query.from ?? "none" }, "short"),
    );
    expect((await server.inject("/file/1?tracking=canary")).json()).toEqual({ id: "1" });
    expect((await server.inject("/q?from=a")).json()).toEqual({ from: "a" });
    expect((await server.inject("/q?from=a&from=b")).statusCode).toBe(400);
    expect((await server.inject("/q?other=canary")).json()).toMatchObject({ code: "bad-request" });
  });

  it("that cannot be decoded is refused without being repeated", async () => {
    const { server } = echoServer();
    const answer = await server.inject("/file/%ff-canary");
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ type: "error", v: 1, code: "bad-request" });
    expect(answer.body).not.toContain("canary");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
    const long = await server.inject(`/file/${"1".repeat(300)}`);
    expect(long.json()).toMatchObject({ code: "uri-too-long" });
  });
});

it("a GET's handler learns whether the caller takes gzip, and no other header", async () => {
  const server = createServer(defaults);
  server.get("/gzip", { summary: "Gzip." }, (request) =>
    jsonFile({ gzip: request.acceptsGzip, given: Object.keys(request) }, "none"),
  );
  for (const [header, gzip] of [
    ["gzip, deflate, br", true],
    ["GZIP;q=0.5", true],
    ["*", true],
    ["gzip;q=0, *", false],
    ["gzip; q=0.0", false],
    ["br", false],
    ["gzipped", false],
    ["", false],
  ] as const) {
    const answer = await server.inject({
      url: "/gzip",
      headers: { "accept-encoding": header, cookie: "canary" },
    });
    expect(answer.json(), header).toEqual({ gzip, given: ["params", "query", "client", "acceptsGzip"] });
  }
});

describe("an address", () => {
  it("that does not exist is 404 for every method and whatever is sent to it", async () => {
    const { server } = echoServer();
    for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"] as const) {
      const answer = await server.inject({
        method,
        url: "/canary",
        ...(method !== "GET" && { payload: "{nonsense", headers: { "content-type": "text/x" } }),
      });
      expect(answer.statusCode, method).toBe(404);
      expect(answer.json(), method).toMatchObject({ type: "error", v: 1, code: "not-found" });
      expect(answer.body).not.toContain("canary");
    }
    expect((await server.inject("/file/1/")).statusCode).toBe(404);
  });

  it("that has other methods says which", async () => {
    const { server, seen } = echoServer();
    const answers = [
      await server.inject({ method: "GET", url: "/echo/x" }),
      await server.inject({ method: "HEAD", url: "/echo/x" }),
      await server.inject({ method: "DELETE", url: "/echo/x" }),
      await server.inject({ method: "PUT", url: "/echo/x", payload: "{nonsense" }),
      await server.inject({ method: "OPTIONS", url: "/echo/x" }),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(405);
      expect(answer.headers.allow).toBe("POST");
    }
    expect(answers[0]!.json()).toMatchObject({ code: "method-not-allowed" });
    const file = await server.inject({
      method: "POST",
      url: "/file/1",
      payload: Buffer.from(canonical(good)),
      headers: { "content-type": "application/json" },
    });
    expect(file.statusCode).toBe(405);
    expect(file.headers.allow).toBe("GET, HEAD");
    expect(seen).toEqual([]);
  });

  it("answers HEAD with the headers of GET and no body", async () => {
    const { server } = echoServer();
    const answer = await server.inject({ method: "HEAD", url: "/file/1" });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe("");
    expect(answer.headers["content-length"]).toBe("10");
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });
});

describe("the headers of an answer", () => {
  const forbidden = ["set-cookie", "etag", "last-modified", "server", "x-powered-by", "date"];

  it("keep the reader's way secret and mark nobody, on files, answers and errors alike", async () => {
    const { server } = echoServer();
    const answers = [
      await server.inject("/file/1"),
      await server.inject("/openapi.json"),
      await server.inject("/nowhere"),
      await server.inject("/file/%ff"),
      await post(server, canonical(good)),
      await post(server, "{"),
      await server.inject({ method: "DELETE", url: "/file/1" }),
    ];
    for (const answer of answers) {
      expect(answer.headers).toMatchObject({
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "cross-origin",
      });
      for (const name of forbidden) expect(answer.headers, name).not.toHaveProperty(name);
    }
  });

  it("let nobody keep a POST's answer or an error, and say how long a file may be kept", async () => {
    const { server } = echoServer();
    server.get("/gone", { summary: "Gone." }, () => ({ ...jsonFile({}, "immutable"), status: 410 }));
    server.get("/short", { summary: "Short." }, () => jsonFile({}, "short"));
    const cacheOf = async (url: string) => (await server.inject(url)).headers["cache-control"];
    expect(await cacheOf("/file/1")).toBe("public, max-age=31536000, immutable");
    expect(await cacheOf("/short")).toBe("public, max-age=10");
    expect(await cacheOf("/nowhere")).toBe("no-store");
    expect(await cacheOf("/gone")).toBe("no-store");
    expect((await post(server, canonical(good))).headers["cache-control"]).toBe("no-store");
    expect((await post(server, "{")).headers["cache-control"]).toBe("no-store");
  });

  it("let pages of other origins read public files, and POST only where the server says so", async () => {
    const { server } = echoServer();
    expect((await server.inject("/file/1")).headers["access-control-allow-origin"]).toBe("*");
    expect((await post(server, canonical(good))).headers).not.toHaveProperty("access-control-allow-origin");
    const { server: registrar } = echoServer({ crossOriginPosts: true });
    const preflight = await registrar.inject({
      method: "OPTIONS",
      url: "/echo/x",
      headers: { origin: "https://board.example.com", "access-control-request-method": "POST" },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type",
    });
    expect(preflight.headers).not.toHaveProperty("access-control-allow-credentials");
    expect((await post(registrar, "{")).headers["access-control-allow-origin"]).toBe("*");
    expect((await registrar.inject({ method: "OPTIONS", url: "/file/1" })).statusCode).toBe(405);
  });

  it("keep a route for its own pages alone, on a server that takes posts from anywhere else", async () => {
    const { server } = echoServer({ crossOriginPosts: true });
    const origins: string[] = [];
    server.post(
      "/own",
      { summary: "Own.", body: Echo, response: Echo, sameOrigin: true },
      ({ body, origin }) => {
        origins.push(origin);
        return body;
      },
    );
    const own = (headers: Record<string, string>) =>
      server.inject({
        method: "POST",
        url: "/own",
        headers: { "content-type": "application/json", host: "board.example.com", ...headers },
        payload: Buffer.from(canonical(good)),
      });
    const statuses = [];
    for (const headers of [
      {},
      { "sec-fetch-site": "same-origin" },
      { origin: "http://board.example.com" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site", origin: "http://board.example.com" },
      { origin: "https://board.example.com" },
      { origin: "null" },
    ] as Record<string, string>[]) {
      const answer = await own(headers);
      expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
      statuses.push(answer.statusCode);
    }
    expect(statuses).toEqual([200, 200, 200, 403, 403, 403, 403]);
    expect(new Set(origins)).toEqual(new Set(["http://board.example.com"]));
    expect((await server.inject({ method: "OPTIONS", url: "/own" })).statusCode).toBe(405);
  });

  it("of a file can be added to, but not with those that mark a reader or a moment", async () => {
    const server = createServer(defaults);
    const add = (path: string, headers: Record<string, string>) =>
      server.get(path, { summary: "Page." }, () => ({
        body: "<p>",
        contentType: "text/html; charset=utf-8",
        cache: "short",
        headers,
      }));
    add("/page", { "content-security-policy": "default-src 'none'" });
    for (const [i, name] of [
      "set-cookie",
      "Set-Cookie",
      "etag",
      "last-modified",
      "date",
      "cache-control",
    ].entries())
      add(`/bad-${i}`, { [name]: "x" });
    const page = await server.inject("/page");
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'",
    });
    for (let i = 0; i < 6; i++) expect((await server.inject(`/bad-${i}`)).statusCode).toBe(500);
  });
});

describe("a failure in a handler", () => {
  const canary = "canary-c0ffee";

  function failing(error: unknown, options: Partial<ServerOptions> = {}) {
    const server = createServer({ ...defaults, ...options });
    server.post(
      "/echo/:name",
      { summary: "Fail.", params: closed({ name: Type.String() }), body: Echo, response: Echo },
      () => {
        throw error;
      },
    );
    return server;
  }

  it("tells the caller nothing, and the log only where and of what sort", async () => {
    const causes: [unknown, string][] = [
      [new Error(canary, { cause: canary }), "other-error"],
      [new TypeError(canary), "type-error"],
      [Object.assign(new Error(canary), { code: "23505", detail: canary }), "database-error"],
      [Object.assign(new Error(canary), { code: "ENOENT", path: canary }), "system-error"],
      [
        Object.assign(new Error(canary), {
          code: canary,
          statusCode: 418,
          validation: [{ message: canary }],
        }),
        "other-error",
      ],
      [canary, "other-error"],
      [{ message: canary, statusCode: 400 }, "other-error"],
      [undefined, "other-error"],
      [new ServiceError("key-file-damaged", canary), "key-file-damaged"],
    ];
    for (const [cause, kind] of causes) {
      written.length = 0;
      const answer = await post(failing(cause), canonical({ ...good, label: "canary" }), {
        "x-canary": canary,
        "user-agent": canary,
      });
      expect(answer.statusCode).toBe(500);
      expect(answer.json()).toMatchObject({ type: "error", v: 1, code: "internal" });
      expect(JSON.stringify(answer.headers) + answer.body).not.toContain("canary");
      expect(written).toHaveLength(1);
      expect(JSON.parse(written[0]!)).toEqual({
        day: expect.any(String),
        event: "http-failure",
        route: 1,
        kind,
      });
    }
  });

  it("writes nothing to the console either", async () => {
    const output: unknown[] = [];
    const streams = [process.stdout, process.stderr] as const;
    const originals = streams.map((stream) => stream.write);
    for (const stream of streams)
      stream.write = ((chunk: unknown) => output.push(chunk) > 0) as typeof stream.write;
    try {
      await post(failing(new Error(canary)), canonical(good));
    } finally {
      streams.forEach((stream, i) => {
        stream.write = originals[i]!;
      });
    }
    expect(output.join("")).not.toContain(canary);
  });

  it("that is another package's and is listed gets its status, code and message", async () => {
    written.length = 0;
    const server = failing(new OtherError("closed", "The letter is closed."), {
      errorStatus: { closed: 409 },
    });
    const answer = await post(server, canonical(good));
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toBe('{"code":"closed","message":"The letter is closed.","type":"error","v":1}');
    const unlisted = await post(
      failing(new OtherError("toString", canary), { errorStatus: { closed: 409 } }),
      canonical(good),
    );
    expect(unlisted.json()).toMatchObject({ code: "internal" });
    expect(written).toHaveLength(1);
  });

  it("that asks the caller to wait says for how long", async () => {
    const answer = await post(
      failing(new ServiceError("too-many-requests", "Wait.", { retryAfterSeconds: 9 })),
      canonical(good),
    );
    expect(answer.statusCode).toBe(429);
    expect(answer.headers["retry-after"]).toBe("9");
    const busy = await post(failing(new ServiceError("database-busy", "Busy.")), canonical(good));
    expect(busy.statusCode).toBe(503);
  });

  it("cannot be an answer with more in it than was declared", async () => {
    const server = createServer(defaults);
    server.post(
      "/x",
      { summary: "Leak.", body: closed({}), response: closed({ ok: Type.Boolean() }) },
      () => ({ ok: true, mailbox: canary }),
    );
    const answer = await server.inject({
      method: "POST",
      url: "/x",
      payload: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain(canary);
  });
});

describe("the registration of a route", () => {
  it("refuses schemas that admit unknown fields, at any depth", () => {
    const server = createServer(defaults);
    const open = Type.Object({ a: Type.String() });
    for (const body of [
      open,
      closed({ inner: open }),
      Type.Array(open),
      Type.Union([open, Type.Null()]),
      Type.Record(Type.String(), Type.String()),
    ]) {
      expect(() => server.post("/x", { summary: "X.", body, response: closed({}) }, () => ({}))).toThrow(
        expect.objectContaining({ code: "bad-route" }),
      );
    }
    expect(() =>
      server.post("/x", { summary: "X.", body: closed({}), response: open }, () => ({ a: "" })),
    ).toThrow(expect.objectContaining({ code: "bad-route" }));
  });

  it("ends when the server starts", async () => {
    const { server } = echoServer();
    await server.inject("/file/1");
    expect(() => server.get("/late", { summary: "Late." }, () => jsonFile({}, "short"))).toThrow(
      expect.objectContaining({ code: "bad-route" }),
    );
  });

  it("refuses statuses that would hide a fault of the server as one of the caller's, or the other way round", () => {
    for (const status of [200, 302, 500, 502, 4.5]) {
      expect(() => createServer({ ...defaults, errorStatus: { x: status } })).toThrow(
        expect.objectContaining({ code: "bad-configuration" }),
      );
    }
  });
});

describe("the OpenAPI description", () => {
  it("lists every route with its schemas and numbers, and none that only refuses", async () => {
    const { server } = echoServer();
    const answer = await server.inject("/openapi.json");
    const description = answer.json();
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(description.openapi).toBe("3.1.0");
    expect(description.info).toEqual({ title: "Test", version: "1.0.0" });
    expect(Object.keys(description.paths).sort()).toEqual(["/echo/{name}", "/file/{id}", "/openapi.json"]);
    expect(Object.keys(description.paths["/echo/{name}"])).toEqual(["post"]);
    const { requestBody, responses, ...rest } = description.paths["/echo/{name}"].post;
    expect(rest["x-route"]).toBe(1);
    expect(requestBody.content["application/json"].schema.properties.amount).toEqual({
      type: "integer",
      minimum: 0,
      maximum: 10,
    });
    expect(requestBody.content["application/json"].schema.additionalProperties).toBe(false);
    expect(Object.keys(responses).sort()).toEqual(["200", "default"]);
    expect(await server.openApi()).toEqual(description);
  });
});
