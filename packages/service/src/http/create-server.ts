/**
 * The HTTP layer of both servers. A route is registered with `get` or `post` and sees parsed, checked parts of a
 * request: no headers, no address (only a network key for limits), nothing that could be logged or kept by mistake.
 *
 * GET changes nothing: mail scanners and link previews follow every link. What changes something is a POST of
 * canonical JSON, which no link and no form of another page can make.
 *
 * Fastify's logger stays off; see http-events.ts for all that is logged. Routes are collected and the server is built
 * when it first listens, since certificates and proxies are only known then.
 */
import { encodeCanonical, type JsonObject, type JsonValue } from "@undersigned/core";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { Compile } from "typebox/compile";
import { ServiceError } from "../errors.ts";
import type { Logger } from "../log-line.ts";
import { networkKey } from "../rate-limit.ts";
import { buildApp, describeRoutes, originOf, type Route } from "./build-app.ts";
import type { httpEvents } from "./http-events.ts";
import { fileHeaders, jsonFile, type PublicFile, takesGzip } from "./public-file.ts";
import type { ErrorStatus } from "./refusals.ts";
import { requireClosed, type Static, type TObject, type TSchema } from "./schemas.ts";
import { type ListenOptions, requireSafeTransport } from "./transport.ts";

export type ServerOptions = {
  /** Title and version of the OpenAPI description. */
  name: string;
  version: string;
  /** The largest request body, in bytes, unless a route says otherwise. */
  maxBodyBytes: number;
  logger: Logger<typeof httpEvents>;
  /** Status (400 to 499, or 503) by code, for errors of other packages. Their messages are sent: they hold no values. */
  errorStatus?: ErrorStatus;
  /** Proxies whose forwarding headers are believed: addresses, CIDR ranges, or names as in NEARBY_PROXIES. */
  trustProxy?: readonly string[];
  /** Whether pages of other origins may POST: a registrar's callers are pages of boards, or a saved file. */
  crossOriginPosts?: boolean;
};

type RouteOptions = {
  /** One sentence for the OpenAPI description. */
  summary: string;
};

export type GetOptions<P extends TObject, Q extends TObject> = RouteOptions & {
  /** Path parameters, all strings. */
  params?: P;
  /** Left out: any query is ignored (links get tracking parameters added). Given: others are refused. */
  query?: Q;
};

export type PostOptions<P extends TObject, B extends TSchema> = RouteOptions & {
  params?: P;
  body: B;
  /** The handler checks the body's form itself, and more strictly: `body` only describes it. */
  handlerChecksBody?: boolean;
  /** What the handler returns; an answer that differs is not sent. */
  response: TSchema;
  status?: 200 | 201 | 202;
  maxBodyBytes?: number;
  /** How many requests are read or answered at once: for large bodies that anyone may send. More are `unavailable`. */
  atOnce?: number;
  /** Called before the body is read, with the caller's network. What it throws is the answer, and nothing more is read. */
  admit?: (client: string) => void;
  /** Refuses as `cross-site` what another page than one of this server has sent, whatever the server allows elsewhere. */
  sameOrigin?: boolean;
};

export type GetRequest<P, Q> = {
  params: P;
  query: Q;
  client: string;
  /** Whether the caller takes `content-encoding: gzip`. An answer that depends on it says `vary: accept-encoding`. */
  acceptsGzip: boolean;
};
export type PostRequest<P, B> = {
  params: P;
  body: B;
  client: string;
  /** Where the caller reached this server, as the caller says: `https://board.example.org`. */
  origin: string;
};

export type HttpServer = {
  /** Also answers HEAD. The handler must not change anything. Throws `not-found` for what is not there. */
  get<P extends TObject, Q extends TObject>(
    path: string,
    options: GetOptions<P, Q>,
    handler: (request: GetRequest<Static<P>, Static<Q>>) => PublicFile | Promise<PublicFile>,
  ): void;
  /** `client` is the caller's network, for limits: see networkKey. The answer is canonical JSON, never cached. */
  post<P extends TObject, B extends TSchema>(
    path: string,
    options: PostOptions<P, B>,
    handler: (request: PostRequest<Static<P>, Static<B>>) => JsonValue | Promise<JsonValue>,
  ): void;
  /** Throws `https-needed` for plain HTTP to other machines, or Node's error if the port is taken. */
  listen(options: ListenOptions): Promise<{ url: string; port: number }>;
  /** A request without a network, for tests. */
  inject(request: InjectOptions | string): Promise<LightMyRequestResponse>;
  /** The description served at /openapi.json. */
  openApi(): Promise<JsonObject>;
  /** Waits for the requests in flight. */
  close(): Promise<void>;
};

export function createServer(options: ServerOptions): HttpServer {
  requireSaneOptions(options);
  const routes: Route[] = [];
  let building: Promise<FastifyInstance> | undefined;
  const build = (listen?: ListenOptions) => {
    building ??= buildApp(options, routes, listen);
    return building;
  };

  function add(route: Route): void {
    if (building !== undefined)
      throw new ServiceError("bad-route", "Register every route before the server starts.");
    for (const schema of Object.values(route.schema)) requireClosed(schema);
    if (route.response !== undefined) requireClosed(route.response);
    routes.push(route);
  }

  const server: HttpServer = {
    get(path, { summary, params, query }, handler) {
      add({
        method: "GET",
        path,
        summary,
        schema: { ...(params && { params }), ...(query && { querystring: query }) },
        response: undefined,
        status: 200,
        maxBodyBytes: options.maxBodyBytes,
        handlerChecksBody: false,
        sameOrigin: false,
        atOnce: null,
        admit: null,
        async answer(request, reply) {
          const client = networkKey(request.ip);
          const { params: p, query: q } = request as unknown as { params: never; query: never };
          const acceptsGzip = takesGzip(request.headers["accept-encoding"]);
          const file = await handler({ params: p, query: q, client, acceptsGzip });
          reply.code(file.status ?? 200).headers(fileHeaders(file));
          return file.body;
        },
      });
    },
    post(
      path,
      {
        summary,
        params,
        body,
        response,
        status = 200,
        maxBodyBytes = options.maxBodyBytes,
        handlerChecksBody = false,
        sameOrigin = false,
        atOnce = null,
        admit = null,
      },
      handler,
    ) {
      const fits = Compile(response);
      add({
        method: "POST",
        path,
        summary,
        schema: { ...(params && { params }), body },
        response,
        status,
        maxBodyBytes,
        handlerChecksBody,
        sameOrigin,
        atOnce,
        admit,
        async answer(request, reply) {
          const client = networkKey(request.ip);
          const { params: p, body: b } = request as unknown as { params: never; body: never };
          const value = await handler({ params: p, body: b, client, origin: originOf(request) });
          // A handler that returns a row of the database instead of an answer must not publish it.
          if (!fits.Check(value))
            throw new ServiceError("internal", "The answer does not have its declared form.");
          reply.code(status).headers({ "content-type": "application/json", "cache-control": "no-store" });
          return encodeCanonical(value);
        },
      });
    },
    async listen(listen) {
      requireSafeTransport(listen);
      const app = await build(listen);
      // Fastify binds `localhost` to every address that resolvers give for it.
      const host = listen.host === "localhost" ? "127.0.0.1" : listen.host;
      const url = await app.listen({ host, port: listen.port });
      const address = app.server.address();
      return { url, port: typeof address === "object" && address !== null ? address.port : listen.port };
    },
    async inject(request) {
      return await (await build()).inject(request);
    },
    async openApi() {
      return describeRoutes(await build());
    },
    async close() {
      await (await building)?.close();
    },
  };
  server.get("/openapi.json", { summary: "This description." }, async () =>
    jsonFile(await server.openApi(), "short"),
  );
  return server;
}

function requireSaneOptions({ maxBodyBytes, errorStatus = {} }: ServerOptions): void {
  const statuses = Object.values(errorStatus);
  if (
    statuses.some((status) => !Number.isInteger(status) || ((status < 400 || status > 499) && status !== 503))
  ) {
    throw new ServiceError("bad-configuration", "Map error codes to a status from 400 to 499, or to 503.");
  }
  if (!Number.isSafeInteger(maxBodyBytes) || maxBodyBytes < 1) {
    throw new ServiceError("bad-configuration", "Give the largest request body in bytes.");
  }
}
