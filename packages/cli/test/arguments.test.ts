/** The command as a process: arguments, descriptors, exit codes, and what it keeps to itself. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeBase64url, Secrets } from "@undersigned/core";
import { afterAll, describe, expect, it } from "vitest";
import { buildProgram } from "../src/program.ts";
import { runCommand } from "./run-command.ts";

const PHRASE =
  "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
const ID = encodeBase64url(new Uint8Array(32).fill(1));
const folder = mkdtempSync(join(tmpdir(), "undersigned-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As one in 64 is. */
const WITH_HYPHEN = encodeBase64url(new Uint8Array(32).fill(0xfb));

/** A board that is not there: what is refused before it is asked ends otherwise than with `no-answer`. */
const NOWHERE = ["--board", "http://127.0.0.1:9", "--workforce", ID];

it("takes an id that begins with a hyphen for an id, wherever it stands", async () => {
  expect(WITH_HYPHEN).toMatch(/^-/);
  const close = async (letter: string) => {
    const result = await runCommand(["letter", "close-early", letter, "--on", "2031-01-01", ...NOWHERE]);
    return { ...result, stderr: result.stderr.replaceAll(letter, ID) };
  };
  expect(await close(WITH_HYPHEN)).toEqual(await close(ID));
  const verify = await runCommand(["verify", "http://127.0.0.1:9", "--workforce", WITH_HYPHEN]);
  expect(verify.stderr).not.toContain("usage:");
});

describe("a command line that is not understood", () => {
  it.each<[string, string[], RegExp]>([
    ["no such command", ["sing"], /^usage: There is no such command\./],
    ["no such option", ["phrase", "--loud"], /^usage: There is no option --loud here\./],
    [
      "an option without its value",
      ["verify", "x", "--workforce"],
      /^usage: The option --workforce needs a value\./,
    ],
    ["an option that is needed", ["enrol"], /^usage: The option --out is needed\./],
    [
      "an id that is none",
      ["verify", "x", "--workforce", "short"],
      /^usage: The value of --workforce does not fit\. An id has 43/,
    ],
    [
      "a day that is none",
      ["registrar", "open-epoch", "--opens", "2026-02-30"],
      /^usage: The value of --opens does not fit\. Give a day/,
    ],
    [
      "a number out of range",
      ["registrar", "--port", "70000"],
      /^usage: The value of --port does not fit\. Give a whole number/,
    ],
    [
      "a receiver that is no address",
      ["serve", "--data", "x", "--answers-listen", "25"],
      /^usage: The value of --answers-listen does not fit\. Give an address and a port/,
    ],
    [
      "an answer to no domain",
      ["answer", "take", "x.eml", "--data", "x", "--letter", ID],
      /^usage: Give --answers-domain/,
    ],
    [
      "two where one is enough",
      ["enrol", ...NOWHERE, "--out", "x", "--mailbox", "a@example.com", "--mailbox-fd", "3"],
      /^usage: Two options/,
    ],
    [
      "a mail and a mailbox",
      ["enrol", ...NOWHERE, "--out", "x", "--mail", "y", "--mailbox-fd", "3"],
      /^usage: Two options/,
    ],
    [
      "an invitation and a name",
      ["enrol", ...NOWHERE, "--out", "x", "--invited", "--name-fd", "3"],
      /^usage: Two options/,
    ],
    [
      "a certificate without key",
      ["serve", "--data", "x", "--tls-cert", "y"],
      /^usage: Give --tls-cert and --tls-key together\./,
    ],
  ])("%s ends with 2 and one line", async (_name, args, line) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect(stderr).toMatch(line);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("without any argument shows what there is, and ends with 2", async () => {
    const { code, stderr } = await runCommand([]);
    expect(stderr).toContain("Usage: undersigned");
    expect(code).toBe(2);
  });

  it("--help and --version go to standard output and end with 0", async () => {
    const help = await runCommand(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const name of ["enrol", "sign", "verify", "bundle", "serve", "registrar", "letter"]) {
      expect(help.stdout).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    }
    const version = await runCommand(["--version"]);
    expect(version).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  });
});

describe("secrets in the arguments", () => {
  it.each<[string, string[]]>([
    ["--phrase", ["sign", "--phrase", PHRASE]],
    ["--phrase=", ["enrol", `--phrase=${PHRASE}`]],
    ["--passphrase", ["serve", "--passphrase", "hunter2 hunter2"]],
    ["--code", ["enrol", "--code", "12345678"]],
    ["--invitation", ["enrol", "--invitation", "hunter2"]],
    ["--smtp-password", ["registrar", "--smtp-password=hunter2"]],
    ["note-name --name", ["registrar", "note-name", "--name", "hunter2"]],
    ["note-name --mailbox", ["registrar", "note-name", "--mailbox=hunter2@example.com"]],
  ])("%s is refused before anything else, and not repeated", async (_name, args) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^secret-in-arguments: /);
    for (const word of ["abandon", "hunter2", "12345678"]) expect(stdout + stderr).not.toContain(word);
  });

  it.each<[string, string[]]>([
    ["as further arguments", ["phrase", ...PHRASE.split(" ")]],
    ["as a command", PHRASE.split(" ")],
    ["as a value that does not fit", ["verify", "x", "--workforce", PHRASE]],
    ["behind an unknown option", ["phrase", `--words=${PHRASE}`]],
  ])("a phrase that stands there %s is not repeated", async (_name, args) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toMatch(/abandon|about\b/);
  });

  it("no command has an option that would take a phrase, passphrase, password or code", async () => {
    const program = await buildProgram();
    const commands = program.commands.flatMap((command) => [command, ...command.commands]);
    expect(commands.length).toBeGreaterThan(20);
    const options = commands.flatMap((command) => command.options.map(({ long }) => long ?? ""));
    const taking = options.filter(
      (option) => /phrase|password|code|secret/.test(option) && !/-(fd|file)$/.test(option),
    );
    expect(taking).toEqual([]);
  });
});

describe("recovery phrases", () => {
  it("are made anew each time, and are valid", async () => {
    const [one, two] = await Promise.all([runCommand(["phrase"]), runCommand(["phrase"])]);
    expect(one.code).toBe(0);
    expect(one.stdout.trim().split(" ")).toHaveLength(12);
    expect(() => new Secrets(one.stdout)).not.toThrow();
    expect(one.stdout).not.toBe(two.stdout);
  });

  it("are not looked for in the environment, nor asked for where there is no terminal", async () => {
    const { code, stderr } = await runCommand(["opener-key", "-o", join(folder, "no", "key")], {
      env: { ...process.env, PASSPHRASE: "hunter2", UNDERSIGNED_PASSPHRASE: "hunter2", PHRASE },
    });
    expect(stderr).toMatch(/^locked: /);
    expect(code).toBe(78);
  });
});

describe("keys", { timeout: 180_000 }, () => {
  it("a passphrase comes through a descriptor; the wrong one ends with 78 and opens nothing", async () => {
    const data = join(folder, "registrar");
    const details = ["--name", "First", "--operator", "Example", "--url", "https://first.example.com"];
    const init = (card: string) => [
      ...["registrar", "init", "--data", data, ...details, "-o", join(folder, card)],
      ...["--passphrase-fd", "3", "--json"],
    ];
    const made = await runCommand(init("card"), { fds: ["right\n"] });
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(made.stdout)).toEqual({ identity: expect.stringMatching(/^[\w-]{43}$/) });
    const wrong = await runCommand(init("card2"), { fds: ["wrong\n"] });
    expect(wrong.stderr).toMatch(/^keys-locked: /);
    expect(wrong).toMatchObject({ code: 78, stdout: "" });
    const mail = ["--smtp-host", "127.0.0.1", "--smtp-from", "codes@example.com"];
    const locked = await runCommand(["registrar", "--data", data, "--port", "0", ...mail]);
    expect(locked.stderr).toMatch(/^locked: The keys are locked/);
    expect(locked).toMatchObject({ code: 78, stdout: "" });
    const board = await runCommand(["serve", "--data", join(folder, "board"), "--port", "0"]);
    expect(board.stderr).toMatch(/^locked: The keys are locked/);
    expect(board).toMatchObject({ code: 78, stdout: "" });
  });

  it("a descriptor that is not open, and a file that is not there, are said and not thrown", async () => {
    const closed = await runCommand(["opener-key", "-o", join(folder, "no", "key"), "--passphrase-fd", "9"]);
    expect(closed.stderr).toMatch(/^lock-unreadable: /);
    expect(closed.code).toBe(78);
    const missing = await runCommand(["post", join(folder, "missing"), ...NOWHERE]);
    expect(missing.stderr).toMatch(/^file-missing: /);
    expect(missing.code).toBe(1);
    expect(missing.stderr).not.toContain(folder);
  });
});

describe("a board that does not answer", () => {
  it("is a failure with a sentence, without a stack or an address", async () => {
    const { code, stderr } = await runCommand([
      "bundle",
      "http://127.0.0.1:9",
      "--workforce",
      ID,
      "-o",
      join(folder, "b.zip"),
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^file-missing: [A-Z]/);
    expect(stderr).not.toMatch(/\bat .*:\d+|ECONNREFUSED|127\.0\.0\.1/);
  });

  it("over plain http to another machine is not even asked", async () => {
    const { code, stderr } = await runCommand([
      "enrol",
      "--board",
      "http://board.example.com",
      "--workforce",
      ID,
      "--out",
      join(folder, "e"),
    ]);
    expect(stderr).toMatch(/^address-refused: /);
    expect(code).toBe(1);
  });
});
