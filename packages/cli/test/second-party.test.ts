/** The commands of a second party, as its operator gives them. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { addSecondPartyCloseEpoch } from "../src/commands/second-party/close-epoch.ts";
import { addSecondPartyOpenEpoch } from "../src/commands/second-party/open-epoch.ts";
import { addSecondPartyRun } from "../src/commands/second-party/run.ts";
import { secondPartyPin, withSecondParty } from "../src/options/second-party-options.ts";

const WORKFORCE = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
const REGISTRAR = "6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw";

let folder = "";
let data = "";
let identityFile = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-second-party-"));
  data = join(folder, "data");
  identityFile = join(folder, "identity");
  const line = "AGE-SECRET-KEY-1M2KFLAL8GZ6ZY95MVLS95CTEJ8SGLC22T6L0Q2NMYSKGUNSUH8QSNFP9FJ";
  await writeFile(identityFile, `${line}\n`, { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What the command prints. */
function run(...words: readonly string[]): { done: Promise<unknown>; printed: () => string } {
  const written: string[] = [];
  const keep = (text: string | Uint8Array) => {
    written.push(String(text));
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const program = new Command("second-party").exitOverride().configureOutput({ outputError: () => {} });
  for (const add of [addSecondPartyRun, addSecondPartyOpenEpoch, addSecondPartyCloseEpoch]) add(program);
  for (const command of program.commands) command.exitOverride();
  return { done: program.parseAsync([...words], { from: "user" }), printed: () => written.join("") };
}

async function resultOf(...words: readonly string[]): Promise<Record<string, string>> {
  const { done, printed } = run(...words, "--json");
  await done;
  return JSON.parse(printed());
}

it("an epoch is opened, served and closed", async () => {
  const open = ["open-epoch", "--data", data, "--workforce", WORKFORCE, "--epoch", "1"];
  const lock = ["--identity-file", identityFile];
  const { publicKey, fingerprint } = await resultOf(...open, ...lock);
  expect(publicKey).toMatch(/^[\w-]{43}$/);
  expect(fingerprint).toMatch(/^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/);
  expect(await resultOf(...open, ...lock)).toEqual({ publicKey, fingerprint });

  const { done, printed } = run("--data", data, "--registrar", REGISTRAR, "--port", "0", ...lock);
  await vi.waitFor(() => expect(printed()).toContain("second party: http://"), 10_000);
  const url = /http:\S+/.exec(printed())![0];
  expect(await (await fetch(`${url}/v1/second-party`)).json()).toMatchObject({
    keys: [{ epoch: 1, publicKey }],
    workforce: WORKFORCE,
  });
  process.emit("SIGTERM");
  await done;
  expect(process.exitCode).toBe(0);

  expect(await resultOf("close-epoch", "--data", data, "--epoch", "1")).toEqual({ closed: 1 });
  expect(await readdir(join(data, "keys"))).toEqual(["second-party-1.record.json"]);
  await expect(resultOf(...open, ...lock)).rejects.toMatchObject({ code: "epoch-closed" });
});

it("what is no identity, no workforce or no amount is a usage error", async () => {
  const good = ["--data", data, "--registrar", REGISTRAR];
  for (const words of [
    ["--data", data],
    ["--data", data, "--registrar", "somebody"],
    [...good, "--per-epoch", "0"],
    ["open-epoch", "--data", data, "--workforce", "us", "--epoch", "1"],
  ]) {
    await expect(run(...words).done).rejects.toMatchObject({ name: "CommanderError" });
  }
});

it("a registrar is told address and key of its second party together", async () => {
  const said: string[] = [];
  const pinOf = (...words: string[]) =>
    secondPartyPin(withSecondParty(new Command()).parse(words, { from: "user" }).opts());
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  expect(await pinOf()).toBeUndefined();
  await expect(pinOf("--second-party", "https://second.example.com")).rejects.toMatchObject({
    code: "usage",
  });
  await expect(pinOf("--second-party-key", REGISTRAR)).rejects.toMatchObject({ code: "usage" });
  const publicKey = "yAPizGsF_BUGRUm1kgZZykp3ssym8E9rNXAJM1R2rU4";
  expect(
    await pinOf("--second-party", "https://second.example.com", "--second-party-key", publicKey),
  ).toEqual({
    url: "https://second.example.com",
    publicKey,
  });
  expect(said.join("")).toMatch(/(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/);
});
