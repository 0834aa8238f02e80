import { closeSync, openSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateIdentity } from "age-encryption";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { CREDENTIALS, readLock } from "../src/index.ts";

let root: string;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "undersigned-unlock-"));
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

async function file(contents: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(root, `${++count}`);
  await writeFile(path, contents);
  await chmod(path, mode);
  return path;
}

const env = {};

describe("the lock", () => {
  it("is the first line of a passphrase file, without its line end and with everything else", async () => {
    for (const [contents, passphrase] of [
      ["secret words", "secret words"],
      ["secret words\n", "secret words"],
      ["secret words\r\n", "secret words"],
      [" spaces stay \nsecond line\n", " spaces stay "],
      ["größer\n", "größer"],
    ] as const) {
      expect(await readLock({ passphraseFile: await file(contents), env })).toEqual({ passphrase });
    }
  });

  it("comes from a descriptor that the parent process opened", async () => {
    const fd = openSync(await file("from a descriptor\n"), "r");
    onTestFinished(() => closeSync(fd));
    expect(await readLock({ fd, env })).toEqual({ passphrase: "from a descriptor" });
  });

  it("is an identity from a file as age-keygen writes it", async () => {
    const identity = await generateIdentity();
    const path = await file(`# created: 2026-03-01\n# public key: age1example\n${identity}\n`);
    expect(await readLock({ identityFile: path, env })).toEqual({ identity });
  });

  it("comes from systemd's credentials folder, whatever mode its files show", async () => {
    const identity = await generateIdentity();
    const folders = [await mkdtemp(join(root, "a-")), await mkdtemp(join(root, "b-"))] as const;
    await writeFile(join(folders[0], CREDENTIALS.passphrase), "from systemd\n", { mode: 0o440 });
    await writeFile(join(folders[1], CREDENTIALS.identity), identity, { mode: 0o440 });
    expect(await readLock({ env: { CREDENTIALS_DIRECTORY: folders[0] } })).toEqual({
      passphrase: "from systemd",
    });
    expect(await readLock({ env: { CREDENTIALS_DIRECTORY: folders[1] } })).toEqual({ identity });
    await writeFile(join(folders[1], CREDENTIALS.passphrase), "two of them");
    await expect(readLock({ env: { CREDENTIALS_DIRECTORY: folders[1] } })).rejects.toMatchObject({
      code: "lock-ambiguous",
    });
  });

  it("is asked for last, and only where someone can be asked", async () => {
    const folder = await mkdtemp(join(root, "empty-"));
    const prompt = async () => "typed";
    expect(await readLock({ prompt, env: { CREDENTIALS_DIRECTORY: folder } })).toEqual({
      passphrase: "typed",
    });
    expect(await readLock({ prompt, passphraseFile: await file("from a file"), env })).toEqual({
      passphrase: "from a file",
    });
    await expect(readLock({ env: { CREDENTIALS_DIRECTORY: folder } })).rejects.toMatchObject({
      code: "locked",
      message: expect.stringMatching(/^The keys are locked: give /),
    });
  });

  it("does not come from an environment value, even if someone put it there", async () => {
    const all = {
      ...process.env,
      PASSPHRASE: "canary",
      UNDERSIGNED_PASSPHRASE: "canary",
      CREDENTIALS_DIRECTORY: "",
    };
    await expect(readLock({ env: all })).rejects.toMatchObject({ code: "locked" });
  });

  it("is refused when it could be one of two", async () => {
    const path = await file("secret");
    await expect(readLock({ passphraseFile: path, fd: 3, env })).rejects.toMatchObject({
      code: "lock-ambiguous",
    });
    await expect(readLock({ passphraseFile: path, identityFile: path, env })).rejects.toMatchObject({
      code: "lock-ambiguous",
    });
  });

  it("is refused from a file that others can read", async () => {
    for (const mode of [0o640, 0o604, 0o660]) {
      await expect(readLock({ passphraseFile: await file("secret", mode), env })).rejects.toMatchObject({
        code: "open-to-others",
      });
      await expect(readLock({ identityFile: await file("secret", mode), env })).rejects.toMatchObject({
        code: "open-to-others",
      });
    }
  });

  it("is refused, without being repeated, when it is missing, empty, too large or no text", async () => {
    const cases = [
      { passphraseFile: join(root, "missing-canary") },
      { passphraseFile: root },
      { passphraseFile: await file("") },
      { passphraseFile: await file("\ncanary") },
      { passphraseFile: await file("canary".repeat(20_000)) },
      { passphraseFile: await file(Uint8Array.of(0xff, 0x63)) },
      { identityFile: await file("canary") },
      { identityFile: await file("AGE-SECRET-KEY-1CANARY\nAGE-SECRET-KEY-1CANARY\n") },
      { fd: 9_999 },
      { prompt: async () => "" },
    ];
    for (const sources of cases) {
      const error = await readLock({ ...sources, env }).catch((reason: unknown) => reason);
      expect(error, JSON.stringify(Object.keys(sources))).toMatchObject({
        code: expect.stringMatching(/^(lock-unreadable|open-to-others)$/),
      });
      expect(`${(error as Error).stack}`.toLowerCase()).not.toContain("canary");
    }
  });
});
