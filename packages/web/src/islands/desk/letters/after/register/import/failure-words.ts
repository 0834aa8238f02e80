/** Why a file was not taken, in the page's language: the thread that read it says a code and a place. */
import { say } from "../../../../../say.ts";
import type { FromReader } from "./messages.ts";

export function failureWords({ code, column, line }: Extract<FromReader, { said: "failed" }>): string {
  const sentence = say(`desk-register.file.${code}`);
  if (column !== null) return `${sentence} (${column})`;
  return line === null ? sentence : say("desk-register.in-line", { sentence, line });
}
