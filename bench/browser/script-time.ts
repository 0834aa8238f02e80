/**
 * How long a page's own scripts run while something is done, from V8's sampling profiler: everything below a frame of the
 * page's files counts, whatever called it, and so does collecting garbage; waiting, layout and the harness do not. Profiling
 * itself takes time, so the truth is rather less.
 */
import type { CDPSession, Page } from "playwright-core";

type ProfileNode = {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
};

const EVERY_MICROSECONDS = 100;

export class ScriptTime {
  readonly #session: CDPSession;
  readonly #origin: string;

  private constructor(session: CDPSession, origin: string) {
    this.#session = session;
    this.#origin = origin;
  }

  /** Of the page's own thread. */
  static async of(page: Page): Promise<ScriptTime> {
    const session = await page.context().newCDPSession(page);
    await session.send("Profiler.enable");
    await session.send("Profiler.setSamplingInterval", { interval: EVERY_MICROSECONDS });
    return new ScriptTime(session, new URL(page.url()).origin);
  }

  /** Milliseconds of script while `act` goes on. */
  async during(act: () => Promise<unknown>): Promise<number> {
    await this.#session.send("Profiler.start");
    await act();
    const { profile } = await this.#session.send("Profiler.stop");
    const counted = this.#ownNodes(profile.nodes);
    const deltas = profile.timeDeltas ?? [];
    const microseconds = (profile.samples ?? []).reduce(
      (sum, node, i) => (counted.has(node) ? sum + (deltas[i] ?? 0) : sum),
      0,
    );
    return microseconds / 1000;
  }

  #ownNodes(nodes: readonly ProfileNode[]): Set<number> {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const counted = new Set<number>();
    const add = (node: ProfileNode | undefined, below: boolean): void => {
      if (node === undefined) return;
      const { url, functionName } = node.callFrame;
      const own = below || url.startsWith(this.#origin) || functionName === "(garbage collector)";
      if (own) counted.add(node.id);
      for (const child of node.children ?? []) add(byId.get(child), own);
    };
    add(nodes[0], false);
    return counted;
  }
}
