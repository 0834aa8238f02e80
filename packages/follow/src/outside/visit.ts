/**
 * A visit to another server: files below one address, within bounds that hold for all of them together. Nothing leads elsewhere:
 * redirects are refused, and names are resolved and checked before each connection (package service). The other server chooses what it
 * sends, how slowly and how much.
 */
import { isIP } from "node:net";
import {
  type Connections,
  type Fetched,
  fetchOutside,
  isPublicAddress,
  keepConnections,
  type OutsidePolicy,
  PUBLIC_INTERNET,
} from "@undersigned/service";
import { FollowError, outsideError } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { askThrough } from "./ask-through.ts";

/** Which addresses may be asked, besides those of the public internet. */
export interface Reach {
  /** http to this very machine: only where a person has typed such an address. */
  readonly loopback: boolean;
  /** https to whatever the name leads to: only for a person who runs a command, never for a server. */
  readonly anywhere: boolean;
}

export interface VisitOptions {
  /** Where the board's files are, with or without a slash at its end. */
  readonly url: string;
  readonly reach: Reach;
  readonly limits: Limits;
  /** What is said of who asks. */
  readonly purpose: string;
  /** All addresses of a name; by the system's resolver if left out. */
  readonly resolve?: OutsidePolicy["resolve"];
  /** Through a proxy, which resolves names itself: only for a person who runs a command. Directly if left out. */
  readonly fetch?: typeof globalThis.fetch;
}

/** One file, or why not. Throws nothing, and follows no redirect. */
export type AskFile = (
  url: string,
  bounds: { readonly head: boolean; readonly mostBytes: number; readonly withinMs: number },
) => Promise<Fetched>;

export interface Got {
  readonly bytes: Uint8Array;
  /** As it was sent. */
  readonly contentType: string;
}

/** What failed once goes on failing: a visit that has met something is over. All throw FollowError. */
export interface Visit {
  /** With a slash at its end. */
  readonly url: string;
  /** `path` is relative to the address. Null for what is not there. */
  get(path: string, mostBytes: number): Promise<Got | null>;
  has(path: string): Promise<boolean>;
  /** The first thing that went wrong. */
  readonly failure: FollowError | null;
  readonly taken: { readonly files: number; readonly bytes: number };
  close(): void;
}

/** Throws FollowError `address-refused` for an address that is not asked, whatever it leads to. */
export function openVisit(options: VisitOptions): Visit {
  return new OpenVisit(options);
}

class OpenVisit implements Visit {
  readonly url: string;
  readonly taken = { files: 0, bytes: 0 };
  failure: FollowError | null = null;
  readonly #limits: Limits;
  readonly #askFile: AskFile;
  readonly #connections: Connections;
  readonly #until: number;

  constructor({ url, reach, limits, purpose, resolve, fetch }: VisitOptions) {
    const at = baseOf(url, reach);
    this.url = at.href;
    this.#limits = limits;
    this.#connections = keepConnections(limits.atOnce);
    this.#until = performance.now() + limits.wholeMs;
    const port = at.port !== "" ? Number(at.port) : at.protocol === "https:" ? 443 : 80;
    const policy: OutsidePolicy = {
      ...PUBLIC_INTERNET,
      ...(resolve && { resolve }),
      ports: [port],
      admits: at.protocol === "http:" ? isLoopback : reach.anywhere ? isAny : isPublicAddress,
      redirects: 0,
      purpose,
      connections: this.#connections,
    };
    this.#askFile =
      fetch === undefined
        ? (file, bounds) => fetchOutside(file, { ...policy, ...bounds })
        : askThrough(fetch, purpose);
  }

  async get(path: string, mostBytes: number): Promise<Got | null> {
    const answer = await this.#ask(path, { mostBytes, head: false });
    this.taken.bytes += answer.bytes.length;
    return answer.status === 200 ? answer : null;
  }

  async has(path: string): Promise<boolean> {
    return (await this.#ask(path, { mostBytes: 1, head: true })).status === 200;
  }

  async #ask(path: string, { mostBytes, head }: { mostBytes: number; head: boolean }) {
    if (this.failure !== null) throw this.failure;
    try {
      return await this.#fetch(path, mostBytes, head);
    } catch (error) {
      if (error instanceof FollowError) this.failure ??= error;
      throw error;
    }
  }

  async #fetch(path: string, mostBytes: number, head: boolean) {
    const left = this.#until - performance.now();
    if (left <= 0) throw tooLong();
    if (++this.taken.files > this.#limits.files) throw tooMany("too-many-files", "files");
    const room = this.#limits.bytes - this.taken.bytes;
    if (room <= 0) throw tooMany("too-many-bytes", "bytes");
    const bounds = {
      head,
      mostBytes: Math.min(mostBytes, room),
      withinMs: Math.ceil(Math.min(this.#limits.fileMs, left)),
    };
    const at = new URL(path, this.url).href;
    let fetched = await this.#askFile(at, bounds);
    // A kept connection may have been closed on the other side just now.
    if (fetched.kind === "failure" && fetched.why === "unreachable")
      fetched = await this.#askFile(at, bounds);
    if (fetched.kind === "failure") {
      if (fetched.why === "large" && room < mostBytes) throw tooMany("too-many-bytes", "bytes");
      if (fetched.why === "slow" && left < this.#limits.fileMs) throw tooLong();
      throw outsideError(fetched.why);
    }
    const { status } = fetched;
    if (status === 200 || status === 404 || status === 410) return fetched;
    throw new FollowError(
      "server-error",
      "The server answered with an error: try again later, or another mirror.",
    );
  }

  close(): void {
    this.#connections.close();
  }
}

function tooLong(): FollowError {
  return new FollowError("too-long", "The whole took too long: try again, or another mirror.");
}

function tooMany(code: "too-many-files" | "too-many-bytes", what: string): FollowError {
  return new FollowError(
    code,
    `The board has more ${what} than are taken: raise the limit, if it is to be so.`,
  );
}

/** A URL is read as browsers read it, so a loopback address has one spelling by then. */
function baseOf(text: string, { loopback }: Reach): URL {
  const url = URL.parse(text.endsWith("/") ? text : `${text}/`);
  const plain = url !== null && url.username === "" && url.password === "" && url.search + url.hash === "";
  const allowed =
    plain &&
    (url.protocol === "https:" || (url.protocol === "http:" && loopback && isLoopbackName(url.hostname)));
  if (!allowed) {
    throw new FollowError(
      "address-refused",
      "Give an https address without password, query and fragment; http leads to this machine only.",
    );
  }
  return url;
}

export function isLoopbackName(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function isLoopback(address: string): boolean {
  return address === "::1" || address === "::ffff:127.0.0.1" || /^127(?:\.\d{1,3}){3}$/.test(address);
}

function isAny(address: string): boolean {
  return isIP(address) !== 0;
}
