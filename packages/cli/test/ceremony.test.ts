/** The key ceremony by command: cards, manifests, signatures; what is shown, what is missing, and what is refused. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere, succeedHere } from "./run-here.ts";
import { IDENTITY, json } from "./way-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "undersigned-ceremony-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const locked = ["--identity-file", at("identity")];
const initRegistrar = (i: number, url = `https://r${i}.example.com`, card = `r${i}.card`) =>
  succeedHere([
    ...["registrar", "init", "--data", at(`r${i}`), "--name", `R${i}`, "--operator", `Operator ${i}`],
    ...["--url", url, "-o", at(card), ...locked],
  ]);
const sign = (i: number, manifest: string, out: string, ...more: string[]) =>
  runHere([
    ...["registrar", "sign-manifest", at(manifest), "--data", at(`r${i}`), "-o", at(out)],
    ...[...more, ...locked],
  ]);
const check = (manifest: string, ...options: string[]) =>
  runHere(["workforce", "check", at(manifest), "--json", ...options]);
const cards = (numbers: readonly number[]) => numbers.flatMap((i) => ["--card", at(`r${i}.card`)]);
const signatures = (...names: string[]) => names.flatMap((name) => ["--signature", at(name)]);
const newManifest = (out: string, numbers: readonly number[], quorum: number) =>
  runHere([
    ...["workforce", "new", at("outline.json"), ...numbers.flatMap((i) => ["--registrar", at(`r${i}.card`)])],
    ...["--board", at("board.card"), "--quorum", String(quorum), "-o", at(out)],
  ]);

beforeAll(async () => {
  chmodSync(folder, 0o700);
  writeFileSync(at("identity"), IDENTITY, { mode: 0o600 });
  for (const i of [0, 1, 2, 3]) await initRegistrar(i);
  await succeedHere([
    ...["board", "init", "--data", at("board"), "--url", "https://board.example.com"],
    ...["-o", at("board.card"), ...locked],
  ]);
  const { opener } = json(await succeedHere(["opener-key", "-o", at("opener.age"), "--json", ...locked]));
  const outline = {
    employer: "Example Works",
    mailboxes: { domains: [{ domain: "example.com" }] },
    openers: [opener],
  };
  writeFileSync(at("outline.json"), JSON.stringify(outline));
  const made = await newManifest("one.json", [0, 1, 2], 2);
  expect(made).toMatchObject({ code: 0, stderr: "" });
}, 120_000);

describe("a first manifest", { timeout: 60_000 }, () => {
  it("says what the quorum is worth, and whose signatures it takes", async () => {
    const { stdout } = await newManifest("shown.json", [0, 1, 2], 2);
    expect(stdout).toContain("quorum: 2 of 3");
    expect(stdout).toContain("One dishonest registrar could not invent a signatory who never enrolled.");
    expect(stdout).toContain("People can still enrol while one registrar is down.");
    const each = /to sign: each of (.*)/.exec(stdout)?.[1];
    for (const i of [0, 1, 2]) expect(each).toContain(`R${i} (Operator ${i})`);
  });

  it.each([1, 4])("is refused with a quorum of %d", async (quorum) => {
    const { code, stderr } = await newManifest("never.json", [0, 1, 2], quorum);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^quorum-refused: .*--quorum 2 to 3/);
  });

  it("is refused with a card that somebody has changed", async () => {
    const card = readFileSync(at("r3.card"), "utf8").replace("r3.example.com", "r3.example.org");
    writeFileSync(at("r4.card"), card);
    const { stderr } = await newManifest("never.json", [0, 1, 4], 2);
    expect(stderr).toMatch(/^card-malformed: /);
  });

  it("misses, one by one, the cards and signatures that are not there", async () => {
    const bare = await check("one.json");
    expect(bare.code).toBe(1);
    expect(json(bare).missing).toEqual([
      ...["R0", "R1", "R2"].map(() => expect.stringContaining("the card of R")),
      "the board's card",
      ...["R0", "R1", "R2"].map(() => expect.stringContaining("the signature of R")),
    ]);
    for (const i of [0, 1, 2]) expect((await sign(i, "one.json", `one.r${i}`, "--yes")).code).toBe(0);
    const some = await check("one.json", ...cards([0, 1, 2]), ...signatures("one.r0", "one.r2"));
    expect(json(some).missing).toEqual(["the board's card", "the signature of R1"]);
    const all = await check(
      "one.json",
      ...cards([0, 1, 2]),
      ...["--card", at("board.card")],
      ...signatures("one.r0", "one.r1", "one.r2"),
    );
    expect(json(all)).toMatchObject({ missing: [], wrong: [] });
    expect(all.code).toBe(0);
  });

  it("is told from one that says something else than a card, or that another has signed", async () => {
    await initRegistrar(1, "https://elsewhere.example.com", "r1.moved.card");
    const other = await check("one.json", "--card", at("r1.moved.card"), "--card", at("r3.card"));
    expect(json(other).wrong).toEqual([
      "the card of R3: the manifest does not name this registrar",
      "the card of R1 differs in url",
    ]);
    const refused = await sign(1, "one.json", "never", "--yes");
    expect(refused.stderr).toMatch(/card-differs: /);
    await initRegistrar(1, undefined, "r1.again.card");
    await newManifest("other.json", [0, 1, 2, 3], 3);
    await sign(0, "other.json", "other.r0", "--yes");
    expect(json(await check("one.json", ...signatures("other.r0"))).wrong).toEqual([
      "the signature of R0 is of another manifest",
    ]);
    const false0 = JSON.parse(readFileSync(at("one.r0"), "utf8"));
    const { sig } = JSON.parse(readFileSync(at("one.r2"), "utf8"));
    writeFileSync(at("one.false"), JSON.stringify({ ...false0, sig }));
    expect(json(await check("one.json", ...signatures("one.false"))).wrong).toEqual([
      "the signature of R0 is false",
    ]);
  });
});

describe("signing", { timeout: 60_000 }, () => {
  it("shows what is signed, and signs nothing where nobody can say yes", async () => {
    const { code, stderr } = await sign(0, "one.json", "never");
    expect(code).toBe(2);
    expect(stderr).toContain("registrar: R0, run by Operator 0, at https://r0.example.com (this one)");
    expect(stderr).toContain("could not invent a signatory");
    expect(stderr).toMatch(/to read out: ([0-9a-f]{4} ?){16}\n/);
    expect(stderr).toMatch(/^no-terminal: .*--yes/m);
  });
});

describe("a later version", { timeout: 60_000 }, () => {
  it("takes the quorum of the version before and every new registrar, and is shown as a difference", async () => {
    const amended = await succeedHere([
      ...["workforce", "amend", "--after", at("one.json"), "--registrar", at("r3.card")],
      ...["--without", "R2", "-o", at("two.json")],
    ]);
    expect(amended.stdout).toContain("changed: registrars: without R2, run by Operator 2");
    expect(amended.stdout).toMatch(/to sign: each of R3/);
    expect(amended.stdout).toMatch(/to sign: 2 of R/);

    const blind = await sign(0, "two.json", "never", "--yes");
    expect(blind.stderr).toMatch(/^after-needed: /);
    const another = await sign(0, "two.json", "never", "--yes", "--after", at("other.json"));
    expect(another.stderr).toMatch(/^file-malformed: /);
    const signed = await sign(0, "two.json", "two.r0", "--yes", "--after", at("one.json"));
    expect(signed.stderr).toContain("changed: registrars: with R3, run by Operator 3");
    const after = ["--after", at("one.json"), ...cards([0, 1, 3]), "--card", at("board.card")];
    const half = json(await check("two.json", ...after, ...signatures("two.r0")));
    expect(half.missing).toEqual([
      "the signature of R3",
      expect.stringMatching(/^1 more signature of: R[12], R[12]$/),
    ]);
    await sign(3, "two.json", "two.r3", "--yes", "--after", at("one.json"));
    // One that goes may agree to it.
    const leaving = await sign(2, "two.json", "two.r2", "--yes", "--after", at("one.json"));
    expect(leaving.stderr).not.toContain("(this one)");
    expect(leaving.code).toBe(0);
    const without1 = await check("two.json", ...after, ...signatures("two.r0", "two.r2", "two.r3"));
    expect(without1.code).toBe(0);
    await sign(1, "two.json", "two.r1", "--yes", "--after", at("one.json"));
    const whole = await check("two.json", ...after, ...signatures("two.r0", "two.r1", "two.r3"));
    expect(whole.code).toBe(0);
    expect(json(await check("two.json", ...cards([0, 1, 3]), "--card", at("board.card"))).missing).toEqual([
      expect.stringContaining("the version before (--after)"),
    ]);
  });
});
