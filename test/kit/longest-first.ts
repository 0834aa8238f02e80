/** The files that take longest begin first, so that no core is idle in the end while another goes through one of them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const ROOT = join(import.meta.dirname, "../..");

/** From half a minute on, the longest first. Vitest knows the others' order only where they have run before. */
const LONGEST = [
  "test/demo.test.ts",
  "test/leaks/canaries.test.ts",
  "packages/registrar/test/close-epoch.test.ts",
  "test/timing/timing.test.ts",
  "test/whole-way/crashes.test.ts",
  "test/quorum/bounds.test.ts",
  "test/leaks/order.test.ts",
  "test/bench-short.test.ts",
  "packages/cli/test/whole-way.test.ts",
  "test/quorum/epochs.test.ts",
  "packages/registrar/test/second-party-enrolment.test.ts",
  "packages/registrar/test/existing-mail.test.ts",
  "packages/cli/test/registrars-way.test.ts",
  "test/quorum/bad-network.test.ts",
].map((file) => join(ROOT, file));

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = LONGEST.filter((file) => !existsSync(file));
    if (gone.length > 0) throw new Error(`These tests are gone: take them off the list. ${gone.join(", ")}`);
    const rank = ({ moduleId }: TestSpecification) => LONGEST.indexOf(moduleId) >>> 0;
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
