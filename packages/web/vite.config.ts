/** How the two bundles are made. Both come from the sources of this repository and pinned packages alone. */
import { isAbsolute, join } from "node:path";
import type { InlineConfig } from "vite";
import { frontCodedWords } from "./front-coded-words.ts";
import { PARTS } from "./src/shared/parts.ts";
import { unsaidMessages } from "./unsaid-messages.ts";

const common = {
  configFile: false,
  mode: "production",
  logLevel: "warn",
  publicDir: false,
} as const satisfies InlineConfig;

/** Modules of our packages only declare things. */
const OURS = /\/packages\/(?:core|log|verify|client|mail)\/src\//;

/** What the signing page's own script does not use. */
const HOOKS = /\/node_modules\/preact\/hooks\/|\/islands\/ui\/(?:table|use-dropped-file)\.tsx?$/;
/** What every island stands on. */
const FRAME = /\/node_modules\/preact\/|\/src\/islands\/(?:ui\/|[\w-]+\.ts)/;

function isFrame(id: string): boolean {
  return FRAME.test(id) && !HOOKS.test(id);
}

/** Script and styles for browsers. Islands of one page share chunks with those of another. */
export function islandsConfig(root: string): InlineConfig {
  return {
    ...common,
    root,
    base: "/",
    plugins: [frontCodedWords(), unsaidMessages()],
    worker: { format: "es", rolldownOptions: { output: { entryFileNames: "assets/[name].[hash].js" } } },
    build: {
      outDir: "dist",
      emptyOutDir: false,
      manifest: "manifest.json",
      // Firefox 115 is Tor Browser's on old systems; Safari 16.4 is the first that looks behind in patterns, Chromium 110 the first with toSorted.
      target: ["es2023", "safari16.4", "firefox115", "chrome110"],
      modulePreload: false,
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        // What parts export is called by the page, which no bundler sees.
        treeshake: { moduleSideEffects: [{ test: OURS, sideEffects: false }] },
        preserveEntrySignatures: "exports-only",
        input: {
          style: join(root, "src/styles/style.css"),
          sign: join(root, "src/islands/sign.tsx"),
          recount: join(root, "src/islands/recount.tsx"),
          ...Object.fromEntries(
            PARTS.map((part) => [part, join(root, `src/islands/signatory/parts/${part}.ts`)]),
          ),
        },
        output: {
          entryFileNames: "assets/[name].[hash].js",
          chunkFileNames: "assets/[name].[hash].js",
          assetFileNames: "assets/[name].[hash][extname]",
          codeSplitting: {
            groups: [
              { name: "frame", test: isFrame, minShareCount: 2, priority: 3 },
              { name: "hooks", test: HOOKS, minShareCount: 2, priority: 2 },
              { name: "base", minShareCount: 2, priority: 1 },
            ],
          },
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
      rolldownOptions: {
        external: isPackage,
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  };
}

function isPackage(id: string): boolean {
  return !id.startsWith(".") && !isAbsolute(id) && !id.includes("?");
}
