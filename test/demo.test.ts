/** The demo as a process, as `npm run demo` starts it: it counts whom it let sign, and leaves nothing behind. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DeskClient } from "@undersigned/client";
import { type ResponseRecord, Secrets } from "@undersigned/core";
import { startPostgres } from "@undersigned/service/testing";
import { bundleSource, directorySource, type FileSource, recount, type ShownAs } from "@undersigned/verify";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ATTEMPT_KINDS } from "../packages/cli/src/demo/liar/attempts.ts";
import { samplePerson } from "../packages/cli/src/demo/sample/sample-people.ts";
import { startCommand } from "../packages/cli/test/run-command.ts";
import { quickRsa } from "./kit/quick-rsa-keys.ts";
import { sized, someOf } from "./kit/size.ts";

const DEMO = fileURLToPath(new URL("../packages/cli/bin/demo.js", import.meta.url));
const MINUTES = 60_000;
const FOUR = ["--registrars", "4", "--quorum", "3"];
const LYING = [...FOUR, "--lying", "1", "--signatories"];
/** Of four registrars one, in one way or the other. */
const TRIALS = someOf(["down", "lying"], 1);
const INTERRUPTED = [
  { meanwhile: "registrars lie", args: LYING },
  ...sized([], [{ meanwhile: "people sign", args: ["--signatories"] }]),
];

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
  it(
    "counts signatories, hands a letter over, takes the one answer that is the addressee's, says what became of it, lets others follow, recount and copy it, and says so in one line of JSON",
    async () => {
      const data = join(temporary, "data");
      const signatories = sized(25, 40);
      const args = ["--signatories", String(signatories), "--through", "followed", "--exit", "--data", data];
      // As `npm run demo` has it: its keys are generated.
      const { code, out } = await startDemoIn(process.env, args).ended;
      const result = lastLine(out);
      const withdrawn = Math.round(signatories * 0.02);
      const counted = signatories - withdrawn;
      expect(result).toMatchObject({
        signatories,
        counted,
        withdrawn,
        revised: Math.round(signatories * 0.04),
        repeated: 2 * Math.ceil(signatories * 0.025),
        refused: 1,
        postedTwice: 1,
        recount: "ok",
        pdf: { path: join(data, "handed-over", "letter.pdf") },
        delivered: { how: "mail", acceptance: expect.stringMatching(/^250 /) },
        answers: { verified: 1, refused: 3 },
        demands: { met: 1, partly: 1, promised: 1, refused: 1 },
        copies: 1,
        register: { rows: 12 },
        feeds: "valid",
        followed: { recount: "ok", signatories: counted },
        mirror: "ok",
      });
      expect(Object.keys(result.seconds as object)).toEqual([
        "start",
        "enrol",
        "sign",
        "batches",
        "answered",
        "recount",
        "followed",
        "total",
      ]);
      for (const rate of Object.values(result.rates as Record<string, number>))
        expect(rate).toBeGreaterThan(0);
      expect(code).toBe(0);
      await expect(fetch(result.board as string)).rejects.toThrow(TypeError);

      const { pdf, bundle, workforce, letter } = result as Record<string, string> & {
        pdf: { path: string; pages: number; sha256: string };
      };
      const document = await readFile(pdf.path);
      expect(createHash("sha256").update(document).digest("hex")).toBe(pdf.sha256);
      const files = bundleSource(new Uint8Array(await readFile(bundle as string)));
      const report = await recount(files, { workforce: workforce as string });
      expect(report.failures).toEqual([]);
      const [recounted] = report.letters;
      expect(recounted).toMatchObject({ letter, state: "closed", counted: { mailbox: counted } });
      await expectReadable(pdf, counted, recounted?.appearances?.mailbox as ShownAs);
      expect(recounted?.deliveries).toMatchObject([{ how: "mail", accepted: true }]);
      expect(recounted?.dealings).toMatchObject([{ rows: 12 }]);
      expect(recounted?.judgements.map(({ by }) => by.length)).toEqual([2, 2, 2, 2]);
      expect(recounted?.responses).toHaveLength(1);
      const told = recounted?.chronicle ?? [];
      expect(told.map(({ kind }) => kind)).toEqual([
        "translation",
        "topics",
        "report",
        "figure",
        "elsewhere",
        "remark",
        "mirror",
      ]);
      for (const { kind, by } of told)
        expect(by, kind).toHaveLength(kind === "translation" || kind === "mirror" ? 2 : 1);
      await expectSigned(files, recounted?.responses[0]?.response as ResponseRecord);

      const mirror = join(data, "mirror");
      const copied = await recount(directorySource(join(mirror, "w", workforce as string)), {
        workforce: workforce as string,
      });
      expect(copied).toMatchObject({ ok: true, root: report.root });
      const page = await readFile(
        join(mirror, "w", `${workforce}`, "letters", `${letter}`, "index.html"),
        "utf8",
      );
      const [entry] = told.flatMap((one) => (one.entry?.entry.kind === "mirror" ? [one.entry.entry] : []));
      expect(page).toContain(`href="${entry?.url}`);
      expect(page).toContain("This is a copy of");

      const printed = await startCommand(["verify", bundle as string, "--workforce", workforce as string])
        .finished;
      expect(printed).toMatchObject({ code: 0, stderr: expect.not.stringContaining("not-as-planned") });
    },
    5 * MINUTES,
  );

  it(
    "stays up, and the commands that it prints let a visitor sign, count, and be counted; it keeps the folder that it was told to use, and never uses one twice",
    async () => {
      const data = join(temporary, "data");
      const options = ["--signatories", "8", "--tick", "3", "--data", data];
      const demo = startDemo(...options);
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

        expect(verified.stdout).toContain("its addressee has answered by mail");
        const earlier = /See what became of an earlier one at (\S+)/.exec(demo.out())?.[1] as string;
        const read = async (url: string) => (await (await fetch(url)).text()).replaceAll(/<[^>]*>/g, "");
        const page = await read(earlier);
        expect(page).toContain("Before Perimeter is renewed");
        expect(page).toMatch(/Delivered on .*There is an answer/);
        expect(await read(`${earlier}/register`)).toContain("12 rows");

        const second = /^ +A second board .*: (\S+)elsewhere$/m.exec(demo.out())?.[1] as string;
        expect(new URL(second).origin).not.toBe(new URL(earlier).origin);
        const { workforces } = await (await fetch(`${second}following.json`)).json();
        expect(workforces).toMatchObject([{ verified: { employer: "Example Corp" }, problem: null }]);
        expect(await read(`${second}elsewhere`)).toMatch(/\d+ signatories at 1 company, recounted here on/);

        const words = /these twelve words.*\n +(.+)$/m.exec(demo.out())?.[1] as string;
        const [, board = "", workforce = "", letter = ""] =
          /^(.*\/)w\/(.*)\/letters\/(.*)$/.exec(earlier) ?? [];
        const desk = new DeskClient(board, { fetch });
        await desk.signIn((key) => new Secrets(words).organiserSigner(key));
        expect(await desk.call("delivery", { workforce, letter })).toMatchObject({ mail: "logged" });
      } finally {
        await rm(visitor, { recursive: true });
      }
      expect(demo.child.kill("SIGINT")).toBe(true);
      expect((await soon("stopping", demo.ended)).code).toBe(0);
      expect(await readdir(temporary)).toEqual(["data"]);

      const files = (await readdir(data, { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      );
      expect(files.map((file) => file.name)).toEqual(
        expect.arrayContaining(["board.sqlite", "registrar.sqlite", "identity.age"]),
      );
      for (const file of files) {
        const text = (await readFile(join(file.parentPath, file.name))).toString("latin1");
        expect(text, file.name).not.toMatch(/(?:p000\d(?:\+\w+)?|anyone)@/i);
        expect(text, file.name).not.toContain("AGE-SECRET-KEY");
      }
      const again = await startDemo(...options, "--exit").ended;
      expect(again.code).toBe(1);
      expect(again.err).toContain("data-not-empty");
    },
    5 * MINUTES,
  );

  it.runIf(TRIALS.includes("down"))(
    "counts everybody while one of four registrars, each a process with data of its own, is down; and a visitor enrols at those that are up, each with the code that it sent",
    async () => {
      const data = join(temporary, "data");
      const signatories = sized(10, 40);
      const demo = startDemo(...FOUR, "--down", "1", "--signatories", String(signatories), "--data", data);
      await soon("the registrars", demo.said(/^Letter /m));
      expect(await programsBelow(demo.child.pid as number)).toEqual(Array(3).fill("registrar-process"));
      const [result] = await demo.said(/^\{.*\}$/m);
      expect(JSON.parse(result)).toMatchObject({
        signatories,
        counted: signatories,
        registrars: { number: 4, quorum: 3, down: 1, lying: 0 },
        answered: { "3 of 4": signatories },
        false_counted: 0,
        attempts: {},
        recount: "ok",
      });
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
      const { code, err } = await soon("stopping", demo.ended);
      expect(code).toBe(0);
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
    },
    5 * MINUTES,
  );

  it.runIf(TRIALS.includes("lying"))(
    "counts everybody and nobody else while one of four registrars lies in every way that it has",
    async () => {
      const signatories = sized(16, 40);
      const demo = startDemo(...LYING, String(signatories), "--exit");
      await soon("the registrars", demo.said(/^Letter /m));
      expect(await programsBelow(demo.child.pid as number)).toEqual([
        "liar-process",
        ...Array(3).fill("registrar-process"),
      ]);
      const { code, out, err } = await demo.ended;
      const result = lastLine(out);
      expect(result).toMatchObject({
        signatories,
        counted: signatories,
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

  it.each(INTERRUPTED)(
    "ends cleanly when it is stopped while $meanwhile",
    async ({ args }) => {
      const demo = startDemo(...args, "2000", "--exit");
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
        const { code, out, err } = await startDemo(...two, "--signatories", "1", "--exit", "--database", url)
          .ended;
        expect(lastLine(out)).toMatchObject({ counted: 1, answered: { "2 of 2": 1 }, recount: "ok" });
        expect(out).toMatch(/^Data .*\(PostgreSQL\)$/m);
        expect(err).toContain("removed");
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
        expect((await readdir(temporary)).filter((name) => !name.startsWith("undersigned-postgres"))).toEqual(
          [],
        );
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

/** By programs that are not ours, where this machine has them. */
async function expectReadable(
  { path, pages }: { path: string; pages: number },
  counted: number,
  shown: ShownAs,
): Promise<void> {
  const run = async (program: string, ...args: string[]) => {
    const missing = (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    };
    return await promisify(execFile)(program, args).then(({ stdout }) => stdout, missing);
  };
  await run("qpdf", "--check", path);
  const number = await run("qpdf", "--show-npages", path);
  if (number !== null) expect(Number(number)).toBe(pages);
  const text = await run("pdftotext", path, "-");
  if (text !== null) {
    expect(text).toContain("Cancel Perimeter");
    expect(text).toContain(`${counted} signatories proved a work mailbox at example.com`);
    const people = Array.from({ length: 2 * counted }, (_, i) => samplePerson(i + 1));
    const names = people.flatMap(({ appearance, secondThought }) =>
      [appearance, secondThought].flatMap((one) => (one.kind === "named" ? [one.name] : [])),
    );
    expect(shown.named).toBeGreaterThan(0);
    expect([...new Set(names)].filter((name) => text.includes(name))).toHaveLength(shown.named);
    expect(text).toContain(`and ${shown.anonymousOrErased} who remain anonymous`);
  }
}

/** The answer's evidence, by another DKIM verifier, under the key that its record names. */
async function expectSigned(files: FileSource, response: ResponseRecord): Promise<void> {
  if (response.kind !== "mail" || response.evidence === null) throw new Error("There is no evidence.");
  const { dkim, evidence, mailbox } = response;
  const mail = await files.read(`answers/${evidence}.eml`, 1_000_000);
  const check = async (bytes: Buffer) => {
    const { results } = await dkimVerify(bytes, { resolver: async () => [[dkim.record]] } as Parameters<
      typeof dkimVerify
    >[1]);
    return results.map(({ signingDomain, status }) => `${signingDomain} ${status.result}`);
  };
  const own = Buffer.from(mail as Uint8Array);
  expect(mailbox).toBe("chief.executive@example.com");
  expect(own.toString()).toContain(response.text.replaceAll("\n", "\r\n"));
  expect(await check(own)).toEqual(["example.com pass"]);
  const otherwise = own.toString("latin1").replace("will end", "will not end");
  expect(await check(Buffer.from(otherwise, "latin1"))).not.toEqual(["example.com pass"]);
}

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
