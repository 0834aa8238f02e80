/** The demo as a process, as `npm run demo` starts it: it counts whom it let sign, and leaves nothing behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPostgres } from "@undersigned/service/testing";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCommand } from "../packages/cli/test/run-command.ts";

const DEMO = fileURLToPath(new URL("../packages/cli/bin/demo.js", import.meta.url));
const MINUTES = 60_000;

type Demo = {
  readonly child: ChildProcess;
  readonly out: () => string;
  /** Waits until standard output matches; rejects if the demo ends before. */
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Resolves when every process that shares the demo's standard error has ended, its registrar's too. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
};

let temporary = "";
let started: Demo[] = [];
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "undersigned-demo-test-"));
  started = [];
});
afterEach(async () => {
  for (const demo of started) demo.child.kill("SIGKILL");
  await Promise.all(started.map((demo) => demo.ended));
  await rm(temporary, { recursive: true, force: true });
});

/** Its temporary folders come into one of this test's own. */
function startDemo(...args: string[]): Demo {
  const child = spawn(process.execPath, [DEMO, ...args], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(out);
        if (found !== null) resolve(found);
      };
      child.stdout.on("data", look);
      look();
      void ended.then(() => reject(new Error(`The demo ended without saying it. It said:\n${out}\n${err}`)));
    });
  const demo = { child, out: () => out, said, ended };
  started.push(demo);
  return demo;
}

/** So that a step that never ends is named, and not only the test that it is a step of. */
function soon<T>(what: string, step: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It takes too long: ${what}.`)), MINUTES);
    step.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function lastLine(out: string): Record<string, unknown> {
  return JSON.parse(out.trimEnd().split("\n").at(-1) as string) as Record<string, unknown>;
}

describe("the demo", () => {
  it.each([1, 7, 40])(
    "counts %i signatories, says so in one line of JSON, and leaves nothing behind",
    async (signatories) => {
      const { code, out, err } = await startDemo("--signatories", String(signatories), "--exit").ended;
      expect(err).toContain("removed");
      const result = lastLine(out);
      const withdrawn = Math.round(signatories * 0.02);
      expect(result).toMatchObject({
        signatories,
        counted: signatories - withdrawn,
        withdrawn,
        revised: Math.round(signatories * 0.04),
        refused: 1,
        postedTwice: 1,
        recount: "ok",
      });
      expect(result.repeated).toBe(2 * Math.ceil(signatories * 0.025));
      expect(Object.keys(result.seconds as object)).toEqual([
        "start",
        "enrol",
        "sign",
        "batches",
        "recount",
        "total",
      ]);
      for (const rate of Object.values(result.rates as Record<string, number>))
        expect(rate).toBeGreaterThan(0);
      expect(code).toBe(0);
      expect(await readdir(temporary)).toEqual([]);
      await expect(fetch(result.board as string)).rejects.toThrow(TypeError);
    },
    5 * MINUTES,
  );

  it(
    "keeps the folder that it was told to use, in which no signatory's mailbox stands, and never uses one twice",
    async () => {
      const data = join(temporary, "data");
      const { code, out } = await startDemo("--signatories", "7", "--exit", "--data", data).ended;
      expect(code).toBe(0);
      expect(lastLine(out)).toMatchObject({ counted: 7, recount: "ok" });
      const files = (await readdir(data, { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      );
      expect(files.map((file) => file.name)).toEqual(
        expect.arrayContaining(["board.sqlite", "registrar.sqlite", "identity.age"]),
      );
      for (const file of files) {
        const text = (await readFile(join(file.parentPath, file.name))).toString("latin1");
        expect(text, file.name).not.toMatch(/p000\d(\+\w+)?@/i);
        expect(text, file.name).not.toContain("AGE-SECRET-KEY");
      }
      const again = await startDemo("--signatories", "7", "--exit", "--data", data).ended;
      expect(again.code).toBe(1);
      expect(again.err).toContain("data-not-empty");
    },
    5 * MINUTES,
  );

  it(
    "stays up, and the commands that it prints let a visitor sign, count, and be counted",
    async () => {
      const demo = startDemo("--signatories", "20", "--tick", "3");
      await soon("the guide for visitors", demo.said(/Ctrl-C stops the demo/));
      const commands = new Map(
        [...demo.out().matchAll(/^ +npx undersigned (\S+)(.*)$/gm)].map(([, name, rest]) => [
          name,
          (rest as string)
            .trim()
            .split(/ +/)
            .filter((word) => word !== ""),
        ]),
      );
      const printed = ["phrase", "enrol", "sign", "verify", "receipt", "revise", "withdraw"];
      expect([...commands.keys()]).toEqual(printed);
      const visitor = await mkdtemp(join(tmpdir(), "undersigned-visitor-"));
      try {
        const start = (name: string, fds: readonly (string | null)[], ...more: string[]) =>
          startCommand([name, ...(commands.get(name) as string[]), ...more], { cwd: visitor, fds });
        const phrase = (await start("phrase", []).finished).stdout.trim();

        const enrolling = start("enrol", [phrase, null], "--phrase-fd", "3", "--code-fd", "4");
        await soon("a code on its way", enrolling.waitFor("stderr", /a code is on its way/));
        const mails = /^Mail +(\S+)$/m.exec(demo.out())?.[1] as string;
        enrolling.write(1, `${await readCode(mails, "anyone@example.com")}\n`);
        expect(await soon("enrolling", enrolling.finished)).toMatchObject({ code: 0 });

        const signing = start("sign", [phrase], "--phrase-fd", "3");
        expect(await soon("signing", signing.finished)).toMatchObject({ code: 0 });
        await expect
          .poll(async () => (await start("receipt", []).finished).stdout, { timeout: MINUTES })
          .toContain("In the log at index");
        const verified = await soon("counting", start("verify", []).finished);
        expect(verified.code).toBe(0);
        expect(verified.stdout).toMatch(/holders of work mailboxes at example\.com stand by/);
      } finally {
        await rm(visitor, { recursive: true });
      }
      expect(demo.child.kill("SIGINT")).toBe(true);
      expect((await soon("stopping", demo.ended)).code).toBe(0);
      expect(await readdir(temporary)).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    "ends cleanly when it is stopped while people sign",
    async () => {
      const demo = startDemo("--signatories", "2000", "--exit");
      await demo.said(/^Letter /m);
      demo.child.kill("SIGINT");
      const { code, err } = await demo.ended;
      expect(err).toContain("interrupted: ");
      expect(code).toBe(130);
      expect(await readdir(temporary)).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    "takes the registrar's process with it even when it is killed",
    async () => {
      const demo = startDemo("--signatories", "2000", "--exit");
      await demo.said(/^Letter /m);
      demo.child.kill("SIGKILL");
      // The registrar shares the demo's standard error: this resolves when both are gone.
      expect((await demo.ended).code).toBeNull();
    },
    5 * MINUTES,
  );

  it(
    "runs on PostgreSQL, uses no database that has something in it, and empties those that it has filled",
    async () => {
      const postgres = await startPostgres();
      try {
        const url = await postgres.createDatabase();
        const query = async (text: string) => {
          const client = new pg.Client({ connectionString: url });
          await client.connect();
          try {
            return (await client.query(text)).rows as Record<string, unknown>[];
          } finally {
            await client.end();
          }
        };
        const { code, out } = await startDemo("--signatories", "7", "--exit", "--database", url).ended;
        expect(lastLine(out)).toMatchObject({ counted: 7, recount: "ok" });
        expect(out).toMatch(/^Data .*\(PostgreSQL\)$/m);
        expect(code).toBe(0);
        expect(await query("select tablename from pg_tables where schemaname = 'public'")).toEqual([]);
        expect(await query("select datname from pg_database where datname like '%\\_registrar'")).toEqual([]);

        await query("create table somebodys (x int)");
        const refused = await startDemo("--signatories", "7", "--exit", "--database", url).ended;
        expect(refused.code).toBe(1);
        expect(refused.err).toContain("database-not-empty");
        expect(await query("select tablename from pg_tables where schemaname = 'public'")).toHaveLength(1);
      } finally {
        await postgres.stop();
      }
    },
    5 * MINUTES,
  );

  it("says what is wrong with its flags, and touches nothing", async () => {
    await writeFile(join(temporary, "kept"), "");
    const { code, out, err } = await startDemo("--signatories", "many").ended;
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("usage: Give --signatories a whole number");
    expect(await readdir(temporary)).toEqual(["kept"]);
  });
});

/** The code as a visitor reads it: off the page of mails. */
async function readCode(page: string, mailbox: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const html = await (await fetch(page)).text();
    const mail = html.split("<article>").find((article) => article.includes(`To ${mailbox}`));
    const code = /\b\d{8}\b/.exec(mail ?? "")?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("No mail came.");
}
