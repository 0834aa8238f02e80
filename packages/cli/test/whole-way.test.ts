/**
 * From empty folders to a bundle that proves the count offline, by command alone: real servers, real mail, real HTTP.
 * Whatever a phrase is given to runs in a process of its own. Only the board's day is moved by the test.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { addDays, dayOf } from "@undersigned/core";
import { startSmtp } from "@undersigned/service/testing";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Finished,
  type RunOptions,
  runCommand as runProcess,
  type Started,
  startCommand,
  succeed as succeedProcess,
} from "./run-command.ts";
import { runHere, succeedHere } from "./run-here.ts";
import { freePort, IDENTITY, json, readCode } from "./way-kit.ts";

const pinnedNode = new URL("../bin/pinned-node.js", import.meta.url).href;
const { findPinnedNode } = (await import(pinnedNode)) as { findPinnedNode: () => string | null };
const folder = mkdtempSync(join(tmpdir(), "undersigned-way-"));
const at = (...names: string[]) => join(folder, ...names);
const today = dayOf(Date.now());
const closes = addDays(today, 5);

const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of cleanUp.reverse()) await step();
  rmSync(folder, { recursive: true, force: true });
});

const runCommand = (args: readonly string[], options?: RunOptions) =>
  options === undefined ? runHere(args) : runProcess(args, options);
const succeed = (args: readonly string[], options?: RunOptions) =>
  options === undefined ? succeedHere(args) : succeedProcess(args, options);

/** A command that opens or makes keys. An identity spares the passphrase's second of work at each call. */
const withKeys = (args: readonly string[]) => succeed([...args, "--identity-file", at("identity")]);

/** The board of test/start-board-with-clock.ts. */
class ClockedBoard {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(data: string, port: number) {
    const script = fileURLToPath(new URL("start-board-with-clock.ts", import.meta.url));
    const node = findPinnedNode() ?? process.execPath;
    this.#child = spawn(node, [script, data, String(port)], { stdio: ["pipe", "pipe", "inherit", "pipe"] });
    (this.#child.stdio[3] as NodeJS.WritableStream).end(IDENTITY);
    this.#lines = createInterface({ input: this.#child.stdout as Readable })[Symbol.asyncIterator]();
  }

  async started(): Promise<string> {
    return (await this.#line()).replace(/^board: /, "");
  }

  async goTo(day: string): Promise<void> {
    this.#child.stdin!.write(`${day}\n`);
    expect(await this.#line()).toBe(`ticked ${day}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.stdin!.end();
    await once(this.#child, "exit");
  }

  async #line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error("The board ended.");
    return value;
  }
}

const smtp = await startSmtp();
cleanUp.push(() => smtp.stop());

let boardUrl = "";
let workforce = "";
let letter = "";
let board: ClockedBoard;
const registrarPorts: number[] = [];
const registrars: Started[] = [];
const common = () => ["--board", boardUrl, "--workforce", workforce];

async function startRegistrar(name: string, port: number): Promise<Started> {
  const mail = [
    "--smtp-host",
    "127.0.0.1",
    "--smtp-port",
    String(smtp.port),
    "--smtp-from",
    `${name}@codes.example.com`,
  ];
  const started = startCommand([
    "registrar",
    "--data",
    at(name),
    "--port",
    String(port),
    "--identity-file",
    at("identity"),
    ...mail,
  ]);
  await started.waitFor("stdout", /^registrar: http/);
  return started;
}

/** Enrols by command as a person does: types the code of each mail when asked for it. */
async function enrolByCommand(phrase: string, mailbox: string, out: string): Promise<Finished> {
  const args = [
    "enrol",
    ...common(),
    "--out",
    out,
    "--json",
    "--phrase-fd",
    "3",
    "--mailbox-fd",
    "4",
    "--code-fd",
    "5",
  ];
  const started = startCommand(args, { fds: [phrase, mailbox, null] });
  const mails = [await smtp.waitFor(mailbox, 20_000), await smtp.waitFor(mailbox, 20_000)];
  for (let asked = 1; asked <= 2; asked++) {
    // Registrars are asked in the manifest's order, which is that of their keys.
    const questions = new RegExp(`(?:Code in the mail of Registrar (\\d)[^]*?){${asked}}`);
    const [, index] = await started.waitFor("stderr", questions);
    const mail = mails.find(({ from }) => from === `r${index}@codes.example.com`)!;
    started.write(2, `${readCode(mail.raw)}\n`);
  }
  return started.finished;
}

const person = async (name: string) => {
  const phrase = (await succeed(["phrase"])).stdout.trim();
  return { phrase, mailbox: `${name}@example.com`, file: at(`${name}.enrolment`) };
};
let ana: Awaited<ReturnType<typeof person>>;
let ben: Awaited<ReturnType<typeof person>>;
const checkpointFile = at("checkpoint");

beforeAll(async () => {
  chmodSync(folder, 0o700);
  writeFileSync(at("identity"), IDENTITY, { mode: 0o600 });
  const boardPort = await freePort();
  registrarPorts.push(await freePort(), await freePort());
  const boardAddress = `http://127.0.0.1:${boardPort}`;
  await withKeys(["board", "init", "--data", at("board"), "--url", boardAddress, "-o", at("board.card")]);
  const { opener } = json(await withKeys(["opener-key", "-o", at("opener.age"), "--json"]));
  for (const i of [0, 1]) {
    const names = ["--name", `Registrar ${i}`, "--operator", `Operator ${i}`];
    const url = `http://127.0.0.1:${registrarPorts[i]}`;
    const where = ["--data", at(`r${i}`), "--url", url, "-o", at(`r${i}.card`)];
    await withKeys(["registrar", "init", ...names, ...where]);
  }
  writeFileSync(
    at("workforce.outline.json"),
    JSON.stringify({
      employer: "Example Works",
      mailboxes: { domains: [{ domain: "example.com" }] },
      openers: [opener],
      roles: ["Engineer"],
    }),
  );
  const manifest = at("workforce.json");
  workforce = json(
    await succeed([
      "workforce",
      "new",
      at("workforce.outline.json"),
      ...[0, 1].flatMap((i) => ["--registrar", at(`r${i}.card`)]),
      "--board",
      at("board.card"),
      "--quorum",
      "2",
      "-o",
      manifest,
      "--json",
    ]),
  ).workforce;
  for (const i of [0, 1]) {
    await withKeys([
      "registrar",
      "sign-manifest",
      manifest,
      "--data",
      at(`r${i}`),
      "-o",
      at(`r${i}.signature`),
      "--yes",
    ]);
    const epoch = ["--epoch", "1", "--opens", today, "--closes", addDays(today, 30)];
    await withKeys([
      "registrar",
      "open-epoch",
      "--data",
      at(`r${i}`),
      "--manifest",
      manifest,
      ...epoch,
      "-o",
      at(`r${i}.statement`),
    ]);
  }
  const signatures = [0, 1].flatMap((i) => ["--signature", at(`r${i}.signature`)]);
  await withKeys(["board", "add-workforce", manifest, "--data", at("board"), ...signatures]);

  board = new ClockedBoard(at("board"), boardPort);
  cleanUp.push(() => board.stop());
  boardUrl = await board.started();
  for (const i of [0, 1]) registrars.push(await startRegistrar(`r${i}`, registrarPorts[i]!));
  cleanUp.push(() => registrars.map(({ child }) => child.kill("SIGKILL")));
  await succeed(["board", "open-epoch", at("r0.statement"), at("r1.statement"), ...common()]);

  writeFileSync(at("letter.md"), "We ask you to stop.\n");
  writeFileSync(
    at("letter.outline.json"),
    JSON.stringify({
      workforce,
      title: "To stop",
      addressee: { name: "The chief executive", organisation: "Example Works", mailbox: null },
      opens: today,
      closes,
      delivers: closes,
      delivery: "By hand.",
      organisers: [opener],
      batch: { first: 2, classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } } },
    }),
  );
  const drafted = await succeed([
    "letter",
    "draft",
    at("letter.outline.json"),
    "--body",
    at("letter.md"),
    "-o",
    at("letter.json"),
    "--json",
  ]);
  letter = json(drafted).letter;
  const published = await withKeys([
    "letter",
    "publish",
    at("letter.json"),
    ...common(),
    "--opener-key",
    at("opener.age"),
    "--json",
  ]);
  expect(json(published)).toEqual({ letter, epoch: 1, slot: 0 });
  ana = await person("ana");
  ben = await person("ben");
}, 180_000);

describe("the way of a signature by command", { timeout: 120_000 }, () => {
  it("publishing a letter again changes nothing", async () => {
    const again = await withKeys([
      "letter",
      "publish",
      at("letter.json"),
      ...common(),
      "--opener-key",
      at("opener.age"),
      "--json",
    ]);
    expect(json(again)).toEqual({ letter, epoch: 1, slot: 0 });
  });

  it("enrols at both registrars with the codes of their mails", async () => {
    for (const { phrase, mailbox, file } of [ana, ben]) {
      const result = await enrolByCommand(phrase, mailbox, file);
      expect(result.stderr).not.toContain(mailbox);
      expect(json(result)).toMatchObject({ epoch: 1, answered: 2, quorum: 2, enough: true });
      expect(result.code).toBe(0);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  it("enrolling again with the same phrase and file asks no registrar and changes nothing", async () => {
    const before = smtp.messages.length;
    const again = await succeed(
      ["enrol", ...common(), "--out", ana.file, "--json", "--phrase-fd", "3", "--mailbox-fd", "4"],
      { fds: [ana.phrase, ana.mailbox] },
    );
    const { registrars: outcomes } = json(again) as { registrars: { state: string }[] };
    expect(outcomes.map(({ state }) => state)).toEqual(["known", "known"]);
    expect(smtp.messages.length).toBe(before);
  });

  it("another phrase for the same mailbox is refused, after proof, by every registrar", async () => {
    const stranger = await person("stranger");
    const result = await enrolByCommand(stranger.phrase, ana.mailbox, stranger.file);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/already-enrolled: .*\n[\s\S]*not-enrolled: /);
    expect(json(result)).toMatchObject({ answered: 0, enough: false });
    expect(existsSync(stranger.file)).toBe(false);
  });

  it("an enrolment does not open with another phrase", async () => {
    const { code, stderr } = await runCommand(
      [
        "sign",
        ...common(),
        "--letter",
        letter,
        "--enrolment",
        ana.file,
        "--as",
        "anonymous",
        "--phrase-fd",
        "3",
      ],
      { fds: [ben.phrase] },
    );
    expect(stderr).toMatch(/^wrong-phrase: /);
    expect(code).toBe(1);
  });

  it("signs and keeps the receipt; signing again gives the same one", async () => {
    const args = [
      "sign",
      ...common(),
      "--letter",
      letter,
      "--enrolment",
      ana.file,
      "--as",
      "anonymous",
      "--phrase-fd",
      "3",
    ];
    const first = await succeed([...args, "--receipt", at("ana.receipt")], { fds: [ana.phrase] });
    expect(first.stderr).toContain("Signing: To stop");
    await succeed([...args, "--receipt", at("ana.receipt.2")], { fds: [ana.phrase] });
    expect(readFileSync(at("ana.receipt.2"))).toEqual(readFileSync(at("ana.receipt")));
    const taken = await runCommand([...args, "--receipt", at("ana.receipt")], { fds: [ana.phrase] });
    expect(taken.stderr).toMatch(/^file-exists: /);
  });

  it("a request handed over is posted by somebody without the phrase", async () => {
    const sign = ["sign", ...common(), "--letter", letter, "--enrolment", ben.file, "--phrase-fd", "3"];
    await succeed(
      [...sign, "--as", "named", "--name-fd", "4", "--role", "Engineer", "--out", at("ben.request")],
      {
        fds: [ben.phrase, "Ben Example"],
      },
    );
    const posted = await succeed([
      "post",
      at("ben.request"),
      ...common(),
      "--receipt",
      at("ben.receipt"),
      "--json",
    ]);
    expect(json(posted)).toEqual(JSON.parse(readFileSync(at("ben.receipt"), "utf8")));
  });

  it("before the tick nothing is out: the receipt waits, and the count is none", async () => {
    const waiting = await succeed(["receipt", at("ana.receipt"), "--board", boardUrl, "--json"]);
    expect(json(waiting)).toMatchObject({ state: "waiting", due: addDays(closes, 1) });
    const report = json(await succeed(["verify", boardUrl, "--workforce", workforce, "--json"]));
    expect(report.letters).toMatchObject([{ letter, counted: { mailbox: 0 }, state: "open" }]);
    const early = await runCommand(["withdraw", ...common(), "--letter", letter, "--phrase-fd", "3"], {
      fds: [ana.phrase],
    });
    expect(early.stderr).toMatch(/^head-unknown: /);
  });

  it("after the tick both are counted, and the receipt is kept", async () => {
    await board.goTo(addDays(today, 1));
    const text = await succeed(["verify", boardUrl, "--workforce", workforce]);
    expect(text.stdout).toMatch(/counted {5}2\b/);
    expect(text.stdout).toContain("1 by name (0 confirmed by work mailbox), 0 by role, 1 with nothing shown");
    expect(text.stdout).toContain("Operator 0");
    const report = json(await succeed(["verify", boardUrl, "--workforce", workforce, "--json"]));
    expect(report).toMatchObject({ ok: true, failures: [] });
    expect(text.stdout.trimEnd().split("\n").at(-1)).toBe(report.letters[0].sentence);
    await succeed(["verify", boardUrl, "--workforce", workforce, "--keep-checkpoint", checkpointFile]);
    expect(readFileSync(checkpointFile, "utf8").startsWith(report.checkpoint)).toBe(true);
    const kept = await succeed(["receipt", at("ana.receipt"), "--board", boardUrl, "--json"]);
    expect(json(kept)).toMatchObject({ state: "in-the-log" });
  });

  it("changes and takes back what is in the log, reading its own state from the public files", async () => {
    const about = [...common(), "--letter", letter, "--phrase-fd", "3"];
    await succeed(["revise", ...about, "--as", "anonymous"], { fds: [ben.phrase] });
    await succeed(["withdraw", ...about, "--receipt", at("ana.withdrawal")], { fds: [ana.phrase] });
  });

  it("a change that is not in the log yet is followed by its receipt, and is not repeated without it", async () => {
    const revise = [
      "revise",
      ...common(),
      "--letter",
      letter,
      "--phrase-fd",
      "3",
      "--as",
      "role",
      "--role",
      "Engineer",
    ];
    const stale = await runCommand(revise, { fds: [ana.phrase] });
    expect(stale.stderr).toMatch(/^sequence-taken: /);
    const last = ["--last-receipt", at("ana.withdrawal"), "--last-seq", "1"];
    await succeed([...revise, ...last], { fds: [ana.phrase] });
    await board.goTo(addDays(today, 2));
    const known = ["--known", checkpointFile, "--keep-checkpoint", checkpointFile];
    const report = json(await succeed(["verify", boardUrl, "--workforce", workforce, ...known, "--json"]));
    expect(report.letters[0]).toMatchObject({
      counted: { mailbox: 2 },
      withdrawn: { mailbox: 0 },
      appearances: { mailbox: { named: 0, confirmed: 0, role: 1, hidden: 0, anonymousOrErased: 1 } },
    });
  });

  it("a receipt that promises another day than this machine's clock gives is kept, and said to be wrong", async () => {
    const withdraw = ["withdraw", ...common(), "--letter", letter, "--phrase-fd", "3"];
    const early = await runCommand([...withdraw, "--today", today, "--receipt", at("odd.receipt")], {
      fds: [ben.phrase],
    });
    expect(early.stderr).toMatch(/^receipt-implausible: /);
    expect(early.code).toBe(1);
    expect(JSON.parse(readFileSync(at("odd.receipt"), "utf8"))).toMatchObject({ due: addDays(today, 3) });
    const played = ["--today", addDays(today, 2), "--json"];
    const again = await succeed([...withdraw, ...played], { fds: [ben.phrase] });
    expect(json(again)).toEqual(JSON.parse(readFileSync(at("odd.receipt"), "utf8")));
  });

  it("a bundle proves the count with every server stopped", async () => {
    await board.goTo(addDays(closes, 1));
    await succeed(["bundle", boardUrl, "--workforce", workforce, "-o", at("log.zip")]);
    const again = await succeed([
      "verify",
      at("log.zip"),
      "--workforce",
      workforce,
      "--known",
      checkpointFile,
    ]);
    expect(again.stdout).toMatch(/counted {5}1\b/);
    expect(again.stdout).toMatch(/state {7}closed/);
    await board.stop();
    for (const { child, finished } of registrars) {
      child.kill("SIGTERM");
      expect(await finished).toMatchObject({ code: 0, signal: null });
    }
    const offline = await succeed(["verify", at("log.zip"), "--workforce", workforce, "--json"]);
    expect(json(offline)).toMatchObject({
      ok: true,
      letters: [{ letter, counted: { mailbox: 1 }, state: "closed" }],
    });
  });

  it("a folder of the bundle's files proves the same, and a changed leaf is named by its index", async () => {
    const files = unzipSync(readFileSync(at("log.zip")));
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(at("files", name)), { recursive: true });
      writeFileSync(at("files", name), bytes);
    }
    const whole = json(await succeed(["verify", at("files"), "--workforce", workforce, "--json"]));
    const [entries] = Object.keys(files).filter((name) => name.startsWith("tile/entries/"));
    const bytes = Buffer.from(files[entries!]!);
    const commitment = bytes.indexOf('"commitment":"') + '"commitment":"'.length;
    bytes[commitment] = bytes[commitment] === 0x41 ? 0x42 : 0x41;
    writeFileSync(at("files", entries!), bytes);
    const broken = await runCommand(["verify", at("files"), "--workforce", workforce]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/^recount-failed: /);
    expect(broken.stdout).toMatch(/^FAILED leaf-changed \(leaf \d+\): /m);
    expect(broken.stdout).not.toContain(whole.letters[0].sentence);
  });

  it("a bundle that was damaged, or that is another workforce's, fails", async () => {
    const damaged = readFileSync(at("log.zip")).subarray(0, -40);
    writeFileSync(at("damaged.zip"), damaged);
    const broken = await runCommand(["verify", at("damaged.zip"), "--workforce", workforce]);
    expect(broken.stderr).toMatch(/^bundle-malformed: /);
    expect(broken.code).toBe(1);
    const other = await runCommand(["verify", at("log.zip"), "--workforce", letter]);
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^FAILED (manifest-mismatch|file-missing): /m);
  });

  it("the real board starts on the same data, says its address and stops on SIGTERM", async () => {
    const started = startCommand([
      "serve",
      "--data",
      at("board"),
      "--port",
      "0",
      "--identity-file",
      at("identity"),
    ]);
    const [, url] = await started.waitFor("stdout", /^board: (http:\S+)\n(?:.*\n)/);
    // Nobody has set up the desk of this board yet.
    expect(started.said("stdout")).toMatch(/^board: \S+\nset up the desk: \S+\/desk#set-up\.[\w-]{43}\n$/);
    const report = json(await succeed(["verify", url!, "--workforce", workforce, "--json"]));
    expect(report).toMatchObject({ ok: true });
    started.child.kill("SIGTERM");
    expect(await started.finished).toMatchObject({ code: 0, signal: null });
  });
});
