/**
 * Three registrars of whom two must agree, each in a folder of its own with its own database, by command alone, servers and those who enrol each a process of their own: enrolling
 * while one is down and finishing later from the phrase; the next version of the manifest; an epoch that is over, and the
 * end of its keys.
 */

import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, dayOf } from "@undersigned/core";
import { startSmtp } from "@undersigned/service/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Finished, type Started, startCommand } from "./run-command.ts";
import { runHere, succeedHere } from "./run-here.ts";
import { freePort, IDENTITY, json, readCode } from "./way-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "undersigned-registrars-"));
const at = (...names: string[]) => join(folder, ...names);
const today = dayOf(Date.now());
const ALL = [0, 1, 2];
/** Epoch 1 is over, epoch 2 goes on. */
const EPOCHS = [
  { epoch: 1, opens: addDays(today, -30), closes: addDays(today, -1) },
  { epoch: 2, opens: addDays(today, -2), closes: addDays(today, 60) },
] as const;

const smtp = await startSmtp();
const ports: number[] = [];
const registrars: (Started | null)[] = [null, null, null];
let board: Started | null = null;
let boardUrl = "";
let workforce = "";

afterAll(async () => {
  for (const server of [...registrars, board]) server?.child.kill("SIGKILL");
  await smtp.stop();
  rmSync(folder, { recursive: true, force: true });
});

const locked = ["--identity-file", at("identity")];
const log = () => ["--board", boardUrl, "--workforce", workforce];

async function startRegistrar(i: number): Promise<void> {
  const started = startCommand([
    ...["registrar", "--data", at(`r${i}`), "--port", String(ports[i]), ...locked],
    ...[
      "--smtp-host",
      "127.0.0.1",
      "--smtp-port",
      String(smtp.port),
      "--smtp-from",
      `r${i}@codes.example.com`,
    ],
  ]);
  registrars[i] = started;
  await started.waitFor("stdout", /^registrar: http/);
}

async function stop(server: Started | null): Promise<void> {
  server?.child.kill("SIGTERM");
  await server?.finished;
}

async function stopRegistrar(i: number): Promise<void> {
  await stop(registrars[i]!);
  registrars[i] = null;
}

async function startBoard(port: number): Promise<void> {
  board = startCommand(["serve", "--data", at("board"), "--port", String(port), ...locked]);
  await board.waitFor("stdout", /^board: http/);
}

/** Enrols, with the code of the mail of each registrar that asks. */
async function enrol(phrase: string, mailbox: string, out: string): Promise<Finished> {
  const args = ["enrol", ...log(), "--epoch", "2", "--out", out, "--json"];
  const fds = [phrase, mailbox, null];
  const started = startCommand([...args, "--phrase-fd", "3", "--mailbox-fd", "4", "--code-fd", "5"], { fds });
  const used = new Set<unknown>();
  let answered = 0;
  let done = false;
  void started.finished.then(() => {
    done = true;
  });
  while (!done) {
    const asked = [...started.said("stderr").matchAll(/Code in the mail of R(\d)/g)].map((match) => match[1]);
    const mail = smtp.messages.findLast(
      (one) =>
        one.from === `r${asked[answered]}@codes.example.com` && one.to.includes(mailbox) && !used.has(one),
    );
    if (asked.length > answered && mail !== undefined) {
      used.add(mail);
      answered++;
      started.write(2, `${readCode(mail.raw)}\n`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return started.finished;
}

let boardPort = 0;
beforeAll(async () => {
  chmodSync(folder, 0o700);
  writeFileSync(at("identity"), IDENTITY, { mode: 0o600 });
  boardPort = await freePort();
  boardUrl = `http://127.0.0.1:${boardPort}`;
  for (const i of ALL) {
    ports.push(await freePort());
    await succeedHere([
      ...["registrar", "init", "--data", at(`r${i}`), "--name", `R${i}`, "--operator", `Operator ${i}`],
      ...["--url", `http://127.0.0.1:${ports[i]}`, "-o", at(`r${i}.card`), ...locked],
    ]);
  }
  await succeedHere([
    "board",
    "init",
    "--data",
    at("board"),
    "--url",
    boardUrl,
    "-o",
    at("board.card"),
    ...locked,
  ]);
  const { opener } = json(await succeedHere(["opener-key", "-o", at("opener.age"), "--json", ...locked]));
  const outline = {
    employer: "Example Works",
    mailboxes: { domains: [{ domain: "example.com" }] },
    openers: [opener],
  };
  writeFileSync(at("outline.json"), JSON.stringify(outline));
  workforce = json(
    await succeedHere([
      ...["workforce", "new", at("outline.json"), ...ALL.flatMap((i) => ["--registrar", at(`r${i}.card`)])],
      ...["--board", at("board.card"), "--quorum", "2", "-o", at("one.json"), "--json"],
    ]),
  ).workforce;
  for (const i of ALL) {
    const data = ["--data", at(`r${i}`), ...locked];
    await succeedHere([
      "registrar",
      "sign-manifest",
      at("one.json"),
      ...data,
      "-o",
      at(`one.r${i}`),
      "--yes",
    ]);
    for (const { epoch, opens, closes } of EPOCHS) {
      const days = ["--epoch", String(epoch), "--opens", opens, "--closes", closes];
      const out = ["-o", at(`statement-${epoch}.r${i}`)];
      await succeedHere(["registrar", "open-epoch", ...data, "--manifest", at("one.json"), ...days, ...out]);
    }
  }
  const signatures = ALL.flatMap((i) => ["--signature", at(`one.r${i}`)]);
  await succeedHere([
    "board",
    "add-workforce",
    at("one.json"),
    "--data",
    at("board"),
    ...signatures,
    ...locked,
  ]);
  await startBoard(boardPort);
  for (const { epoch } of EPOCHS) {
    await succeedHere(["board", "open-epoch", ...ALL.map((i) => at(`statement-${epoch}.r${i}`)), ...log()]);
  }
  for (const i of ALL) await startRegistrar(i);
}, 240_000);

describe("enrolling at three registrars", { timeout: 120_000 }, () => {
  let phrase = "";

  it("goes on while one is down", async () => {
    phrase = (await succeedHere(["phrase"])).stdout.trim();
    await stopRegistrar(2);
    const result = await enrol(phrase, "one@example.com", at("one.enrolment"));
    expect(json(result)).toMatchObject({ answered: 2, quorum: 2, enough: true });
    expect(result.code).toBe(0);
  });

  it("is finished another day from the phrase alone, on a device that knows nothing", async () => {
    await startRegistrar(2);
    const result = await enrol(phrase, "one@example.com", at("elsewhere.enrolment"));
    expect(json(result)).toMatchObject({ answered: 3, enough: true });
  });

  it("another phrase for the mailbox gets no registrar", async () => {
    const other = (await succeedHere(["phrase"])).stdout.trim();
    const result = await enrol(other, "one@example.com", at("never.enrolment"));
    expect(json(result)).toMatchObject({ answered: 0, enough: false });
    expect(existsSync(at("never.enrolment"))).toBe(false);
  });
});

describe("a backup", { timeout: 60_000 }, () => {
  const backup = (out: string) =>
    runHere(["registrar", "backup", "--data", at("r1"), "-o", at(out), ...locked]);

  it("waits until the registrar is stopped, and has no key of an epoch", async () => {
    expect((await backup("backup")).stderr).toMatch(/^other-process-active: /);
    await stopRegistrar(1);
    expect((await backup("backup")).code).toBe(0);
    expect(readdirSync(at("backup", "keys"))).toEqual(["identity.age"]);
    expect((await backup("backup")).stderr).toMatch(/^backup-refused: /);
  });

  it("restored, it enrols nobody in the epoch that was running", async () => {
    cpSync(at("r1"), at("r1.kept"), { recursive: true });
    rmSync(at("r1"), { recursive: true });
    cpSync(at("backup"), at("r1"), { recursive: true });
    await startRegistrar(1);
    const phrase = (await succeedHere(["phrase"])).stdout.trim();
    const result = await enrol(phrase, "two@example.com", at("two.enrolment"));
    expect(json(result)).toMatchObject({ answered: 2, enough: true });
    expect(result.stderr).toContain("R1: keys-missing: ");
    await stopRegistrar(1);
    rmSync(at("r1"), { recursive: true });
    cpSync(at("r1.kept"), at("r1"), { recursive: true });
    await startRegistrar(1);
  });
});

describe("the end of an epoch's keys", { timeout: 60_000 }, () => {
  const close = (i: number, epoch: number, ...more: string[]) =>
    runHere([
      ...["registrar", "close-epoch", "--data", at(`r${i}`), "--epoch", String(epoch), "--yes", ...locked],
      ...more,
    ]);

  it("does not come before its last day is over, nor to an epoch that there is not", async () => {
    await stopRegistrar(0);
    expect((await close(0, 2)).stderr).toMatch(/^epoch-not-over: /);
    expect((await close(0, 3)).stderr).toMatch(/^epoch-unknown: /);
  });

  it("is stated in the log, the same each time, and named by every recount", async () => {
    const done = await close(0, 1, "--json");
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(json(done)).toMatchObject({ type: "destruction", epoch: 1, day: today });
    expect(readdirSync(at("r0", "keys")).filter((name) => /^(tag|epoch)-1\.age/.test(name))).toEqual([]);
    expect(json(await close(0, 1, "--json"))).toEqual(json(done));
    await startRegistrar(0);
    const report = json(await succeedHere(["verify", boardUrl, "--workforce", workforce, "--json"]));
    const first = report.issuance.filter((row: { epoch: number }) => row.epoch === 1);
    expect(first.map((row: { destroyed: string | null }) => row.destroyed).sort()).toEqual([
      today,
      null,
      null,
    ]);
    const text = await succeedHere(["verify", boardUrl, "--workforce", workforce]);
    expect(text.stdout).toMatch(/R0 \(epoch 1\).*destroyed/);
  });

  it("while the board is away, the keys die all the same, and anybody may tell it later", async () => {
    await stop(board);
    await stopRegistrar(1);
    const away = await close(1, 1, "-o", at("destroyed.r1"));
    expect(away.stderr).toMatch(/^board-not-told: /);
    expect(away.code).toBe(1);
    expect(readdirSync(at("r1", "keys")).filter((name) => /^(tag|epoch)-1\.age/.test(name))).toEqual([]);
    await startBoard(boardPort);
    await startRegistrar(1);
    await succeedHere(["board", "log-destruction", at("destroyed.r1"), "--board", boardUrl]);
    const report = json(await succeedHere(["verify", boardUrl, "--workforce", workforce, "--json"]));
    expect(report.issuance.filter((row: { destroyed: unknown }) => row.destroyed === today)).toHaveLength(2);
  });
});

describe("the next version of the manifest", { timeout: 120_000 }, () => {
  const sign = (i: number) =>
    succeedHere([
      ...["registrar", "sign-manifest", at("two.json"), "--after", at("one.json"), "--data", at(`r${i}`)],
      ...["-o", at(`two.r${i}`), "--yes", ...locked],
    ]);
  const add = (...signers: number[]) =>
    runHere([
      ...["board", "add-workforce", at("two.json"), "--data", at("board"), ...locked],
      ...signers.flatMap((i) => ["--signature", at(`two.r${i}`)]),
    ]);
  const check = (...more: string[]) => runHere(["workforce", "check", at("two.json"), "--json", ...more]);

  it("comes into force with the quorum of the one before, and not with less", async () => {
    const headcount = { number: 120, source: "Annual report", day: today };
    writeFileSync(at("changes.json"), JSON.stringify({ headcount }));
    await succeedHere([
      "workforce",
      "amend",
      at("changes.json"),
      "--after",
      at("one.json"),
      "-o",
      at("two.json"),
    ]);
    for (const i of [0, 1]) await sign(i);
    expect(json(await check("--after", at("one.json"), "--log", boardUrl)).missing).toContainEqual(
      expect.stringContaining("in the log"),
    );
    await stop(board);
    expect((await add(0)).stderr).toMatch(/manifest-signatures: /);
    expect((await add(0, 1)).code).toBe(0);
    await startBoard(boardPort);
    const whole = await check("--after", at("one.json"), "--log", boardUrl);
    expect(json(whole)).toMatchObject({ missing: [], wrong: [] });
    expect(whole.code).toBe(0);
  });

  it("does not change the epoch that is running", async () => {
    const phrase = (await succeedHere(["phrase"])).stdout.trim();
    expect(json(await enrol(phrase, "three@example.com", at("three.enrolment")))).toMatchObject({
      answered: 3,
    });
  });
});
