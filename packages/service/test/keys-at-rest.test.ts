import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKeyFile, sealKeyFile, wipe } from "../src/index.ts";

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-keys-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const freshPath = () => join(folder, `${++count}`, "keys.age");
const quick = { scryptLogN: 10 };
const payload = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
const passphrase = "correct horse battery staple";

describe("a key file", () => {
  it("opens with its passphrase, and is an age file that other programs open too", async () => {
    const path = freshPath();
    await sealKeyFile(path, payload, { passphrase }, quick);
    expect(new Uint8Array(await openKeyFile(path, { passphrase }))).toEqual(payload);
    const other = new Decrypter();
    other.addPassphrase(passphrase);
    expect(await other.decrypt(await readFile(path))).toEqual(payload);
  });

  it("opens with its identity, also when another program made it", async () => {
    const identity = await generateIdentity();
    const path = freshPath();
    await sealKeyFile(path, payload, { identity });
    expect(new Uint8Array(await openKeyFile(path, { identity }))).toEqual(payload);
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(identity));
    await writeFile(path, await encrypter.encrypt("theirs"));
    expect(new TextDecoder().decode(await openKeyFile(path, { identity }))).toBe("theirs");
  });

  it("costs a guesser 2^18 rounds of scrypt for each guess unless a test says otherwise", async () => {
    const path = freshPath();
    await sealKeyFile(path, payload, { passphrase });
    expect((await readFile(path, "latin1")).split("\n")[1]).toMatch(/^-> scrypt \S+ 18$/);
  });

  it("holds nothing of its contents in the clear, and is for its owner alone", async () => {
    const path = freshPath();
    await sealKeyFile(path, new TextEncoder().encode("canary-key"), { passphrase }, quick);
    expect(await readFile(path, "latin1")).not.toContain("canary");
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
    expect(((await stat(join(path, ".."))).mode & 0o777).toString(8)).toBe("700");
  });

  it("is replaced in one step and leaves no other file behind", async () => {
    const path = freshPath();
    await sealKeyFile(path, Uint8Array.of(1), { passphrase }, quick);
    await sealKeyFile(path, Uint8Array.of(2), { passphrase }, quick);
    expect(new Uint8Array(await openKeyFile(path, { passphrase }))).toEqual(Uint8Array.of(2));
    expect(await readdir(join(path, ".."))).toEqual(["keys.age"]);
  });

  it("is not replaced when a new one was asked for", async () => {
    const path = freshPath();
    await sealKeyFile(path, Uint8Array.of(1), { passphrase }, { ...quick, mustBeNew: true });
    await expect(
      sealKeyFile(path, Uint8Array.of(2), { passphrase }, { ...quick, mustBeNew: true }),
    ).rejects.toMatchObject({ code: "key-file-exists" });
    expect(new Uint8Array(await openKeyFile(path, { passphrase }))).toEqual(Uint8Array.of(1));
    expect(await readdir(join(path, ".."))).toEqual(["keys.age"]);
  });

  it("does not open with another passphrase, another identity, or the other kind of lock", async () => {
    const identity = await generateIdentity();
    const [one, two] = [freshPath(), freshPath()];
    await sealKeyFile(one, payload, { passphrase }, quick);
    await sealKeyFile(two, payload, { identity });
    for (const [path, lock] of [
      [one, { passphrase: `${passphrase} ` }],
      [one, { identity }],
      [two, { identity: await generateIdentity() }],
      [two, { passphrase }],
    ] as const) {
      await expect(openKeyFile(path, lock)).rejects.toMatchObject({ code: "wrong-passphrase" });
    }
  });

  it("that was changed anywhere does not open", async () => {
    const path = freshPath();
    await sealKeyFile(path, Uint8Array.of(1, 2, 3, 4), { passphrase }, quick);
    const sound = await readFile(path);
    const codes = new Set<string>();
    for (let at = 0; at < sound.length; at += 5) {
      const broken = Buffer.from(sound);
      broken[at]! ^= 1;
      await writeFile(path, broken);
      const error = await openKeyFile(path, { passphrase }).catch((reason: unknown) => reason);
      codes.add((error as { code: string }).code);
    }
    expect([...codes].sort()).toEqual(["key-file-damaged", "wrong-passphrase"]);
    for (const part of [
      sound.subarray(0, sound.length - 1),
      sound.subarray(0, 10),
      Buffer.alloc(0),
      Buffer.concat([sound, Buffer.of(0)]),
    ]) {
      await writeFile(path, part);
      await expect(openKeyFile(path, { passphrase })).rejects.toMatchObject({ code: "key-file-damaged" });
    }
  });

  it("that asks for so much work that it would stop the server does not open", async () => {
    const path = freshPath();
    await sealKeyFile(path, payload, { passphrase }, quick);
    await writeFile(path, (await readFile(path, "latin1")).replace(/ 10\n/, " 40\n"), "latin1");
    await expect(openKeyFile(path, { passphrase })).rejects.toMatchObject({ code: "key-file-damaged" });
  });

  it("that is missing or that others can read is told apart", async () => {
    const path = freshPath();
    await expect(openKeyFile(path, { passphrase })).rejects.toMatchObject({ code: "key-file-missing" });
    await sealKeyFile(path, payload, { passphrase }, quick);
    await chmod(path, 0o604);
    await expect(openKeyFile(path, { passphrase })).rejects.toMatchObject({ code: "open-to-others" });
  });

  it("is not written into a folder that others can enter", async () => {
    const path = freshPath();
    await mkdir(join(path, ".."));
    await chmod(join(path, ".."), 0o755);
    await expect(sealKeyFile(path, payload, { passphrase }, quick)).rejects.toMatchObject({
      code: "open-to-others",
    });
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  it("is not locked with nothing, and an error never repeats a bad identity", async () => {
    await expect(sealKeyFile(freshPath(), payload, { passphrase: "" }, quick)).rejects.toMatchObject({
      code: "lock-unreadable",
    });
    for (const identity of ["canary", "AGE-SECRET-KEY-1CANARY", "AGE-SECRET-KEY-2CANARY"]) {
      const path = freshPath();
      const sealing = await sealKeyFile(path, payload, { identity }).catch((reason: unknown) => reason);
      expect(sealing).toMatchObject({ code: "lock-unreadable" });
      await sealKeyFile(path, payload, { passphrase }, quick);
      const opening = await openKeyFile(path, { identity }).catch((reason: unknown) => reason);
      expect(opening).toMatchObject({ code: "lock-unreadable" });
      for (const error of [sealing, opening] as Error[])
        expect(`${error.stack} ${error.cause}`.toLowerCase()).not.toContain("canary");
    }
  });
});

it("wiping leaves zeros", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  wipe(bytes);
  expect(bytes).toEqual(Uint8Array.of(0, 0, 0));
});
