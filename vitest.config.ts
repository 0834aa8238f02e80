import { defineConfig } from "vitest/config";
import { keepCompiled } from "./test/kit/compile-cache.ts";
import { keepInMemory } from "./test/kit/in-memory.ts";
import { LongestFirst } from "./test/kit/longest-first.ts";

keepCompiled();
keepInMemory();

/**
 * Tests that replace or measure what belongs to the whole process (a global, a clock, the umask, the time zone, an exit code, memory,
 * the language that islands speak).
 */
const ALONE = [
  "packages/cli/test/second-party.test.ts",
  "packages/core/test/platform.test.ts",
  "packages/dealings/test/hostile.test.ts",
  "packages/registrar/test/second-party-server.test.ts",
  "packages/service/test/sqlite-file.test.ts",
  "packages/verify/test/bundle.test.ts",
  "packages/web/test/desk/draft-problems.test.ts",
  "packages/web/test/reader/slow-text.test.ts",
  "packages/web/test/recount/quoted.test.ts",
  "packages/web/test/recount/script-url.test.ts",
];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ["test/kit/bundle/global-setup.ts"],
    setupFiles: ["test/kit/quick-rsa-setup.ts", "test/kit/test-end-setup.ts", "packages/web/test/english.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "alone",
          // Those under test/browser need a browser first: vitest.browser.config.ts.
          include: ["test/**/*.test.ts", ...ALONE],
          exclude: ["test/browser/**"],
        },
      },
      {
        // One process goes through many of them: loading the sources anew takes longer than most of them do.
        extends: true,
        test: { name: "together", include: ["packages/*/test/**/*.test.ts"], exclude: ALONE, isolate: false },
      },
    ],
  },
});
