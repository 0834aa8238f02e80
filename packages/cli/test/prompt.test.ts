/** Questions at a terminal, with a terminal that the test plays. */
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, askSecretly } from "../src/io/prompt.ts";

class Terminal extends PassThrough {
  isTTY = true;
  raw: boolean[] = [];
  setRawMode(on: boolean): this {
    this.raw.push(on);
    return this;
  }
}

const real = { stdin: process.stdin, stderr: process.stderr };
let terminal: Terminal;
let shown: string;

function play(name: "stdin" | "stderr", value: unknown): void {
  Object.defineProperty(process, name, { value, configurable: true });
}

beforeEach(() => {
  terminal = new Terminal();
  shown = "";
  const screen = new PassThrough();
  screen.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
  });
  play("stdin", terminal);
  play("stderr", screen);
});

afterEach(() => {
  play("stdin", real.stdin);
  play("stderr", real.stderr);
});

const type = (...keys: string[]) => {
  for (const key of keys) terminal.write(key);
};

describe("a secret", () => {
  it("is read without being shown, and the terminal is given back", async () => {
    const answer = askSecretly("Phrase: ", "--phrase-fd");
    type("abandon ", "ab", "out\r");
    expect(await answer).toBe("abandon about");
    expect(shown).toBe("Phrase: \n");
    expect(terminal.raw).toEqual([true, false]);
  });

  it("can be corrected: backspace takes back one character, ^U all of it", async () => {
    const answer = askSecretly("? ", "--phrase-fd");
    type("wrong\u0015rigt", "\u007f", "ht\u{1f600}\b\n");
    expect(await answer).toBe("right");
  });

  it.each(["\u0003", "\u0004"])(
    "is given up with a control character, and the terminal is given back",
    async (key) => {
      const answer = askSecretly("? ", "--phrase-fd");
      type(`half${key}`);
      await expect(answer).rejects.toMatchObject({ code: "interrupted" });
      expect(terminal.raw).toEqual([true, false]);
      expect(shown).not.toContain("half");
    },
  );
});

describe("a question", () => {
  it("shows no control characters of whoever supplied its text", async () => {
    const answer = ask("Registrar \u001b[2J\u202eevil: ", "--code-fd");
    type("12345678\n");
    expect(await answer).toBe("12345678");
    expect(shown).not.toContain("\u001b[2J");
    expect(shown).not.toContain("\u202e");
  });

  it("that nobody answers any more ends the command", async () => {
    const answer = ask("? ", "--code-fd");
    terminal.end();
    await expect(answer).rejects.toMatchObject({ code: "interrupted" });
  });
});

it("without a terminal nothing is asked, and the other way is named", async () => {
  terminal.isTTY = false;
  await expect(askSecretly("? ", "--phrase-fd")).rejects.toMatchObject({
    code: "no-terminal",
    message: /--phrase-fd/,
  });
  await expect(ask("? ", "--code-fd")).rejects.toMatchObject({ code: "no-terminal" });
  expect(shown).toBe("");
});
