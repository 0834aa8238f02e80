/** `registrar note-name`, and what `registrar open-epoch` says of mails, as a registrar's operator gives them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRegistrarKeys } from "@undersigned/registrar";
import { afterAll, expect, it } from "vitest";
import { ALL_EVIDENCE } from "../../registrar/test/evidence-kit.ts";
import { manifestFor } from "../../registrar/test/kit.ts";
import { runCommand } from "./run-command.ts";
import { IDENTITY } from "./way-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "undersigned-note-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("an epoch is opened, with a word where no mail will count in it, and a name is noted", async () => {
  writeFileSync(at("identity"), IDENTITY, { mode: 0o600 });
  const dataDir = at("registrar");
  const { identity } = await createRegistrarKeys({ dataDir, lock: { identity: IDENTITY } });
  const { existingMail, names } = ALL_EVIDENCE;
  const evidence = ALL_EVIDENCE.evidence!.filter(({ kind }) => kind !== "vouch");
  writeFileSync(
    at("manifest"),
    manifestFor(identity, { existingMail: existingMail!, names: names!, evidence }),
  );
  const where = ["--data", dataDir, "--identity-file", at("identity"), "--epoch", "1"];
  // Over before the first day of mails that the manifest allows.
  const days = ["--opens", "2030-03-01", "--closes", "2030-12-31", "--manifest", at("manifest")];
  // As an operator runs it: its keys are generated.
  const env = process.env;
  const opened = await runCommand(["registrar", "open-epoch", ...where, ...days, "-o", at("statement")], {
    env,
  });
  expect(opened.stderr).toMatch(/^Note: in this epoch no existing mail will count\./);
  expect(opened.code).toBe(0);

  const note = (stdin: string) => runCommand(["registrar", "note-name", ...where], { stdin });
  const noted = await note("janedoe@example.com\nJanet Smith\n");
  expect(noted).toMatchObject({ code: 0, stdout: "epoch 1: noted\n", stderr: "" });
  const half = await note("janedoe@example.com\n");
  expect(half.stderr).toMatch(/^no-terminal: /);
  expect(half.code).toBe(2);
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    for (const text of ["janedoe", "Janet", "Smith"]) expect(readFileSync(file).includes(text)).toBe(false);
  }
}, 180_000);
