/** Inputs that were once found, a file each in a folder of its target's name. They are tried again in every run of the tests. */
import { hash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Finding } from "./run-fuzz.ts";

const FOLDER = new URL("regressions/", import.meta.url);

export function regressionsOf(target: string): Uint8Array[] {
  try {
    const folder = new URL(`${target}/`, FOLDER);
    return readdirSync(folder).map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
  } catch {
    return [];
  }
}

/** The file's path, below this folder. */
export function keepRegression({ target, input }: Finding): string {
  const name = `${hash("sha256", input).slice(0, 16)}.bin`;
  mkdirSync(new URL(`${target}/`, FOLDER), { recursive: true });
  writeFileSync(new URL(`${target}/${name}`, FOLDER), input);
  return `regressions/${target}/${name}`;
}
