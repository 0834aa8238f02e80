/** Bundles: whole, the same from the same files, and made of nothing that does not fit together. */
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { bundleSource, makeBundle, recount } from "../src/index.ts";
import {
  CLOSING_DAY,
  editBundle,
  editJson,
  endorsements,
  failures,
  memorySource,
  openedLog,
  type PublicFiles,
} from "./helpers.ts";

async function closedLog() {
  const { log, letter } = openedLog({ witnesses: 1 });
  log.addBatch("2026-03-03", [
    ...endorsements(log, letter, 300),
    log.endorse(letter, 900, {
      appearance: { kind: "named", name: "Zoë Example", confirmed: null, role: null, place: null },
    }),
  ]);
  log.close(letter, CLOSING_DAY);
  return { log, letter, files: await log.files() };
}

const bundle = (files: PublicFiles, workforce: string) => makeBundle(memorySource(files), workforce);

describe("a bundle", () => {
  it("holds all public files under their paths, and a README that says how to check it", async () => {
    const { log, files } = await closedLog();
    const unzipped = unzipSync(await bundle(files, log.workforce));
    expect(Object.keys(unzipped).sort()).toEqual([...files.keys(), "README.txt"].sort());
    for (const [path, file] of files) expect(Buffer.from(unzipped[path]!).equals(file), path).toBe(true);
    const readme = new TextDecoder().decode(unzipped["README.txt"]);
    for (const part of [
      "Example Works",
      log.workforce,
      "Letter 1",
      `Leaves:     ${log.entries.length}`,
      "undersigned verify",
    ]) {
      expect(readme).toContain(part);
    }
  });

  it("gives the same report as the files that it was made of", async () => {
    const { log, files } = await closedLog();
    const { workforce } = log;
    const report = await recount(bundleSource(await bundle(files, workforce)), { workforce });
    expect(report).toEqual(await recount(memorySource(files), { workforce }));
    expect(report.ok).toBe(true);
  });

  it("is the same, byte for byte, whatever the order of files and the clock's zone", async () => {
    const { log, files } = await closedLog();
    const one = await bundle(files, log.workforce);
    const zone = process.env.TZ;
    process.env.TZ = "Pacific/Kiritimati";
    try {
      const other = await bundle(new Map([...files].reverse()), log.workforce);
      expect(Buffer.from(other).equals(one)).toBe(true);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("is the one of its checkpoint, even where the log has grown since", async () => {
    const { log, letter } = openedLog();
    log.addBatch("2026-03-03", endorsements(log, letter, 5));
    const checkpoint = await log.checkpoint();
    const early = await log.files();
    early.delete("index.json");
    const expected = await bundle(early, log.workforce);
    log.addBatch("2026-03-04", [
      ...endorsements(log, letter, 300, 5),
      log.revise(letter, 0, { kind: "named", name: "Zoë Example", confirmed: null, role: null, place: null }),
    ]);
    const late = await log.files();
    late.set("checkpoint", checkpoint);
    expect(Buffer.from(await bundle(late, log.workforce)).equals(expected)).toBe(true);
  });

  it("is made of a log that breaks rules too, so that the breach can be shown", async () => {
    const { log, letter } = openedLog();
    log.addBatch("2026-03-03", [
      ...endorsements(log, letter, 3),
      log.endorse(letter, 9, { tokens: { slot: 2 } }),
    ]);
    const { workforce } = log;
    const report = await recount(bundleSource(await bundle(await log.files(), workforce)), { workforce });
    expect(failures(report).some((failure) => failure.startsWith("token-invalid"))).toBe(true);
  });

  it("is not made of files that do not fit together", async () => {
    const { log, letter, files } = await closedLog();
    const statement = `statements/${log.epochs.get(1)!.leaf.statements[0]!.statement}.json`;
    const cases: [string, (changed: PublicFiles) => unknown][] = [
      [
        "leaf-changed",
        (changed) =>
          editBundle(changed, 260, log.entries.length, (entries) => {
            entries[4] = entries[5]!;
            return entries;
          }),
      ],
      ["tiles-inconsistent", (changed) => changed.set("tile/1/000.p/1", new Uint8Array(32))],
      ["file-missing", (changed) => changed.delete(statement)],
      ["file-missing", (changed) => changed.delete("tile/entries/000")],
      [
        "file-missing",
        (changed) => {
          for (const path of files.keys()) if (path.startsWith("tile/")) changed.delete(path);
        },
      ],
      ["file-missing", (changed) => changed.delete("checkpoint")],
      [
        "manifest-mismatch",
        (changed) => editJson(changed, statement, (value) => Object.assign(value, { epoch: 2 })),
      ],
      [
        "manifest-mismatch",
        (changed) =>
          editJson(changed, `manifests/${letter.letter}.json`, (value) =>
            Object.assign(value, { title: "Another" }),
          ),
      ],
    ];
    for (const [code, change] of cases) {
      const changed = new Map(files);
      change(changed);
      await expect(bundle(changed, log.workforce)).rejects.toMatchObject({ code });
    }
  });
});
