/**
 * What ends with the test that needed it. Kits must not register hooks of their own: one process goes through many test files, and a
 * hook that stands in a module that is loaded once is a hook of the first of them alone.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const steps: (() => unknown)[] = [];

/** The last that was asked for is done first. */
export function endsWithTest(step: () => unknown): void {
  steps.push(step);
}

/** For test-end-setup.ts. All is ended, whatever fails of it. */
export async function endTest(): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "What a test had begun could not be ended.");
}

/** Gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-test-"));
  endsWithTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
