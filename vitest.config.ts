import { defineConfig } from "vitest/config";
import { keepCompiled } from "./test/kit/compile-cache.ts";
import { LongestFirst } from "./test/kit/longest-first.ts";

keepCompiled();

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    // They need a browser first: vitest.browser.config.ts.
    exclude: ["test/browser/**"],
    sequence: { sequencer: LongestFirst },
    setupFiles: ["test/kit/quick-rsa-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
