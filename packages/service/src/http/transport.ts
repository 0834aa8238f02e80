/**
 * How a server may be reached. Enrolments and endorsements must not cross a network in the clear, so plain HTTP is for
 * this machine only; behind a proxy that ends TLS, each request must say that it came by HTTPS, and only a proxy
 * on this machine or a private network is believed unless others are named.
 *
 * Also the answers that Node gives by itself, before any route: they get no Date header either. A response's Date and
 * a network log would give the second of a person's act, and no promise of ours rests on clocks.
 */
import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isIPv4 } from "node:net";
import { encodeCanonical } from "@undersigned/core";
import { ServiceError } from "../errors.ts";
import type { Refusal } from "./refusals.ts";

export type ListenOptions = {
  /** An address of this machine; `127.0.0.1`, `::1` and `localhost` are loopback. */
  host: string;
  /** 0 for any free port. */
  port: number;
  /** PEM. */
  tls?: { cert: string | Uint8Array; key: string | Uint8Array };
  /** A proxy in front ends TLS and sets X-Forwarded-Proto and X-Forwarded-For, replacing what a client sent. */
  behindProxy?: boolean;
};

/** Whose forwarding headers are believed behind a proxy, if nothing else is said (names of proxy-addr). */
export const NEARBY_PROXIES = ["loopback", "linklocal", "uniquelocal"] as const;

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/** Throws `https-needed` for a server that would talk plain HTTP to other machines. */
export function requireSafeTransport(options: ListenOptions): void {
  if (options.tls === undefined && options.behindProxy !== true && !isLoopback(options.host)) {
    throw new ServiceError(
      "https-needed",
      "Plain HTTP is for this machine only: give a certificate and key, listen on 127.0.0.1, or say that a proxy ends TLS.",
    );
  }
}

/** Limits of a connection, in milliseconds: room for a slow phone over Tor, not for a thousand idle sockets. */
export const LIMITS = {
  connectionTimeout: 60_000,
  /** How often Node looks for connections that are over one of the other limits. */
  connectionsCheckingInterval: 2_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 5_000,
  maxRequestsPerSocket: 1_000,
  requestTimeout: 30_000,
} as const;

/** Sends no Date header, in Node's own answers too. */
export class QuietResponse<Q extends IncomingMessage = IncomingMessage> extends ServerResponse<Q> {
  override sendDate = false;
}

/** The headers that every answer has. */
export const COMMON_HEADERS = {
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "cross-origin",
} as const;

/** The headers of every error. */
export const ERROR_HEADERS = { "content-type": "application/json", "cache-control": "no-store" } as const;

export function encodeRefusal({ code, message }: Refusal): Uint8Array {
  return encodeCanonical({ type: "error", v: 1, code, message });
}

/** Answers on a raw socket what could not be read as a request, and closes it. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  // Nobody is there, or an answer has begun that must not be written into.
  const { _httpMessage: current } = socket as Socket & { _httpMessage?: { headersSent?: boolean } | null };
  if (error.code === "ECONNRESET" || !socket.writable || current?.headersSent === true) {
    socket.destroy();
    return;
  }
  const refusal = connectionRefusal(error.code);
  const body = encodeRefusal(refusal);
  const headers = {
    ...COMMON_HEADERS,
    ...ERROR_HEADERS,
    connection: "close",
    "content-length": String(body.length),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${refusal.status} Refused\r\n${lines.join("")}\r\n`);
  socket.end(body);
}

function connectionRefusal(code: string | undefined): Refusal {
  const error =
    code === "HPE_HEADER_OVERFLOW"
      ? new ServiceError("headers-too-large", "The request's headers are too large.")
      : code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? new ServiceError("request-timeout", "The request took too long to arrive.")
        : new ServiceError("bad-request", "This is not an HTTP request that can be read.");
  return { status: error.status, code: error.code, message: error.message };
}
