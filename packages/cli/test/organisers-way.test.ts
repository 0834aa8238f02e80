/** What organisers do by command with a letter: publish it unlisted, read it with its link, close it early, make it public. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardEvents, type RunningBoard, startBoard } from "@undersigned/board";
import { addDays, encodeBase64url, encodeCanonical, signerFromSeed } from "@undersigned/core";
import { createLogger, httpEvents, sealKeyFile } from "@undersigned/service";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Kit, LOCK, seedOf } from "../../board/test/kit.ts";
import { runCommand, succeed } from "./run-command.ts";
import { IDENTITY, json } from "./way-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "undersigned-organisers-"));
const at = (name: string) => join(folder, name);
const TITLE = "A letter that is kept quiet";

let kit: Kit;
let board: RunningBoard;
let letter = "";
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const common = () => ["--board", board.url, "--workforce", kit.workforce];
const withKeys = (args: readonly string[]) =>
  succeed([...args, ...common(), "--identity-file", at("identity")]);
const keys = (...names: string[]) => names.flatMap((name) => ["--organiser-key", at(name)]);

beforeAll(async () => {
  writeFileSync(at("identity"), `${IDENTITY}\n`, { mode: 0o600 });
  for (const name of ["opener", "second", "stranger"]) {
    const seed = encodeBase64url(seedOf(name));
    const payload = encodeCanonical({ type: "opener-key", v: 1, seed });
    await sealKeyFile(at(name), payload, { identity: IDENTITY }, { mustBeNew: true });
  }
});

it("a letter goes its whole way, and each step is seen from outside", { timeout: 240_000 }, async () => {
  kit = await Kit.start();
  await kit.board.close();
  board = await startBoard({
    dataDir: kit.dataDir,
    lock: LOCK,
    clock: kit.clock,
    fetchIssuance: kit.fetchIssuance,
    logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => undefined } }),
    listen: { host: "127.0.0.1", port: 0 },
  });
  kit.board = board.board;
  try {
    const organisers = [kit.opener, signerFromSeed(seedOf("second"))];
    const { manifest } = kit.letterRequest({ title: TITLE, organisers });
    writeFileSync(at("letter.json"), encodeCanonical(manifest as never));

    // Unlisted; the same again gives the same link, and the link is nowhere but in its file and the answer.
    const publish = [
      "letter",
      "publish",
      at("letter.json"),
      "--opener-key",
      at("opener"),
      "--unlisted",
      at("link"),
    ];
    const published = json(await withKeys([...publish, "--json"]));
    letter = published.letter;
    expect(json(await withKeys([...publish, "--json"]))).toEqual(published);
    expect(readFileSync(at("link"), "utf8")).toBe(`${published.link}\n`);
    expect(published.link).toMatch(new RegExp(`/letters/${letter}#${kit.workforce}\\.u[A-Za-z0-9_-]{43}$`));

    const verify = ["verify", board.url, "--workforce", kit.workforce];
    const unread = (await succeed(verify)).stdout;
    expect(unread).toContain("(the text of this letter is not public)");
    expect(unread).not.toContain(TITLE);
    expect((await succeed([...verify, "--link-file", at("link")])).stdout).toContain(
      `${TITLE} (not public: read with the letter's link)`,
    );
    const bundle = at("bundle.zip");
    await succeed(["bundle", board.url, "--workforce", kit.workforce, "--out", bundle]);
    const read = json(
      await succeed(["verify", bundle, "--workforce", kit.workforce, "--link-file", at("link"), "--json"]),
    );
    expect(read.letters[0]).toMatchObject({ title: TITLE, text: "opened" });
    const inArguments = await runCommand([...verify, "--link", "anything"]);
    expect(inArguments.stderr).toContain("secret-in-arguments");

    // Not by one organiser with one key twice, nor with a stranger.
    const early = addDays(kit.clock.day(), 3);
    const close = ["letter", "close-early", letter, "--on", early];
    const alone = await runCommand([
      ...close,
      ...keys("opener", "opener"),
      ...common(),
      "--identity-file",
      at("identity"),
    ]);
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining("takes two organisers") });
    const foreign = await runCommand([
      ...close,
      ...keys("opener", "stranger"),
      ...common(),
      "--identity-file",
      at("identity"),
    ]);
    expect(foreign).toMatchObject({ code: 1, stderr: expect.stringContaining("not-an-organiser") });
    expect((await withKeys([...close, ...keys("opener", "second")])).stdout).toContain(
      `Last day for signing: ${early}, in place of ${manifest.closes}.`,
    );
    expect((await succeed(verify)).stdout).toContain(
      `2 organisers moved the last day from ${manifest.closes}`,
    );

    const reveal = ["letter", "reveal", letter, "--opener-key"];
    const denied = await runCommand([
      ...reveal,
      at("stranger"),
      ...common(),
      "--identity-file",
      at("identity"),
    ]);
    expect(denied).toMatchObject({ code: 1, stderr: expect.stringContaining("signature-invalid") });
    expect((await withKeys([...reveal, at("opener")])).stdout).toBe(`public: ${TITLE}\n`);
    expect((await succeed(verify)).stdout).toContain(TITLE);
  } finally {
    await board.close();
  }
});
