/**
 * interop/: what other implementations are held to, ours is held to first. Every set is read as files, as a stranger would;
 * and all of it can be made again from the published keys.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundleSource, directorySource, type Report, recount } from "@undersigned/verify";
import { beforeAll, describe, expect, it } from "vitest";
import type { World } from "../scripts/interop-set/broken-case.ts";
import { addCase, type CaseRow, casesOf, makeAll, rowOf, worldOf } from "../scripts/interop-set/make-all.ts";
import type { Files } from "../scripts/interop-set/set-builder.ts";
import { readTestKeys } from "../scripts/interop-set/test-keys.ts";
import { workedExample } from "../scripts/interop-set/worked-example.ts";

const root = join(import.meta.dirname, "..");
const interop = join(root, "interop");
const read = (path: string) => new Uint8Array(readFileSync(join(interop, path)));
const cases = JSON.parse(readFileSync(join(interop, "cases.json"), "utf8")) as CaseRow[];
const broken = cases.filter((row) => row.expect.length > 0);
const valid = cases.filter((row) => row.expect.length === 0);

async function recountCase({ file, workforce, known }: CaseRow): Promise<Report> {
  const source = file.endsWith("/") ? directorySource(join(interop, file)) : bundleSource(read(file));
  return recount(source, { workforce, ...(known !== null && { known: read(known) }) });
}

describe("a valid set is accepted, with the counts that were written down:", () => {
  it.each(valid.map((row) => [row.file, row] as const))("%s", async (_, row) => {
    const report = await recountCase(row);
    expect(report.failures).toEqual([]);
    expect(report.ok).toBe(true);
    const counts = report.letters.map(rowOf);
    expect(counts).toEqual(row.letters);
  });

  it("60 endorsed the main letter, 3 of them have withdrawn, 2 stand apart; two names are hidden; one letter shows nothing, one confirmed names", () => {
    expect(valid[0]?.letters).toMatchObject([
      {
        state: "closed",
        counted: 57,
        withdrawn: 3,
        endorsed: 60,
        vouched: 2,
        named: 13,
        confirmed: 7,
        role: 14,
        hidden: 2,
        deliveries: 2,
        responses: 2,
        withheld: 1,
        judgements: 2,
        dealings: 1,
        chronicle: 7,
      },
      { state: "too-few", counted: 0, withdrawn: 0, endorsed: 0, vouched: 0, named: 0, role: 0 },
      { state: "open", counted: 3, withdrawn: 0, endorsed: 3, vouched: 0, named: 2, confirmed: 2, role: 0 },
    ]);
  });
});

describe("a broken copy is refused for its own reason:", () => {
  it.each(broken.map((row) => [row.file, row.why, row] as const))("%s: %s", async (_, __, row) => {
    const report = await recountCase(row);
    expect(report.ok).toBe(false);
    const codes = [...new Set(report.failures.map(({ code }) => code))].sort();
    if (row.follows === null) expect(codes).toEqual(expect.arrayContaining([...row.expect]));
    else expect(codes).toEqual([...row.expect, ...row.follows].sort());
  });

  it("every code of the protocol is the reason of at least one", () => {
    const table =
      readFileSync(join(root, "docs/PROTOCOL.md"), "utf8").split("| code | what is wrong |")[1] ?? "";
    const codes = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]!);
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !broken.some(({ expect: reasons }) => reasons.includes(code)))).toEqual([]);
  });
});

describe("the files are made again from the published keys", () => {
  let world: World;
  let made: Files;
  beforeAll(async () => {
    world = worldOf(readTestKeys(new URL("../interop/keys.json", import.meta.url)));
    made = await makeAll(world, ["ed25519-mixed-order", "log-forked", "modulus-of-another-slot"]);
  });

  it("byte for byte: the valid set, the small one and a few broken ones", () => {
    expect(made.size).toBeGreaterThan(12);
    for (const [path, bytes] of made) {
      if (path !== "cases.json") expect(Buffer.from(bytes).equals(read(path)), path).toBe(true);
    }
  });

  it("with the rows of all", async () => {
    const names = casesOf(world).map(({ name }) => `broken/${name}.zip`);
    expect(cases.map(({ file }) => file)).toEqual(["valid/", "valid.zip", "small.zip", ...names]);
  });

  it("and each other time the same", async () => {
    const of = casesOf(world).find(({ name }) => name === "endorsement-dropped")!;
    const again: Files = new Map();
    const row = await addCase(world, of, again, []);
    expect(cases).toContainEqual(row);
    expect(Buffer.from(again.get(row.file)!).equals(read(row.file))).toBe(true);
  });

  it("and so is the worked example of the protocol", async () => {
    const document = readFileSync(join(root, "docs/PROTOCOL.md"), "utf8");
    expect(document).toContain(await workedExample(world.valid));
  });
});

describe("the command", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "packages/cli/bin/undersigned.js"), "verify", ...args], {
      encoding: "utf8",
    });
  const workforceOf = (file: string) => cases.find((row) => row.file === file)!.workforce;

  it("accepts the valid bundle and names its number", () => {
    const { status, stdout } = run(join(interop, "valid.zip"), "--workforce", workforceOf("valid.zip"));
    expect(status).toBe(0);
    expect(stdout).toContain("57 holders of work mailboxes at example.com");
    expect(stdout).toContain("counted     57 of headcount 150");
    expect(stdout).toMatch(/handed over 2027-03-02 \(mail, leaf \d+\)/);
    expect(stdout).toMatch(/judged {6}2027-04-09 \(leaf \d+\): demand end promised by 2027-06-01/);
    expect(stdout).toMatch(
      /Registrar 1 .* issued 60 to 98, .* tokens: 38 .* stated on 2027-07-01 that its keys/,
    );
    expect(stdout).toMatch(/Registrar 2 .* tokens: 38 .* has not stated that its keys were destroyed/);
  });

  it("refuses a broken one and says why", () => {
    const file = "broken/token-says-another-slot.zip";
    const { status, stdout } = run(join(interop, file), "--workforce", workforceOf(file));
    expect(status).toBe(1);
    expect(stdout).toContain("FAILED token-invalid");
  });

  it("refuses a log that was cut, once it is told of a later checkpoint", () => {
    const { file, known, workforce } = cases.find((row) => row.file === "broken/log-shorter-than-known.zip")!;
    expect(run(join(interop, file), "--workforce", workforce).status).toBe(0);
    expect(run(join(interop, file), "--workforce", workforce, "--known", join(interop, known!)).status).toBe(
      1,
    );
  });
});

const python = spawnSync("python3", ["--version"], { encoding: "utf8" });
const hasPython = python.status === 0 && Number(/ 3\.(\d+)/.exec(python.stdout)?.[1]) >= 8;

describe.skipIf(!hasPython)("a recount in Python from the protocol alone", () => {
  const check = (...args: string[]) =>
    spawnSync("python3", [join(interop, "check.py"), ...args], { encoding: "utf8" });

  it("decides every case alike", { timeout: 180_000 }, () => {
    const { status, stdout } = check();
    expect(stdout).toBe(`${cases.length} of ${cases.length} as expected\n`);
    expect(status).toBe(0);
  });

  it("makes all endorsements and an invitation from the phrases, byte for byte", { timeout: 180_000 }, () => {
    const { status, stdout } = check("--remake");
    expect(stdout).toBe(
      "66 of 66 endorsements made again\n9 of 9 salts of confirmed names made again\nthe invitation was made again\n",
    );
    expect(status).toBe(0);
  });

  it("refuses a set that is asked for under the wrong workforce", () => {
    const { status } = check(join(interop, "small.zip"), "--workforce", cases[0]!.workforce);
    expect(status).toBe(1);
  });
});

it("interop/ stays below 8 MB", () => {
  const files = readdirSync(interop, { recursive: true, withFileTypes: true }).filter((item) =>
    item.isFile(),
  );
  const total = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  expect(files.length).toBeGreaterThan(cases.length);
  expect(total).toBeLessThan(8_000_000);
});
