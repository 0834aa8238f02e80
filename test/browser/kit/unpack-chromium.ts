/**
 * A process of its own: unpacks Chromium, its fonts and the shared libraries that it needs where a machine has none, into
 * TMPDIR, which is where the package puts them. See chromium.ts.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import chromium, { inflate } from "@sparticuz/chromium";

const folder = dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium"));
await chromium.executablePath();
await inflate(join(folder, "..", "bin", "al2023.tar.br"));
