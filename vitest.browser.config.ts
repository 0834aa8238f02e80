import { defineConfig } from "vitest/config";
import { keepCompiled } from "./test/kit/compile-cache.ts";
import { keepInMemory } from "./test/kit/in-memory.ts";

keepCompiled();
keepInMemory();

/** Tests in a real Chromium, on built pages: `npm run build:web` first. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    setupFiles: ["test/kit/quick-rsa-setup.ts", "test/kit/test-end-setup.ts"],
    globalSetup: ["test/kit/bundle/global-setup.ts", "test/browser/kit/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    // Two processes go through all of them: loading sources and browser anew for each file takes a sixth of the time.
    isolate: false,
  },
});
