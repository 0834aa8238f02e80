/**
 * Fetches from the internet what somebody has named, without reaching anything that the internet could not (SSRF). The name is
 * resolved here, every address that it has is checked, and the connection goes to one of these and no other: a name that
 * is resolved anew in between changes nothing. So it is for each redirect. Attackers choose the address, the name's answers
 * and all that comes back.
 */
import { lookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { OutsideError, type OutsideFailure } from "./outside-error.ts";
import { isPublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";

export interface OutsidePolicy {
  readonly ports: readonly number[];
  readonly admits: (address: string) => boolean;
  /** All addresses of a name; throws where it has none. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /** Of everything, redirects included. */
  readonly withinMs: number;
  /** Of the body, as it is sent and as it is unpacked. */
  readonly mostBytes: number;
  readonly redirects: number;
  /** What is said of who asks; `compares kept copies` unless told. */
  readonly purpose?: string;
  /** Only whether it is there: no bytes come with the answer. */
  readonly head?: boolean;
  /** For many files of one server: connections that are used again. Addresses are checked when one is made. */
  readonly connections?: Connections;
}

export interface Connections {
  readonly http: http.Agent;
  readonly https: https.Agent;
  close(): void;
}

/** Made for one address: what a name led to when a connection was made is where it goes on leading. */
export function keepConnections(most: number): Connections {
  const options = { keepAlive: true, maxSockets: most, maxFreeSockets: most };
  const agents = { http: new http.Agent(options), https: new https.Agent(options) };
  return {
    ...agents,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

export const PUBLIC_INTERNET: OutsidePolicy = {
  ports: [80, 443],
  admits: isPublicAddress,
  resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
  withinMs: 20_000,
  mostBytes: 20_000_000,
  redirects: 5,
};

export type Fetched =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** Where the answer came from, after redirects. */
      readonly url: string;
      /** As it was sent; empty if left out. */
      readonly contentType: string;
      /** Empty but for a status of 200. */
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "failure"; readonly why: OutsideFailure };

export type FetchOutside = (url: string) => Promise<Fetched>;

/** The same for everybody. */
const HEADERS = {
  accept: "*/*",
  "accept-encoding": "gzip, deflate, br",
};
const URL_MOST = 2_000;
const HEADER_BYTES = 16 * 1024;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Throws nothing. Sends no cookie, no referrer, no credentials, and keeps no connection. */
export async function fetchOutside(url: string, policy: OutsidePolicy = PUBLIC_INTERNET): Promise<Fetched> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), policy.withinMs);
  try {
    let at = url;
    for (let hop = 0; hop <= policy.redirects; hop++) {
      const answer = await ask(at, policy, deadline.signal);
      if (answer.location === null) return { kind: "answer", ...answer.answer };
      at = answer.location;
    }
    return failure("redirects");
  } catch (error) {
    if (deadline.signal.aborted) return failure("slow");
    return failure(error instanceof OutsideError ? error.why : "unreachable");
  } finally {
    clearTimeout(timer);
  }
}

const failure = (why: OutsideFailure): Fetched => ({ kind: "failure", why });

interface Asked {
  readonly answer: Omit<Extract<Fetched, { kind: "answer" }>, "kind">;
  readonly location: string | null;
}

async function ask(text: string, policy: OutsidePolicy, signal: AbortSignal): Promise<Asked> {
  const url = allowedUrl(text, policy);
  const addresses = await orAborted(addressesOf(url, policy), signal);
  const response = await open(url, addresses, policy, signal);
  try {
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    const answer = { status, url: url.href, contentType: response.headers["content-type"] ?? "" };
    if (REDIRECTS.includes(status) && location !== undefined) {
      const next = URL.parse(location, url.href)?.href;
      if (next === undefined) throw new OutsideError("refused");
      return { answer: { ...answer, bytes: new Uint8Array() }, location: next };
    }
    const bytes =
      status === 200 && policy.head !== true
        ? await readBody(response, policy.mostBytes, signal)
        : new Uint8Array();
    return { answer: { ...answer, bytes }, location: null };
  } finally {
    response.destroy();
  }
}

/** A URL is read as browsers read it: 127.1, 0x7f000001 and 2130706433 are all written out before they are looked at. */
function allowedUrl(text: string, policy: OutsidePolicy): URL {
  const url = text.length <= URL_MOST ? URL.parse(text) : null;
  const isWeb = url !== null && (url.protocol === "http:" || url.protocol === "https:");
  if (!isWeb || url.username !== "" || url.password !== "") throw new OutsideError("refused");
  if (!policy.ports.includes(portOf(url))) throw new OutsideError("refused");
  url.hash = "";
  return url;
}

const portOf = ({ port, protocol }: URL) => (port !== "" ? Number(port) : protocol === "https:" ? 443 : 80);

/** One that is not admitted is enough to refuse them all: a name that leads inside and outside is up to something. */
async function addressesOf({ hostname }: URL, policy: OutsidePolicy): Promise<readonly string[]> {
  const literal = literalOf(hostname);
  const addresses = literal === null ? await policy.resolve(hostname) : [literal];
  if (addresses.length === 0) throw new OutsideError("unreachable");
  if (!addresses.every(policy.admits)) throw new OutsideError("refused");
  return addresses;
}

/** Of a URL's host, which has IPv6 in brackets and IPv4 in its one spelling; null for a name. */
function literalOf(hostname: string): string | null {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? hostname : null;
}

function open(
  url: URL,
  addresses: readonly string[],
  policy: OutsidePolicy,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { request, Agent } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    // An agent of its own: none of the process's connections is used, and none of its proxies.
    const kept = policy.connections;
    const agent =
      kept === undefined
        ? new Agent({ keepAlive: false })
        : url.protocol === "https:"
          ? kept.https
          : kept.http;
    const { purpose = "compares kept copies", head = false } = policy;
    const sent = request(url, {
      method: head ? "HEAD" : "GET",
      headers: { "user-agent": `Undersigned (${purpose})`, ...HEADERS },
      ...{ agent, signal, maxHeaderSize: HEADER_BYTES },
      lookup: pinned(addresses),
    });
    sent.on("socket", (socket) => {
      // The connection is where it was sent, whatever the network has made of it.
      const check = () => {
        if (!policy.admits(socket.remoteAddress ?? "")) sent.destroy(new OutsideError("refused"));
      };
      if (socket.connecting) socket.once("connect", check);
      else check();
    });
    sent.on("response", resolve);
    sent.on("error", reject);
    sent.end();
  });
}

/** Gives the addresses that were checked, and asks nobody. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return (_name, options, callback) => {
    const [first] = all as [(typeof all)[number]];
    if (options.all === true) callback(null, all);
    else callback(null, first.address, first.family);
  };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
