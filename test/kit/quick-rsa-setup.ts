/** Vitest runs it before each test file: keys of epochs are quick to make, unless a test says `makeRealKeys`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { FOLDER_VARIABLE } from "./quick-rsa-keys.ts";

const folder = mkdtempSync(join(tmpdir(), "undersigned-rsa-"));
process.env[FOLDER_VARIABLE] = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
