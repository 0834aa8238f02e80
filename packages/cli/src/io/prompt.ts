/**
 * Questions to a person at a terminal. Questions and answers never touch standard output, which may be a file. Secrets
 * are typed without echo.
 */
import { createInterface } from "node:readline/promises";
import { CliError } from "../errors.ts";
import { printable } from "./output.ts";

/** Throws `no-terminal` naming the option to use instead. */
function requireTerminal(instead: string): void {
  if (process.stdin.isTTY) return;
  throw new CliError("no-terminal", `There is no terminal to ask at. Use ${instead}.`);
}

/** Asks with echo. */
export async function ask(question: string, instead: string): Promise<string> {
  requireTerminal(instead);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const stopped = new Promise<never>((_, reject) => {
    lines.on("SIGINT", () => reject(interrupted()));
    lines.on("close", () => reject(interrupted()));
  });
  try {
    return (await Promise.race([lines.question(printable(question)), stopped])).trim();
  } finally {
    lines.close();
  }
}

/** Asks without echo. Backspace takes back a character, ^U everything; ^C and ^D stop the command. */
export async function askSecretly(question: string, instead: string): Promise<string> {
  requireTerminal(instead);
  const { stdin, stderr } = process;
  stderr.write(printable(question));
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = "";
      const onData = (chunk: string) => {
        for (const character of chunk) {
          if (character === "\r" || character === "\n") {
            stdin.off("data", onData);
            resolve(typed);
            return;
          }
          if (character === "\u0003" || character === "\u0004") {
            stdin.off("data", onData);
            reject(interrupted());
            return;
          }
          if (character === "\u007f" || character === "\b") typed = [...typed].slice(0, -1).join("");
          else if (character === "\u0015") typed = "";
          else if (character >= " ") typed += character;
        }
      };
      stdin.on("data", onData);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}

function interrupted(): CliError {
  return new CliError("interrupted", "Stopped. Nothing was lost: start again when you like.");
}
