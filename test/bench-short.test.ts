/** That `npm run bench` measures all it says, in a tiny form. How fast anything is, is not looked at. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "undersigned-bench-"));

function bench(...args: string[]) {
  return spawnSync(process.execPath, [join(root, "bench/run.ts"), ...args], { encoding: "utf8", cwd: root });
}

/** The values at a path of names, `*` standing for every item. */
function at(value: unknown, path: string): unknown[] {
  return path.split(".").reduce<unknown[]>(
    (values, name) =>
      values.flatMap((one) => {
        const object = one as Record<string, unknown>;
        return name === "*" ? Object.values(object) : [object[name]];
      }),
    [value],
  );
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the quick bench", () => {
  let status: number | null;
  let stdout = "";
  let stderr = "";
  let json: unknown;

  beforeAll(() => {
    const path = join(folder, "quick.json");
    ({ status, stdout, stderr } = bench("--quick", `--json=${path}`));
    json = status === 0 ? JSON.parse(readFileSync(path, "utf8")) : null;
  }, 180_000);

  it("ends well", () => {
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it.each([
    "machine.cores",
    "results.primitives.node.*.one.perSecond",
    "results.primitives.node.*.all.cpuMicroseconds",
    "results.enrolment.enrolmentsPerSecond",
    "results.enrolment.limitPerSecond",
    "results.enrolment.ratio",
    "results.enrolment.ratioByCpu",
    "results.enrolment.runs.*.loadCpuSeconds",
    "results.mail.headersPerSecond",
    "results.mail.limitPerSecond",
    "results.mail.ratioByCpu",
    "results.recount.sizes.*.endorsements",
    "results.recount.sizes.*.ratio",
    "results.recount.sizes.*.microsecondsPerEndorsement",
    "results.recount.sizes.*.peakRssBytes",
    "results.acceptance.early.acceptedPerSecond",
    "results.acceptance.early.loadCpuMicroseconds",
    "results.acceptance.late.latency.p99",
    "results.acceptance.endorsements",
    "results.acceptance.releases.seconds",
    "results.acceptance.memory.rssBytes",
    "results.acceptance.disk.bytesPerEndorsement",
    "results.acceptance.disk.tables.pool",
    "results.document.cpuSeconds",
    "results.document.grownBytes",
    "results.browser.reader.gzipBytes",
    "results.browser.signing.gzipBytes",
    "results.browser.enrolMs",
    "results.browser.signMs",
    "results.browser.recount.seconds",
  ])("states %s as a number above 0", (path) => {
    const values = at(json, path);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value).toSatisfy((number) => Number.isFinite(number) && number > 0);
  });

  it("states for each target what was reached", () => {
    const reached = at(json, "targets.*.reached");
    expect(reached.length).toBeGreaterThan(10);
    // One is a difference of two times, which on a busy machine may be below zero at the sizes of the quick bench.
    for (const value of reached) expect(value).toSatisfy(Number.isFinite);
  });

  it("prints a row for each target and says whether it was met", () => {
    const names = at(json, "targets.*.name") as string[];
    for (const name of names) expect(stdout).toMatch(new RegExp(`^${RegExp.escape(name)} +.*(yes|NO)`, "m"));
    expect(names.some((name) => name.startsWith("enrolment"))).toBe(true);
    expect(names.some((name) => name.startsWith("recount"))).toBe(true);
    expect(names.some((name) => name.startsWith("accepting"))).toBe(true);
    expect(names.some((name) => name.startsWith("releasing"))).toBe(true);
  });
});

describe("the bench's command line", () => {
  it("refuses a part that there is not, and says which there are", () => {
    const { status, stderr } = bench("--only=coffee");
    expect(status).toBe(2);
    expect(stderr).toContain("There is no part coffee.");
    expect(stderr).toContain("primitives,enrolment,mail,recount,acceptance,document,browser");
  });
});
