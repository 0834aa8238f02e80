/** The plain half of a dishonest registrar's front: it reads requests, passes them on to the honest program, and answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { CoreError, encodeCanonical, type JsonValue, parseCanonical, type Shape } from "@undersigned/core";

const MAX_BYTES = 64 * 1024;
/** Of an honest answer. A browser reads ours under the same permissions. */
const PASSED_ON = /^(?:content-type|cache-control|vary|retry-after|access-control-.*)$/;
/** Of a request. */
const ASKED_WITH = /^(?:origin|access-control-.*)$/;

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export type Asked = { readonly method: string; readonly url: string; readonly body: Uint8Array };

/** What the honest program at the address `behind` answers. */
export async function forward(
  behind: string,
  { method, url, body }: Asked,
  headers: IncomingMessage["headers"] = {},
): Promise<Answer> {
  const hasBody = method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
  const kept = Object.entries(headers).filter(([name]) => ASKED_WITH.test(name));
  const response = await fetch(new URL(url, behind), {
    method,
    headers: {
      ...(Object.fromEntries(kept) as Record<string, string>),
      ...(hasBody && { "content-type": "application/json" }),
    },
    ...(hasBody && { body: body as Uint8Array<ArrayBuffer> }),
  });
  const passed = [...response.headers].filter(([name]) => PASSED_ON.test(name));
  return {
    status: response.status,
    headers: Object.fromEntries(passed),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

export function sendJson(response: ServerResponse, status: number, value: JsonValue): void {
  const headers = { "content-type": "application/json", "access-control-allow-origin": "*" };
  send(response, { status, headers, body: encodeCanonical(value) });
}

/** Null for what is not of the shape: then the honest program may say what is wrong with it. */
export function read<T>(body: Uint8Array, shape: Shape<T>): T | null {
  try {
    return shape.check(parseCanonical(body, MAX_BYTES), "");
  } catch (error) {
    if (error instanceof CoreError) return null;
    throw error;
  }
}

export async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request) {
    parts.push(part as Uint8Array);
    length += (part as Uint8Array).length;
    if (length > MAX_BYTES) throw new Error("The request is too long.");
  }
  return Buffer.concat(parts);
}

/** Listens on 127.0.0.1. Where `handle` fails, the connection breaks. */
export async function serve(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ readonly close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
