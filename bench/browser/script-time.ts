/** How long a page's scripts run while something is done: what V8 counts as script in the page, not waiting, not layout. */
import type { CDPSession, Page } from "playwright-core";

export class ScriptTime {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<ScriptTime> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    return new ScriptTime(session);
  }

  /** Milliseconds of script on the page's thread while `act` goes on. */
  async during(act: () => Promise<unknown>): Promise<number> {
    const before = await this.#read();
    await act();
    return 1000 * ((await this.#read()) - before);
  }

  async #read(): Promise<number> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const metric = metrics.find(({ name }) => name === "ScriptDuration");
    if (metric === undefined) throw new Error("The browser does not say how long scripts ran.");
    return metric.value;
  }
}
