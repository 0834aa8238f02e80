/** `undersigned check-page`: whether a page runs what its board has stated in the log. */
import { addressBelow, type Fetch } from "@undersigned/client";
import { openSource, openWorkforce } from "@undersigned/verify";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { fetchThrough } from "../io/network.ts";
import { print, printResult, say } from "../io/output.ts";
import { knownCheckpoint, withKnown, withProxy, withWorkforce } from "../options/log-options.ts";
import { checkPage, type ServedPage } from "../page/check-page.ts";

interface Options {
  readonly workforce: string;
  readonly log?: string;
  readonly known?: string;
  readonly proxy?: string;
  readonly json?: boolean;
}

const MAX_PAGE_BYTES = 4_000_000;
const TIMEOUT_MS = 30_000;

export function addCheckPage(program: Command): void {
  const command = program
    .command("check-page")
    .summary("compare a page's scripts with the log")
    .description(
      "Fetches a page as a browser would, and every file that it runs, and compares them with the client builds that the board " +
        "has stated in the log. It shows what this machine is given now; a server may give others something else, so ask " +
        "again from elsewhere, or through Tor with --proxy.",
    )
    .argument("<page>", "address of a page, such as a letter's signing page")
    .option(
      "--log <source>",
      "where the log is read, if not from the same server: a mirror, a folder or a bundle",
    )
    .option("--json", "print the result as JSON");
  withProxy(withKnown(withWorkforce(command))).action(run);
}

async function run(address: string, options: Options): Promise<void> {
  const url = pageUrl(address);
  const fetch = await fetchThrough(options.proxy);
  const source = await openSource(options.log ?? url.origin, options.workforce, {
    fetch: fetch as typeof globalThis.fetch,
  });
  const view = await openWorkforce(source, options.workforce, { ...(await knownCheckpoint(options)) });
  const page = await fetchPage(fetch, url);
  const { client, problems } = await checkPage(page, view.clients, (file, maxBytes) =>
    fetchFile(fetch, file, maxBytes),
  );
  const result = {
    ok: problems.length === 0,
    client: client?.leaf.client ?? null,
    version: client?.build.version ?? null,
    leaf: client?.index ?? null,
    day: client?.leaf.day ?? null,
    problems: [...problems],
  };
  printResult(
    options.json === true,
    result,
    problems.map((problem) => `DIFFERS ${problem}`),
  );
  if (problems.length > 0) {
    throw new CliError("page-differs", "This page is not what its board has stated. Do not sign on it.");
  }
  if (options.json === true || client === null) return;
  print(
    `The page runs client ${client.leaf.client} (version ${client.build.version}), stated in leaf ${client.index} on ${client.leaf.day}.`,
    `All ${client.build.files.length} files of it are served as they were stated.`,
  );
  say("This is what this machine was given now. A server may give others something else.");
}

/** Throws CliError `usage`, ClientError `address-refused`. */
function pageUrl(address: string): URL {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new CliError("usage", "Give the whole address of a page, with https://.");
  }
  addressBelow(url.origin, "");
  // What stands behind # never reaches a server.
  url.hash = "";
  return url;
}

async function fetchPage(fetch: Fetch, url: URL): Promise<ServedPage> {
  const answer = await get(fetch, url.href, MAX_PAGE_BYTES);
  if (answer === null) {
    throw new CliError(
      "page-unreachable",
      "The server gives no page at this address: check it, or try again.",
    );
  }
  return {
    url: url.href,
    html: new TextDecoder().decode(answer.bytes),
    contentSecurityPolicy: answer.headers.get("content-security-policy"),
  };
}

async function fetchFile(fetch: Fetch, url: string, maxBytes: number): Promise<Uint8Array | null> {
  return (await get(fetch, url, maxBytes))?.bytes ?? null;
}

/** Null for any answer but 200, for more bytes, and for none in time. */
async function get(fetch: Fetch, url: string, maxBytes: number) {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { redirect: "error", credentials: "omit", signal });
    if (response.status !== 200 || response.body === null) return null;
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body) {
      length += part.length;
      if (length > maxBytes) return null;
      parts.push(part);
    }
    return { bytes: new Uint8Array(Buffer.concat(parts)), headers: response.headers };
  } catch {
    return null;
  }
}
