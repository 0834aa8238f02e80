/** A page loads this package when somebody has a mail to show: it must stay small. Core, which pages have anyway, is not counted. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";

it.each([
  ["src/index.ts", 8_000],
  ["src/answer/index.ts", 12_000],
])("%s is less than %i bytes in a browser, and asks for nothing but core", async (entry, most) => {
  const outputs = (await build({
    root: join(import.meta.dirname, ".."),
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      lib: { entry, formats: ["es"], fileName: "mail" },
      rolldownOptions: { external: ["@undersigned/core"] },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk, ...others] = outputs.flatMap(({ output }) => output);
  expect(others).toEqual([]);
  if (chunk?.type !== "chunk") throw new Error("The build made no script.");
  expect(chunk.imports).toEqual(["@undersigned/core"]);
  expect(gzipSync(chunk.code).length).toBeLessThan(most);
});
