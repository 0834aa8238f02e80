/** Pages made without a build, a server or a browser: a log in memory, its site, and a parser that reads what came out. */
import type { PublicSite } from "@undersigned/board";
import type { Following, WorkforceManifest } from "@undersigned/core";
import { sayIn } from "@undersigned/messages/node";
import {
  createLogger,
  createServer,
  type HttpServer,
  httpEvents,
  type PublicFile,
} from "@undersigned/service";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { LogBuilder, type WorkforceOptions } from "../../../../test/kit/log-builder.ts";
import { memorySource } from "../../../../test/kit/public-files.ts";
import { type AddPagesOptions, addPages } from "../../src/server/add-pages.ts";
import type { Asset, ClientBuild } from "../../src/server/client-build.ts";
import type { Frame } from "../../src/server/html.tsx";

export { LogBuilder } from "../../../../test/kit/log-builder.ts";

const HASH = "b".repeat(43);

function asset(name: string): Asset {
  return { path: `/assets/${name}`, bytes: new TextEncoder().encode(name), integrity: "sha256-AAAA" };
}

export const BUILD: ClientBuild = {
  file: new Uint8Array(),
  hash: HASH,
  version: "0.0.0",
  assets: new Map([["style.css", asset("style.css")]]),
  style: asset("style.css"),
  script: (island) => ({
    messages: [asset(`say-${island}.js`)],
    entry: asset(`${island}.js`),
    chunks: [asset("chunk.js")],
    style: null,
  }),
  part: (_island, name) => [asset("shared.js"), asset(`${name}.js`)],
};

/** Of an English page. */
export const FRAME: Frame = { build: BUILD, say: sayIn("en"), path: "/" };

export interface TestSite {
  readonly site: PublicSite;
  /** May be changed between requests. */
  readonly files: Map<string, Uint8Array>;
  readonly asked: string[];
}

/** A site that serves what the log has now. */
export async function siteOf(log: LogBuilder, day: string): Promise<TestSite> {
  const files = await log.files();
  const asked: string[] = [];
  const source = memorySource(files, asked);
  const none = memorySource(new Map());
  const { employer } = log.manifest;
  const served = { workforce: log.workforce, employer, origin: log.manifest.log.origin };
  const site: PublicSite = {
    day: () => day,
    workforces: async () => [served],
    following: async () => followingNothing(day),
    withheld: async () => [...files.keys()].filter((path) => path.startsWith("withheld/")).length,
    isRehearsal: () => false,
    files: (workforce) => (workforce === log.workforce ? source : none),
  };
  return { site, files, asked };
}

function followingNothing(day: string): Following {
  return { type: "following", v: 1, day, workforces: [] };
}

export const EMPTY_SITE: PublicSite = {
  day: () => "2026-03-10",
  workforces: async () => [],
  following: async () => followingNothing("2026-03-10"),
  withheld: async () => 0,
  isRehearsal: () => false,
  files: () => memorySource(new Map()),
};

export function serverOf(site: PublicSite, options: Pick<AddPagesOptions, "pictures"> = {}): HttpServer {
  const logger = createLogger(httpEvents, { stream: { write: () => undefined }, day: false });
  const server = createServer({ name: "test", version: "0", maxBodyBytes: 1000, logger });
  addPages(server, site, { build: BUILD, ...options });
  return server;
}

/** A log with an epoch and a letter that nobody has signed. */
export function openedLog(
  options: WorkforceOptions = {},
  letter: Parameters<LogBuilder["addLetter"]>[0] = {},
) {
  const log = new LogBuilder({ registrars: 1, quorum: 1, ...options });
  log.addEpoch();
  return { log, letter: log.addLetter(letter) };
}

/** Fields of a workforce manifest that accepts mails which people already have, besides codes. */
export const EXISTING_MAIL: Pick<WorkforceManifest, "evidence" | "existingMail"> = {
  evidence: [
    { kind: "existing-mail", class: "mailbox" },
    { kind: "mailbox-code", class: "mailbox" },
  ],
  existingMail: {
    senders: [
      { name: "Sign-in notices", domain: "example.net", from: "no-reply@example.net", subject: null },
    ],
    notBefore: "2026-01-15",
    notAfter: "2026-04-30",
    records: [],
  },
};

export type Element = Tree.Element;

export interface Page {
  readonly html: string;
  readonly all: readonly Element[];
  /** Elements by tag name. */
  tags(name: string): Element[];
  /** Elements with this class. */
  classes(name: string): Element[];
  readonly text: string;
}

/** As a browser without script reads it. */
export function readPage(html: string): Page {
  const document = parse(html, { scriptingEnabled: false });
  const all = elementsIn(document);
  return {
    html,
    all,
    tags: (name) => all.filter(({ tagName }) => tagName === name),
    classes: (name) => all.filter((element) => attribute(element, "class")?.split(" ").includes(name)),
    text: textIn(all.find(({ tagName }) => tagName === "body") ?? document),
  };
}

export function pageOf(file: PublicFile): Page {
  return readPage(String(file.body));
}

function elementsIn(node: Tree.Node): Element[] {
  const inner = "childNodes" in node ? node.childNodes.flatMap(elementsIn) : [];
  return "tagName" in node ? [node, ...inner] : inner;
}

/** Text with white space as one space. */
export function textIn(node: Tree.Node): string {
  const collect = (of: Tree.Node): string =>
    "value" in of ? of.value : "childNodes" in of ? of.childNodes.map(collect).join("") : "";
  return collect(node).replace(/\s+/g, " ").trim();
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}
