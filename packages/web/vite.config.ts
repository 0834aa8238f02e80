/** How the bundles are made. Both come from the sources of this repository and pinned packages alone. */
import { isAbsolute, join } from "node:path";
import type { InlineConfig } from "vite";
import { frontCodedWords } from "./front-coded-words.ts";
import { messageEntries, messagesPlugin } from "./messages-plugin.ts";
import { type Island, PARTS } from "./src/shared/parts.ts";
import { unsaidMessages } from "./unsaid-messages.ts";

const common = {
  configFile: false,
  mode: "production",
  logLevel: "warn",
  publicDir: false,
} as const satisfies InlineConfig;

/** Of the part that reads PDF files, which few load: above it something has come in that should not have. */
const LARGEST_KB = 600;

/** Modules of our packages only declare things. */
const OURS = /\/packages\/(?:core|log|verify|client|mail|dealings|messages)\/src\//;

/** What the signing page's own script does not use. */
const HOOKS = /\/node_modules\/preact\/hooks\/|\/islands\/ui\/(?:table|use-dropped-file)\.tsx?$/;
/** What every island stands on. */
const FRAME = /\/node_modules\/preact\/|\/src\/islands\/(?:ui\/|[\w-]+\.ts)/;

function isFrame(id: string): boolean {
  return FRAME.test(id) && !HOOKS.test(id);
}

/**
 * Script and styles for browsers. Signing and recounting share chunks. The desk and the reading of unlisted letters are bundled
 * by themselves, so that nothing of them weighs on a signatory's page.
 */
export function islandsConfigs(root: string): InlineConfig[] {
  const at = (path: string) => join(root, "src", path);
  const parts = (island: Island, folder: string) =>
    PARTS[island].map((part) => [part, at(`islands/${folder}/parts/${part}.ts`)]);
  return [
    bundle(root, "manifest.json", SHARED, {
      style: at("styles/style.css"),
      sign: at("islands/sign.tsx"),
      recount: at("islands/recount.tsx"),
      ...Object.fromEntries(parts("sign", "signatory")),
      ...messageEntries(root, ["sign", "recount"]),
    }),
    bundle(root, "manifest-read.json", [], {
      read: at("islands/read.tsx"),
      ...messageEntries(root, ["read"]),
    }),
    bundle(root, "manifest-desk.json", [], {
      "desk-style": at("styles/desk.css"),
      desk: at("islands/desk.tsx"),
      ...Object.fromEntries(parts("desk", "desk")),
      ...messageEntries(root, ["desk"]),
    }),
  ];
}

/** Few files where pages share most; otherwise the bundler's own: a file for each set of parts that share something. */
const SHARED = [
  { name: "frame", test: isFrame, minShareCount: 2, priority: 3 },
  { name: "hooks", test: HOOKS, minShareCount: 2, priority: 2 },
  { name: "base", minShareCount: 2, priority: 1 },
];

function bundle(
  root: string,
  manifest: string,
  groups: typeof SHARED,
  input: Record<string, string>,
): InlineConfig {
  return {
    ...common,
    root,
    base: "/",
    plugins: [messagesPlugin(root), frontCodedWords(), unsaidMessages()],
    worker: { format: "es", rolldownOptions: { output: { entryFileNames: "assets/[name].[hash].js" } } },
    build: {
      outDir: "dist",
      emptyOutDir: false,
      manifest,
      // Firefox 115 is Tor Browser's on old systems; Safari 16.4 is the first that looks behind in patterns, Chromium 110 the first with toSorted.
      target: ["es2023", "safari16.4", "firefox115", "chrome110"],
      modulePreload: false,
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: LARGEST_KB,
      rolldownOptions: {
        // On a busy machine the bundler would say that it was slow.
        checks: { pluginTimings: false },
        // What parts export is called by the page, which no bundler sees.
        treeshake: { moduleSideEffects: [{ test: OURS, sideEffects: false }] },
        preserveEntrySignatures: "exports-only",
        input,
        output: {
          entryFileNames: "assets/[name].[hash].js",
          chunkFileNames: "assets/[name].[hash].js",
          assetFileNames: "assets/[name].[hash][extname]",
          ...(groups.length > 0 && { codeSplitting: { groups } }),
        },
      },
    },
  };
}

/** The pages. Packages stay where they are: Node reads them, ours as the sources they are. */
export function serverConfig(root: string): InlineConfig {
  return {
    ...common,
    root,
    ssr: { target: "node" },
    build: {
      outDir: "dist/server",
      emptyOutDir: true,
      ssr: join(root, "src/server/index.ts"),
      target: "node24",
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: LARGEST_KB,
      rolldownOptions: {
        // On a busy machine the bundler would say that it was slow.
        checks: { pluginTimings: false },
        external: isPackage,
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  };
}

function isPackage(id: string): boolean {
  return !id.startsWith(".") && !isAbsolute(id) && !id.includes("?");
}
