/** The instruments of the tests beside this one: they find what is there, and nothing where nothing is. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CanarySearch } from "../kit/canary-search.ts";
import { ALARM, atLeastP, groupedOrderP, orderP, spearman } from "../kit/rank-statistics.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import { rowsOf } from "../kit/sqlite-pages.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-instruments-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("the statistics of orders", () => {
  it("know Spearman's textbook example", () => {
    // IQ and hours of television, from the article of that name in Wikipedia.
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(spearman(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  it("are quiet about chance in a thousand shuffles, and spread as chance does", () => {
    const random = new SeededRandom(20310303);
    const p = numbers(1000).map(() => orderP(numbers(50), random.shuffle(numbers(50))));
    expect(Math.min(...p)).toBeGreaterThan(ALARM);
    const below = p.filter((one) => one < 0.1).length;
    expect(below).toBeGreaterThan(60);
    expect(below).toBeLessThan(140);
  });

  it("raise the alarm for an order that is half lost, and for one kept inside of pages only", () => {
    const random = new SeededRandom(7);
    const half = numbers(400).map((i) => (i % 2 === 0 ? i : random.below(400)));
    expect(orderP(numbers(400), half)).toBeLessThan(ALARM);
    const pages = numbers(10).map(() => {
      const arrivals = random.shuffle(numbers(1000)).slice(0, 12);
      return { a: arrivals, b: arrivals.map((arrival) => -arrival) };
    });
    expect(groupedOrderP(pages)).toBeLessThan(ALARM);
    const flat = pages.flatMap(({ a }) => a);
    expect(orderP(flat, numbers(flat.length))).toBeGreaterThan(ALARM);
  });

  it("know the binomial's upper tail", () => {
    expect(atLeastP(0, 10, 0.3)).toBeCloseTo(1, 12);
    expect(atLeastP(10, 10, 0.5)).toBeCloseTo(1 / 1024, 12);
    expect(atLeastP(2, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect(atLeastP(40, 288, 1 / 96)).toBeLessThan(ALARM);
    expect(atLeastP(6, 288, 1 / 96)).toBeGreaterThan(0.01);
  });
});

describe("the reader of SQLite's pages", () => {
  it("reads the rows that SQLite reads, in its order, from files of many pages", async () => {
    const path = join(folder, "many.sqlite");
    const database = new DatabaseSync(path);
    database.exec("create table other (a integer primary key, b text) strict");
    database.exec("create table t (k blob, n integer, note text, primary key (k)) strict, without rowid");
    const random = new SeededRandom(11);
    const insert = database.prepare("insert into t values (?, ?, ?)");
    database.exec("begin");
    for (const i of numbers(700)) insert.run(random.bytes(32), i * 1000 - 5, i % 3 === 0 ? null : "note");
    database.exec("commit");
    const expected = database.prepare("select k, n, note from t order by k").all();
    database.close();
    const rows = rowsOf(await readFile(path), "t");
    expect(new Set(rows.map((row) => row.page)).size).toBeGreaterThan(5);
    expect(rows.map((row) => row.columns)).toEqual(
      expected.map(({ k, n, note }) => [Buffer.from(k as Uint8Array).toString("latin1"), n, note]),
    );
  });

  it("shows that a table by key still keeps the order of arrival on its page, until it is rewritten", async () => {
    const path = join(folder, "one.sqlite");
    const database = new DatabaseSync(path);
    database.exec("create table t (k blob primary key) strict, without rowid");
    const random = new SeededRandom(12);
    const keys = numbers(40).map(() => random.bytes(32));
    database.exec("begin");
    for (const key of keys) database.prepare("insert into t values (?)").run(key);
    database.exec("commit");
    const order = async () => {
      const arrivals = new Map(keys.map((key, i) => [Buffer.from(key).toString("latin1"), i]));
      const rows = rowsOf(await readFile(path), "t");
      const arrived = rows.map(({ columns }) => arrivals.get(String(columns[0]))!);
      return orderP(
        arrived,
        rows.map(({ offset }) => offset),
      );
    };
    expect(await order()).toBeLessThan(ALARM);
    database.exec("vacuum");
    expect(await order()).toBeGreaterThan(ALARM);
    database.close();
  });
});

describe("the search for canaries", () => {
  const ADDRESS = "Canary.qzxwv@example.com";
  const search = new CanarySearch([
    { name: "address", text: ADDRESS, hashed: true },
    { name: "name", text: "Zyxwara Qvanteloo" },
  ]);
  const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest();
  const small = ADDRESS.toLowerCase();

  it.each([
    ["as it is", `x ${ADDRESS} y`],
    ["in capitals", ADDRESS.toUpperCase()],
    ["in UTF-16", Buffer.from(`x${ADDRESS}`, "utf16le")],
    ["in hex", Buffer.from(`abc${ADDRESS}`).toString("hex")],
    ["in hex, in capitals", Buffer.from(ADDRESS).toString("hex").toUpperCase()],
    ["in a URL", `?to=${encodeURIComponent(ADDRESS)}&x`],
    ["in a URL, every byte", [...Buffer.from(small)].map((b) => `%${b.toString(16)}`).join("")],
    ["in base64", Buffer.from(`12${ADDRESS}345`).toString("base64")],
    ["in base64, one place on", Buffer.from(`1${ADDRESS}`).toString("base64")],
    ["in base64url, two places on", Buffer.from(`${small}1`).toString("base64url")],
    ["in base64 of UTF-16", Buffer.from(ADDRESS, "utf16le").toString("base64")],
    ["as SHA-256", Buffer.concat([Buffer.from("x"), hash("sha256", small)])],
    ["as SHA-1 in hex", hash("sha1", ADDRESS).toString("hex")],
    ["as MD5 in base64", hash("md5", small).toString("base64")],
    ["as SHA-256 in base64url", hash("sha256", small).toString("base64url")],
  ])("finds one %s", (_, content) => {
    expect(search.inBytes("here", content).length).toBeGreaterThan(0);
    expect(search.inBytes("here", content)[0]).toMatch(/^here: address as /);
  });

  it("finds nothing in what is near but not it", () => {
    expect(search.inBytes("here", `canary.qzxwu@example.com ${"zyxwara  qvanteloo"}`)).toEqual([]);
    expect(search.inBytes("here", hash("sha256", `${small} `).toString("hex"))).toEqual([]);
    expect(search.inBytes("here", new SeededRandom(3).bytes(1_000_000))).toEqual([]);
  });

  it("finds one planted in a copy of a data folder, in the middle of a file, across its chunks, and in a name", async () => {
    const data = join(folder, "data");
    await mkdir(join(data, "deep", "er"), { recursive: true });
    await writeFile(join(data, "clean"), new SeededRandom(4).bytes(100_000));
    expect(await search.inFolder(data)).toEqual({ found: [], files: 1 });
    const large = Buffer.alloc(17 * 1024 * 1024);
    large.write("zyxwara qvanteloo", 16 * 1024 * 1024 - 5);
    await writeFile(join(data, "deep", "er", "large"), large);
    expect((await search.inFolder(data)).found).toEqual(["deep/er/large: name as text"]);
    await writeFile(join(data, small), "");
    expect((await search.inFolder(data)).found).toContain("a file's name: address as text");
  });
});
