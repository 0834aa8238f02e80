/** `npm start`: a board, new on an empty folder; where nothing can lock its keys, a page that says what to do next. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBoardKeys } from "@undersigned/board";
import { DeskClient } from "@undersigned/client";
import { generatePhrase, Secrets } from "@undersigned/core";
import { generateIdentity } from "age-encryption";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Started, startCommand } from "./run-command.ts";

const lock = { passphrase: "a passphrase for a test" };
let folder = "";
let started: Started | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-start-"));
});
afterEach(async () => {
  started?.child.kill("SIGTERM");
  await started?.finished;
  await rm(folder, { recursive: true, force: true });
});

function start(...args: string[]): Started {
  started = startCommand(["start", "--port", "0", ...args]);
  return started;
}

/** The address that it prints. */
async function urlOf(command: Started): Promise<string> {
  return (await command.waitFor("stdout", /http:\/\/\S+/))[0];
}

it("serves a page that says what to do next on an empty folder where no passphrase can be had, and leaves the folder as it is", async () => {
  const data = join(folder, "board");
  const url = await urlOf(start("--data", data));
  const page = await (await fetch(url)).text();
  expect(page).toContain("Nothing is set up yet");
  expect(page).toContain("undersigned board init");
  expect(page).not.toContain("<script");
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(page)?.[1] ?? "";
  expect((await fetch(url + style)).status).toBe(200);
  expect(await readdir(folder)).toEqual([]);
});

it("shows that page to no other machine", async () => {
  const { finished } = start("--data", join(folder, "board"), "--host", "0.0.0.0");
  expect(await finished).toMatchObject({ code: 2 });
});

it("makes a board on an empty folder and prints the set-up link once, which is void after the next start", async () => {
  const identity = join(folder, "identity");
  await writeFile(identity, `${await generateIdentity()}\n`, { mode: 0o600 });
  const args = ["--data", join(folder, "board"), "--identity-file", identity];
  const link = /set up the desk: (http:\/\/localhost:\d+\/desk)#set-up\.([\w-]{43})\n/;
  const first = start(...args);
  const url = await urlOf(first);
  const old = (await first.waitFor("stdout", link))[2]!;
  expect(await (await fetch(url)).text()).toContain("serves no workforce yet");
  first.child.kill("SIGTERM");
  const { stdout, stderr } = await first.finished;
  expect(stdout.split(old)).toHaveLength(2);
  expect(stderr).not.toContain(old);

  const second = start(...args);
  const desk = new DeskClient(await urlOf(second), { fetch });
  const token = (await second.waitFor("stdout", link))[2]!;
  const secrets = new Secrets(generatePhrase());
  const organiser = (board: string) => secrets.organiserSigner(board);
  await expect(desk.setUp(old, "Rowan", organiser)).rejects.toMatchObject({ remote: "set-up-over" });
  expect((await desk.setUp(token, "Rowan", organiser)).me.role).toBe("owner");
}, 180_000);

it("runs the board once there are keys, and says what is next there", async () => {
  const passphrase = join(folder, "passphrase");
  await writeFile(passphrase, `${lock.passphrase}\n`, { mode: 0o600 });
  const data = join(folder, "board");
  await createBoardKeys({ dataDir: data, lock, scryptLogN: 4 });
  const url = await urlOf(start("--data", data, "--passphrase-file", passphrase));
  expect(await (await fetch(url)).text()).toContain("serves no workforce yet");
  expect((await fetch(`${url}/board.json`)).status).toBe(200);
});

it("says that keys are locked, and stops, where nothing opens them", async () => {
  const data = join(folder, "board");
  await createBoardKeys({ dataDir: data, lock, scryptLogN: 4 });
  const { code, stderr } = await start("--data", data).finished;
  expect(code).toBe(78);
  expect(stderr).toMatch(/^locked: /);
});
