/**
 * Builds what Node cannot run as it stands: the islands with their styles (dist/assets), then the pages (dist/server). Writes
 * `dist/client-build.json`, the list of what a browser is given, whose hash the board logs (PROTOCOL §3.5).
 *
 * The same sources give the same bytes in any folder and on any day: names come from contents, and no path and no time is
 * written anywhere. A test builds twice to see that.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientBuildFile } from "@undersigned/core";
import { build } from "vite";
import { checkTranslations } from "./src/server/learns/check-translations.ts";
import { islandsConfigs, serverConfig } from "./vite.config.ts";

const root = import.meta.dirname;
const dist = join(root, "dist");

function listAssets(): { path: string; sha256: string; bytes: number }[] {
  return readdirSync(join(dist, "assets"))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(dist, "assets", name));
      const sha256 = createHash("sha256").update(bytes).digest("base64url");
      return { path: `assets/${name}`, sha256, bytes: bytes.length };
    });
}

// Another value would have Vite build for development, with the folders' names in it.
process.env.NODE_ENV = "production";
checkTranslations();
rmSync(dist, { recursive: true, force: true });
for (const config of islandsConfigs(root)) await build(config);
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
writeFileSync(join(dist, "client-build.json"), clientBuildFile({ version, files: listAssets() }));
await build(serverConfig(root));
