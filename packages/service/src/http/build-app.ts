/**
 * Builds the fastify instance: every default that converts, drops, tells or logs something is replaced here.
 * Requests come from anyone; the schemas and handlers of the routes are trusted.
 */
import swagger from "@fastify/swagger";
import type { JsonObject } from "@undersigned/core";
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  type HTTPMethods,
} from "fastify";
import { ServiceError } from "../errors.ts";
import { networkKey } from "../rate-limit.ts";
import type { ServerOptions } from "./create-server.ts";
import { failureKind } from "./http-events.ts";
import { parseJsonBody } from "./json-body.ts";
import { refusalOf } from "./refusals.ts";
import { strictValidatorCompiler, type TSchema, Type } from "./schemas.ts";
import {
  COMMON_HEADERS,
  ERROR_HEADERS,
  encodeRefusal,
  LIMITS,
  type ListenOptions,
  NEARBY_PROXIES,
  QuietResponse,
  refuseConnection,
} from "./transport.ts";

/** A route as create-server.ts hands it over. `answer` sets the status and the headers, and gives the bytes. */
export type Route = {
  method: "GET" | "POST";
  path: string;
  summary: string;
  schema: { params?: TSchema; querystring?: TSchema; body?: TSchema };
  response: TSchema | undefined;
  status: number;
  maxBodyBytes: number;
  /** The schema of the body is a description; the handler is the authority on its form. */
  handlerChecksBody: boolean;
  /** Whether pages of other origins are refused, even where the server lets them POST elsewhere. */
  sameOrigin: boolean;
  /** How many requests of this route are read or answered at once; null for any number. */
  atOnce: number | null;
  /** Called before the body is read, with the caller's network: what it throws is the answer. */
  admit: ((client: string) => void) | null;
  answer: (request: FastifyRequest, reply: FastifyReply) => Promise<Uint8Array | string>;
};

export type RouteConfig = {
  number?: number;
  allow?: readonly string[];
  sameOrigin?: boolean;
  atOnce?: number | null;
  admit?: Route["admit"];
};

const errorSchema = Type.Object(
  { type: Type.Literal("error"), v: Type.Literal(1), code: Type.String(), message: Type.String() },
  { additionalProperties: false },
);

const exceptBody: typeof strictValidatorCompiler = (route) =>
  route.httpPart === "body" ? () => true : strictValidatorCompiler(route);

const FILE_RESPONSE = { description: "The file.", content: { "*/*": { schema: {} } } };

/** A fastify instance that is ready to listen. Throws fastify's own error for a route that it cannot take. */
export async function buildApp(options: ServerOptions, routes: readonly Route[], listen?: ListenOptions) {
  const behindProxy = listen?.behindProxy === true && listen.tls === undefined;
  const trusted = options.trustProxy ?? (listen?.behindProxy === true ? NEARBY_PROXIES : undefined);
  const http = {
    ServerResponse: QuietResponse,
    headersTimeout: LIMITS.headersTimeout,
    connectionsCheckingInterval: LIMITS.connectionsCheckingInterval,
  };
  const tls = listen?.tls;
  const settings = {
    logger: false,
    bodyLimit: options.maxBodyBytes,
    connectionTimeout: LIMITS.connectionTimeout,
    keepAliveTimeout: LIMITS.keepAliveTimeout,
    requestTimeout: LIMITS.requestTimeout,
    maxRequestsPerSocket: LIMITS.maxRequestsPerSocket,
    forceCloseConnections: "idle",
    // Its answer is not ours in form; while closing, what still arrives on an open connection is answered as usual.
    return503OnClosing: false,
    trustProxy: trusted === undefined ? false : [...trusted],
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error: unknown, _request: FastifyRequest, reply: FastifyReply) =>
      refuse(options, reply, error),
    routerOptions: { maxParamLength: 256 },
    ...(tls === undefined ? { http } : { https: { ...http, cert: pem(tls.cert), key: pem(tls.key) } }),
  };
  const app = fastify(settings as FastifyServerOptions);

  app.server.on("checkExpectation", (_request, response: QuietResponse) => {
    const error = new ServiceError("expectation-failed", "Send the request without this Expect header.");
    const body = encodeRefusal(error);
    response.writeHead(error.status, { ...COMMON_HEADERS, ...ERROR_HEADERS, "content-length": body.length });
    response.end(body);
  });

  app.setValidatorCompiler(strictValidatorCompiler);
  // Answers are bytes already; a schema that reached this would reorder or drop fields without a word.
  app.setSerializerCompiler(() => () => {
    throw new ServiceError("internal", "Answers are sent as bytes.");
  });
  app.setErrorHandler((error, request, reply) => refuse(options, reply, error, request));
  app.setNotFoundHandler((request, reply) => refuse(options, reply, notFound(), request));

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, bytes: Buffer) => {
      return parseJsonBody(bytes, request.routeOptions.bodyLimit);
    },
  );

  const underWay = new Map<number, number>();
  app.addHook("onRequest", async (request, reply) => {
    sendNoDate(reply);
    reply.headers(commonHeaders(options, request));
    if (behindProxy && request.protocol !== "https") {
      throw new ServiceError("https-required", "Use HTTPS.");
    }
    // Before the body is read: an unknown address is 404 and a wrong method 405 whatever is sent to it.
    if (request.is404) throw notFound();
    const { allow } = request.routeOptions.config as RouteConfig;
    if (allow !== undefined) {
      reply.header("allow", allow.join(", "));
      throw new ServiceError("method-not-allowed", "Use one of the methods that the Allow header names.");
    }
    const { sameOrigin, admit } = request.routeOptions.config as RouteConfig;
    if (sameOrigin === true) requireSameOrigin(request);
    admit?.(networkKey(request.ip));
    takePlace(underWay, request, reply);
  });

  await app.register(swagger, {
    openapi: { openapi: "3.1.0", info: { title: options.name, version: options.version } },
  });
  routes.forEach((route, number) => {
    const answers =
      route.response === undefined ? { 200: FILE_RESPONSE } : { [route.status]: route.response };
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.maxBodyBytes,
      config: {
        number,
        sameOrigin: route.sameOrigin,
        atOnce: route.atOnce,
        admit: route.admit,
      } satisfies RouteConfig as object,
      ...(route.handlerChecksBody && { validatorCompiler: exceptBody }),
      schema: {
        ...route.schema,
        summary: route.summary,
        response: { ...answers, default: errorSchema },
        "x-route": number,
      } as object,
      handler: async (request, reply) => reply.send(toBuffer(await route.answer(request, reply))),
    });
  });
  const closedPaths = new Set(routes.filter(({ sameOrigin }) => sameOrigin).map(({ path }) => path));
  for (const [path, methods] of methodsByPath(routes)) {
    const crossOriginPosts = options.crossOriginPosts === true && !closedPaths.has(path);
    addOtherMethods(app, crossOriginPosts, path, methods);
  }
  await app.ready();
  // A route that cannot be described shall fail here and not when somebody asks.
  describeRoutes(app);
  return app;
}

function methodsByPath(routes: readonly Route[]): Map<string, Set<string>> {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of routes) {
    const known = methods.get(path) ?? new Set();
    known.add(method);
    if (method === "GET") known.add("HEAD");
    methods.set(path, known);
  }
  return methods;
}

/** Answers OPTIONS for cross-origin POSTs, and every other method that the path lacks with 405. */
function addOtherMethods(
  app: FastifyInstance,
  crossOriginPosts: boolean,
  path: string,
  methods: ReadonlySet<string>,
): void {
  const allow = [...methods];
  const handler = () => undefined;
  const preflight = crossOriginPosts && methods.has("POST");
  if (preflight) {
    app.options(path, { schema: { hide: true } as object }, async (_request, reply) => {
      reply.code(204).headers({
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "86400",
        "cache-control": "no-store",
      });
      return reply.send();
    });
  }
  const others = app.supportedMethods.filter(
    (m) => !methods.has(m) && !(preflight && m === "OPTIONS"),
  ) as HTTPMethods[];
  app.route({
    method: others,
    url: path,
    schema: { hide: true } as object,
    config: { allow } as object,
    handler,
  });
}

function commonHeaders(options: ServerOptions, request: FastifyRequest): Record<string, string> {
  const readable =
    request.method === "GET" ||
    request.method === "HEAD" ||
    (options.crossOriginPosts === true &&
      (request.routeOptions.config as RouteConfig | undefined)?.sameOrigin !== true &&
      request.method === "POST");
  // No cookies and no other authority go with a request, so `*` gives a page nothing that curl has not.
  return readable ? { ...COMMON_HEADERS, "access-control-allow-origin": "*" } : COMMON_HEADERS;
}

/** The scheme and the host that the request names; behind a proxy, as the proxy says. */
export function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

/**
 * Every browser of today names the site of the page that sends (Fetch Metadata), and an older one names its origin. A
 * program that is no browser names neither, and has no person's authority to misuse.
 */
function requireSameOrigin(request: FastifyRequest): void {
  const { "sec-fetch-site": site, origin } = request.headers;
  const ours =
    site !== undefined ? site === "same-origin" : origin === undefined || origin === originOf(request);
  if (!ours) throw new ServiceError("cross-site", "Open this server's own page and do it there.");
}

/** Before the body is read, so that large bodies take no more memory than so many of them. Throws `unavailable`. */
function takePlace(underWay: Map<number, number>, request: FastifyRequest, reply: FastifyReply): void {
  const { number, atOnce } = request.routeOptions.config as RouteConfig;
  if (number === undefined || atOnce == null) return;
  const before = underWay.get(number) ?? 0;
  if (before >= atOnce) {
    throw new ServiceError("unavailable", "Others are sending just now: try again in a moment.", {
      retryAfterSeconds: 2,
    });
  }
  underWay.set(number, before + 1);
  // Also where the caller hangs up in the middle.
  reply.raw.once("close", () => underWay.set(number, (underWay.get(number) ?? 1) - 1));
}

function refuse(
  options: ServerOptions,
  reply: FastifyReply,
  error: unknown,
  request?: FastifyRequest,
): FastifyReply {
  const refusal = refusalOf(error, options.errorStatus ?? {});
  // A caller that hung up in the middle of its request is no failure of ours.
  const gone = request?.raw.destroyed === true && !request.raw.complete;
  if (refusal.code === "internal" && !gone) {
    const { number = -1 } = (request?.routeOptions.config ?? {}) as RouteConfig;
    options.logger.event("http-failure", { route: number, kind: failureKind(error) });
  }
  sendNoDate(reply);
  const { retryAfterSeconds } = refusal;
  if (retryAfterSeconds !== undefined) reply.header("retry-after", String(retryAfterSeconds));
  return reply
    .code(refusal.status)
    .headers({ ...COMMON_HEADERS, ...ERROR_HEADERS })
    .send(toBuffer(encodeRefusal(refusal)));
}

/** The OpenAPI description of all routes. */
export function describeRoutes(app: FastifyInstance): JsonObject {
  // Schemas carry hidden marks of TypeBox; the description is what JSON keeps of them.
  return JSON.parse(JSON.stringify(app.swagger())) as JsonObject;
}

/** QuietResponse does this for sockets; injected requests bring a response class of their own. */
function sendNoDate(reply: FastifyReply): void {
  reply.raw.sendDate = false;
}

function notFound(): ServiceError {
  return new ServiceError("not-found", "There is nothing at this address.");
}

function pem(value: string | Uint8Array): string | Buffer {
  return typeof value === "string" ? value : Buffer.from(value);
}

/** Fastify appends a charset to strings and knows Buffers best. */
function toBuffer(body: Uint8Array | string): Buffer {
  return typeof body === "string"
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
