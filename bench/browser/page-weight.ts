/** What a browser loads before anybody has done anything. */
import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";

export interface PageWeight {
  /** Documents, styles and scripts, each gzipped. */
  readonly gzipBytes: number;
  readonly scriptGzipBytes: number;
  /** Files of the log that scripts fetched, gzipped: they grow with the log, not with the page. */
  readonly filesGzipBytes: number;
  /** Bodies of all of these as they came over the network, however the server packs them. */
  readonly transferBytes: number;
  readonly requests: number;
}

const KINDS = new Set(["document", "stylesheet", "script", "image", "font", "manifest", "other"]);

/** Opens the address in a page that has loaded nothing yet, waits for `ready`, and weighs all that came. */
export async function weigh(page: Page, address: string, ready: () => Promise<unknown>): Promise<PageWeight> {
  const responses: Response[] = [];
  page.context().on("response", (response) => responses.push(response));
  await page.goto(address);
  await ready();
  await page.waitForLoadState("networkidle");
  const requests = responses.length;
  const weight = { gzipBytes: 0, scriptGzipBytes: 0, filesGzipBytes: 0, transferBytes: 0, requests };
  const seen = new Set<string>();
  for (const response of responses) {
    const kind = response.request().resourceType();
    // A preload and its use are one file.
    if (seen.has(response.url())) continue;
    seen.add(response.url());
    const bytes = gzipSync(await response.body(), { level: 9 }).length;
    if (!KINDS.has(kind)) weight.filesGzipBytes += bytes;
    else weight.gzipBytes += bytes;
    weight.transferBytes += (await response.request().sizes()).responseBodySize;
    if (kind === "script") weight.scriptGzipBytes += bytes;
  }
  return weight;
}
