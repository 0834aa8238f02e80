/** The demo as a process, as `npm run demo` starts it: it counts whom it let sign, and leaves nothing behind. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startPostgres } from "@undersigned/service/testing";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ATTEMPT_KINDS } from "../packages/cli/src/demo/liar/attempts.ts";
import { startCommand } from "../packages/cli/test/run-command.ts";
import { quickRsa } from "./kit/quick-rsa-keys.ts";

const DEMO = fileURLToPath(new URL("../packages/cli/bin/demo.js", import.meta.url));
const MINUTES = 60_000;
const FOUR = ["--registrars", "4", "--quorum", "3"];

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
const startDemo = (...args: string[]) => startDemoIn(quickRsa(), args);

function startDemoIn(env: NodeJS.ProcessEnv, args: readonly string[]): Demo {
  const child = spawn(process.execPath, [DEMO, ...args], {
    env: { ...env, TMPDIR: temporary },
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
  it.each([40])(
    "counts %i signatories, says so in one line of JSON, and leaves nothing behind",
    async (signatories) => {
      // As `npm run demo` has it: its keys are generated.
      const args = ["--signatories", String(signatories), "--exit"];
      const { code, out, err } = await startDemoIn(process.env, args).ended;
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
      const printed = ["phrase", "enrol", "sign", "verify", "receipt", "invitations", "revise", "withdraw"];
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

        const inviting = start("invitations", [phrase], "--phrase-fd", "3", "--json");
        expect(JSON.parse((await soon("inviting", inviting.finished)).stdout).links).toHaveLength(1);

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
    "counts everybody while one of four registrars, each a process with data of its own, is down",
    async () => {
      const data = join(temporary, "data");
      const demo = startDemo(...FOUR, "--down", "1", "--signatories", "40", "--exit", "--data", data);
      await soon("the registrars", demo.said(/^Letter /m));
      expect(await programsBelow(demo.child.pid as number)).toEqual(Array(3).fill("registrar-process"));
      const { code, out, err } = await demo.ended;
      expect(lastLine(out)).toMatchObject({
        signatories: 40,
        counted: 40,
        registrars: { number: 4, quorum: 3, down: 1, lying: 0 },
        answered: { "3 of 4": 40 },
        false_counted: 0,
        attempts: {},
        recount: "ok",
      });
      expect(err).toContain("4 registrars (a signature needs 3 of them; 1 is going to be down)");
      expect(err).toContain("Law registrar has made its keys, and is down from now on.");
      const keys = await Promise.all(
        [1, 2, 3, 4].map(async (number) => {
          const own = join(data, `registrar-${number}`);
          expect(await readdir(own)).toEqual(expect.arrayContaining(["keys", "registrar.sqlite"]));
          return (await readFile(join(own, "keys", "identity.age"))).toString("base64");
        }),
      );
      expect(new Set(keys).size).toBe(4);
      expect(code).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    "counts everybody and nobody else while one of four registrars lies in every way that it has",
    async () => {
      const demo = startDemo(...FOUR, "--lying", "1", "--signatories", "40", "--exit");
      await soon("the registrars", demo.said(/^Letter /m));
      expect(await programsBelow(demo.child.pid as number)).toEqual([
        "liar-process",
        ...Array(3).fill("registrar-process"),
      ]);
      const { code, out, err } = await demo.ended;
      const result = lastLine(out);
      expect(result).toMatchObject({
        signatories: 40,
        counted: 40,
        registrars: { number: 4, quorum: 3, down: 0, lying: 1 },
        false_counted: 0,
        recount: "ok",
      });
      expect(err).toContain("Law registrar has made its keys, and is dishonest from now on.");
      const attempts = result.attempts as Record<string, { tried: number; succeeded: number }>;
      expect(Object.keys(attempts)).toEqual(ATTEMPT_KINDS);
      for (const [kind, { tried, succeeded }] of Object.entries(attempts)) {
        expect(tried, kind).toBeGreaterThanOrEqual(3);
        expect(succeeded, kind).toBe(0);
      }
      // Some took its tokens, where it was honest; most could not.
      const answered = result.answered as Record<string, number>;
      expect(answered["3 of 4"]).toBeGreaterThan(answered["4 of 4"] as number);
      expect(code).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    "lets a visitor enrol at those of several registrars that are up, each with the code that it sent",
    async () => {
      const demo = startDemo(...FOUR, "--down", "1", "--signatories", "8");
      await soon("the guide for visitors", demo.said(/Ctrl-C stops the demo/));
      expect(demo.out()).toContain("Each registrar sends a code of its own; 3 of the 4 are enough.");
      expect(demo.out()).toContain("Nothing comes from Law registrar: it goes on without.");
      const mails = /^Mail +(\S+)$/m.exec(demo.out())?.[1] as string;
      const [, args = ""] = /^ +npx undersigned enrol (.*)$/m.exec(demo.out()) ?? [];
      const visitor = await mkdtemp(join(tmpdir(), "undersigned-visitor-"));
      try {
        const phrase = (await startCommand(["phrase"], { cwd: visitor }).finished).stdout.trim();
        const enrolling = startCommand(
          ["enrol", ...args.trim().split(/ +/), "--phrase-fd", "3", "--code-fd", "4"],
          { cwd: visitor, fds: [phrase, null] },
        );
        await soon(
          "codes from three",
          enrolling.waitFor("stderr", /(?:(?:.*\n)*.*: a code is on its way.*){3}/),
        );
        // Codes are asked for in the order in which the registrars have answered.
        const order = enrolling.said("stderr").matchAll(/^(.+): a code is on its way/gm);
        for (const [, name] of order) {
          enrolling.write(1, `${await readCode(mails, "anyone@example.com", name)}\n`);
        }
        const { code, stdout } = await soon("enrolling", enrolling.finished);
        expect(stdout).toContain("3 of 4 registrars have enrolled you in epoch 1; a signature needs 3.");
        expect(code).toBe(0);
      } finally {
        await rm(visitor, { recursive: true });
      }
      demo.child.kill("SIGINT");
      expect((await soon("stopping", demo.ended)).code).toBe(0);
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
    "ends cleanly when it is stopped while registrars lie",
    async () => {
      const demo = startDemo(...FOUR, "--lying", "1", "--signatories", "40", "--exit");
      await demo.said(/^Letter /m);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      demo.child.kill("SIGINT");
      const { code, err } = await soon("stopping", demo.ended);
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
        const two = ["--registrars", "2", "--quorum", "2"];
        // The smallest crowd: nobody's number may depend on there being others.
        const { code, out } = await startDemo(...two, "--signatories", "1", "--exit", "--database", url)
          .ended;
        expect(lastLine(out)).toMatchObject({ counted: 1, answered: { "2 of 2": 1 }, recount: "ok" });
        expect(out).toMatch(/^Data .*\(PostgreSQL\)$/m);
        expect(code).toBe(0);
        expect(await query("select tablename from pg_tables where schemaname = 'public'")).toEqual([]);
        expect(await query("select datname from pg_database where datname like '%\\_registrar%'")).toEqual(
          [],
        );

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
    const unbearable = await startDemo(...FOUR, "--down", "1", "--lying", "1").ended;
    expect(unbearable.code).toBe(2);
    expect(unbearable.err).toContain("Take --registrars 6 --quorum 4.");
    expect(await readdir(temporary)).toEqual(["kept"]);
  });
});

/** The programs of the processes that this one has started. Linux. */
async function programsBelow(pid: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "args=", "--ppid", String(pid)]);
  return [...stdout.matchAll(/\/([\w-]+-process)\.ts /g)].map(([, name]) => name as string).sort();
}

/** The code as a visitor reads it: off the page of mails. */
async function readCode(page: string, mailbox: string, registrar = ""): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const html = await (await fetch(page)).text();
    const mail = html
      .split("<article>")
      .find((article) => article.includes(`To ${mailbox}`) && article.includes(`From ${registrar}`));
    const code = /\b\d{8}\b/.exec(mail ?? "")?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("No mail came.");
}
