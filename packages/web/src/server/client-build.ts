/** What dist/ holds for browsers, as build.ts left it: read once, when the server starts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clientBuildHash, parseClientBuild } from "@undersigned/core";
import type { Language } from "@undersigned/messages";
import { type Island, messagesEntry, type PartOf } from "../shared/parts.ts";

/** dist/, from dist/server/index.js. */
const dist = join(import.meta.dirname, "..");

type Manifest = Record<string, { file: string; imports?: string[] }>;

export interface Asset {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** For `integrity` (W3C SRI). */
  readonly integrity: string;
}

export interface ClientBuild {
  /** As the board logs it. */
  readonly file: Uint8Array;
  readonly hash: string;
  readonly version: string;
  /** By name within /assets/. */
  readonly assets: ReadonlyMap<string, Asset>;
  readonly style: Asset;
  /** An island's script, the chunks that it imports at once, and what it has of style besides that of all pages. */
  script(
    island: Island,
    language: Language,
  ): {
    /** What it says, which runs before it. */
    readonly messages: readonly Asset[];
    readonly entry: Asset;
    readonly chunks: readonly Asset[];
    readonly style: Asset | null;
  };
  /** A part of a page: what it says, and what it imports that the page has not loaded, each before what imports it; then itself. */
  part<I extends Island>(island: I, name: PartOf<I>, language: Language): readonly Asset[];
}

function islandKey(island: Island): string {
  return `src/islands/${island}.tsx`;
}

const FOLDERS: Readonly<Record<Island, string>> = {
  sign: "signatory",
  recount: "recount",
  read: "read",
  desk: "desk",
};
const STYLES: Readonly<Partial<Record<Island, string>>> = { desk: "src/styles/desk.css" };

function toSri(base64url: string): string {
  return `sha256-${Buffer.from(base64url, "base64url").toString("base64")}`;
}

export function readClientBuild(): ClientBuild {
  const file = new Uint8Array(readFileSync(join(dist, "client-build.json")));
  const build = parseClientBuild(file);
  const assets = new Map<string, Asset>();
  for (const { path, sha256 } of build.files) {
    const bytes = new Uint8Array(readFileSync(join(dist, path)));
    assets.set(path.replace(/^assets\//, ""), { path: `/${path}`, bytes, integrity: toSri(sha256) });
  }
  const manifest: Manifest = Object.assign(
    {},
    ...["manifest.json", "manifest-read.json", "manifest-desk.json"].map((name) =>
      JSON.parse(readFileSync(join(dist, name), "utf8")),
    ),
  );
  const find = (key: string): Asset => {
    const asset = assets.get((manifest[key]?.file ?? "").replace(/^assets\//, ""));
    if (asset === undefined) throw new Error(`The build has no ${key}: run \`npm run build:web\`.`);
    return asset;
  };
  /** What a file imports at once, whatever is imported before what imports it. */
  const chunksOf = (key: string, found = new Set<string>()): Set<string> => {
    for (const name of manifest[key]?.imports ?? []) {
      if (found.has(name)) continue;
      chunksOf(name, found);
      found.add(name);
    }
    return found;
  };
  /** None for a part that says nothing. */
  const messagesOf = (key: string): Asset[] => (manifest[key] === undefined ? [] : [find(key)]);
  return {
    file,
    hash: clientBuildHash(file),
    version: build.version,
    assets,
    style: find("src/styles/style.css"),
    script: (island, language) => {
      const key = islandKey(island);
      const style = STYLES[island];
      return {
        messages: messagesOf(messagesEntry(island, null, language)),
        entry: find(key),
        chunks: [...chunksOf(key)].map(find),
        style: style === undefined ? null : find(style),
      };
    },
    part: (island, name, language) => {
      const key = `src/islands/${FOLDERS[island]}/parts/${name}.ts`;
      const there = chunksOf(islandKey(island)).add(islandKey(island));
      const files = [...chunksOf(key), key].filter((file) => !there.has(file)).map(find);
      return [...messagesOf(messagesEntry(island, name, language)), ...files];
    },
  };
}
