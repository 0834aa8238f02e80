/**
 * What a browser asks of whom, seen from outside the page: every request as it is made, and, once the browser has ended,
 * every connection that its network stack opened, whoever in it wanted one.
 */
import { readFile } from "node:fs/promises";
import type { BrowserContext, Request, Route } from "playwright-core";

export type Asked = { readonly method: string; readonly url: string; readonly body: Buffer | null };

export class Traffic {
  readonly asked: Asked[] = [];
  readonly #origins: readonly string[];

  /** To be made before the context's first page is opened. */
  constructor(context: BrowserContext, origins: readonly string[]) {
    this.#origins = origins;
    context.on("request", (request: Request) => {
      this.asked.push({ method: request.method(), url: request.url(), body: request.postDataBuffer() });
    });
  }

  /** Addresses of any other origin. Files that a page made itself (`blob:`) count as the origin that made them. */
  elsewhere(): string[] {
    return this.asked.map(({ url }) => url).filter((url) => !this.#origins.includes(new URL(url).origin));
  }

  /** Requests that change something, to addresses that end so. */
  posts(end = ""): Asked[] {
    return this.asked.filter(({ method, url }) => method === "POST" && url.endsWith(end));
  }

  forget(): void {
    this.asked.length = 0;
  }
}

/** Addresses to which the browser connected or sent anything, from the log of its network stack. */
export async function connectedTo(netLog: string): Promise<string[]> {
  const { constants, events } = JSON.parse(await readFile(netLog, "utf8")) as {
    constants: { logEventTypes: Record<string, number> };
    events: { type: number; source: { id: number }; params?: { address?: string } }[];
  };
  const types = constants.logEventTypes;
  const found = new Set<string>();
  // Without a byte sent, connecting a datagram socket only asks the machine for its route.
  const sent = new Set(
    events.filter(({ type }) => type === types.UDP_BYTES_SENT).map(({ source }) => source.id),
  );
  for (const { type, source, params } of events) {
    const connects =
      type === types.TCP_CONNECT_ATTEMPT || (type === types.UDP_CONNECT && sent.has(source.id));
    if (connects && params?.address !== undefined) found.add(params.address);
  }
  return [...found];
}

/** `host:port` of an origin, as `connectedTo` writes it. */
export function socketOf(origin: string): string {
  return new URL(origin).host;
}

/**
 * The network loses the answers to the next `losses` POSTs whose address ends so: the server has acted, and the page is told
 * nothing but that the connection broke. Returns the statuses of what was lost.
 */
export async function loseAnswers(context: BrowserContext, end: string, losses: number): Promise<number[]> {
  const lost: number[] = [];
  await context.route(
    (url) => url.pathname.endsWith(end),
    async (route: Route) => {
      if (route.request().method() !== "POST" || lost.length >= losses) return await route.fallback();
      lost.push((await route.fetch()).status());
      await route.abort("connectionreset");
    },
  );
  return lost;
}

/** Holds back what is asked of addresses that end so, until `release` is called: what is done meanwhile is done while waiting. */
export async function holdBack(
  context: BrowserContext,
  end: string,
): Promise<{ readonly held: () => number; release(): void }> {
  let held = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route(
    (url) => url.pathname.endsWith(end),
    async (route: Route) => {
      if (route.request().method() !== "OPTIONS") {
        held++;
        await released;
      }
      await route.fallback();
    },
  );
  return { held: () => held, release };
}
