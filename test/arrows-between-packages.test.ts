/** Arrows point one way (docs/ARCHITECTURE.md). Plants violations, so the rule itself is known to bite. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** A house of its own with the real rules: in the real one, a planted file would be seen by whatever compiles meanwhile. */
const house = mkdtempSync(join(tmpdir(), "undersigned-arrows-"));
cpSync(join(root, "biome.json"), join(house, "biome.json"));

function lint(folder: string, source: string): string {
  const dir = join(house, "packages", folder.includes("/") ? folder : `${folder}/src`, "planted");
  mkdirSync(dir, { recursive: true });
  const file = join(dir, "planted.ts");
  writeFileSync(file, source);
  const run = spawnSync(
    process.execPath,
    [join(root, "node_modules/@biomejs/biome/bin/biome"), "lint", "--vcs-enabled=false", file],
    { encoding: "utf8", cwd: house },
  );
  rmSync(dir, { recursive: true, force: true });
  return run.status === 0 ? "accepted" : `${run.stdout}${run.stderr}`;
}

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe("an import against the arrows is refused by the linter", () => {
  it.each([
    ["core", "@undersigned/log"],
    ["core", "@undersigned/board"],
    ["log", "@undersigned/core"],
    ["verify", "@undersigned/board"],
    ["verify", "@undersigned/service"],
    ["verify", "@undersigned/mail"],
    ["mail", "@undersigned/log"],
    ["mail", "@undersigned/client"],
    ["mail", "../../core/src/mailbox.ts"],
    ["clean", "@undersigned/mail"],
    ["clean", "@undersigned/client"],
    ["mail", "@undersigned/clean"],
    ["dealings", "@undersigned/verify"],
    ["dealings", "@undersigned/clean"],
    ["board", "@undersigned/dealings"],
    ["desk", "@undersigned/dealings"],
    ["clean", "@undersigned/dealings"],
    ["client", "@undersigned/clean"],
    ["board", "@undersigned/clean"],
    ["web", "@undersigned/clean/src/index.ts"],
    ["client", "@undersigned/registrar"],
    ["service", "@undersigned/board"],
    ["registrar", "@undersigned/board"],
    ["registrar", "@undersigned/log"],
    ["board", "@undersigned/registrar"],
    ["board", "@undersigned/mail"],
    ["board", "@undersigned/desk"],
    ["desk", "@undersigned/client"],
    ["desk", "@undersigned/registrar"],
    ["web", "@undersigned/desk"],
    ["board", "undersigned"],
    ["board", "@undersigned/follow"],
    ["web", "@undersigned/follow"],
    ["follow", "@undersigned/board"],
    ["follow", "@undersigned/client"],
    ["paper", "@undersigned/board"],
    ["share", "@undersigned/paper"],
    ["share", "@undersigned/verify"],
    ["desk", "@undersigned/share"],
    ["web", "@undersigned/share/check"],
    ["web/src/islands", "@undersigned/share"],
    ["web/src/islands", "@undersigned/messages/node"],
    ["paper", "@undersigned/core/src/token.ts"],
    ["verify", "@undersigned/core/src/token.ts"],
    ["verify", "../../core/src/token.ts"],
  ])("%s importing %s", (folder, specifier) => {
    expect(lint(folder, `export * from "${specifier}";\n`)).toContain("noRestrictedImports");
  });

  it.each([
    ["verify", "@undersigned/core"],
    ["board", "@undersigned/verify"],
    ["registrar", "@undersigned/service"],
    ["registrar", "@undersigned/verify"],
    ["registrar", "@undersigned/mail"],
    ["mail", "@undersigned/core"],
    ["clean", "@undersigned/core"],
    ["dealings", "@undersigned/core"],
    ["web", "@undersigned/dealings"],
    ["web", "@undersigned/clean"],
    ["web", "@undersigned/clean/pdf"],
    ["web", "@undersigned/clean/html"],
    ["desk", "@undersigned/clean/html"],
    ["desk", "@undersigned/clean/pdf"],
    ["web", "@undersigned/messages/node"],
    ["web", "@undersigned/mail/answer"],
    ["paper", "@undersigned/messages/node"],
    ["paper", "@undersigned/verify"],
    ["paper", "@undersigned/share/qr"],
    ["share", "@undersigned/core"],
    ["web", "@undersigned/share"],
    ["web/src/islands", "@undersigned/share/qr"],
    ["web/src/islands", "@undersigned/messages"],
    ["client", "@undersigned/mail"],
    ["follow", "@undersigned/verify"],
    ["follow", "@undersigned/service"],
    ["desk", "@undersigned/board"],
    ["desk", "@undersigned/mail/answer"],
    ["registrar", "@undersigned/service/mail-server"],
  ])("while %s importing %s is accepted", (folder, specifier) => {
    expect(lint(folder, `export * from "${specifier}";\n`)).toBe("accepted");
  });
});
