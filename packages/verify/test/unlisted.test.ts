/** Unlisted letters (PROTOCOL §8) and hidden text as a recount, a client and a bundle see them. */
import {
  createLinkKey,
  encodeCanonical,
  type JsonObject,
  type JsonValue,
  type LetterManifest,
  parseCanonical,
  sealLetter,
} from "@undersigned/core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  bundleSource,
  makeBundle,
  manifestPath,
  openingsPath,
  openUnlisted,
  openWorkforce,
  unlistedPath,
} from "../src/index.ts";
import {
  endorsements,
  FIRST_DAY,
  failures,
  LogBuilder,
  memorySource,
  recountFiles,
  smallLog,
} from "./helpers.ts";

describe("an unlisted letter", () => {
  const linkKey = createLinkKey();
  let log: LogBuilder;
  let letter: string;
  let files: Map<string, Uint8Array>;
  let of: { workforce: string; letter: string };

  beforeAll(async () => {
    log = new LogBuilder();
    log.addEpoch();
    let manifest: LetterManifest | null = null;
    const handle = log.addLetter({
      public: false,
      title: "Kept quiet",
      manifest: (made) => {
        manifest = structuredClone(made) as LetterManifest;
      },
    });
    letter = handle.letter;
    of = { workforce: log.workforce, letter };
    log.addBatch(FIRST_DAY, endorsements(log, handle, 3));
    files = new Map(await log.files());
    const file = encodeCanonical(manifest as unknown as JsonValue);
    files.set(unlistedPath(letter), encodeCanonical(await sealLetter(file, linkKey, of)));
  });

  it("is counted, and its text is said not to be public", async () => {
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]).toMatchObject({ title: null, text: "sealed", counted: { mailbox: 3 } });
    expect(report.notChecked.map(({ message }) => message).join("\n")).toContain(
      "it is not public, and is read with the letter's link",
    );
  });

  it("is read with its link, by a recount, by a client and out of a bundle", async () => {
    const linkKeys = new Map([[letter, linkKey]]);
    const bundle = bundleSource(await makeBundle(memorySource(files), log.workforce));
    for (const source of [memorySource(files), bundle]) {
      expect((await openUnlisted(source, of, linkKey)).title).toBe("Kept quiet");
      const view = await openWorkforce(source, log.workforce, { linkKeys });
      expect(view.letters.get(letter)?.manifest?.title).toBe("Kept quiet");
    }
    const report = await recountFiles(files, log, { linkKeys });
    expect(report.letters[0]).toMatchObject({ title: "Kept quiet", text: "opened" });
  });

  it("does not open with a wrong link, and is not signed then", async () => {
    const wrong = createLinkKey();
    await expect(openUnlisted(memorySource(files), of, wrong)).rejects.toMatchObject({ code: "wrong-link" });
    const view = await openWorkforce(memorySource(files), log.workforce, {
      linkKeys: new Map([[letter, wrong]]),
    });
    expect(view.letters.has(letter)).toBe(false);
    expect(view.refusedLetters).toHaveLength(1);
  });

  it("is refused when its sealed file was swapped for another letter's", async () => {
    const swapped = new Map(files);
    const file = parseCanonical(files.get(unlistedPath(letter))!, 100_000) as JsonObject;
    const other = log.salt("another letter");
    swapped.set(unlistedPath(letter), encodeCanonical({ ...file, letter: other }));
    await expect(makeBundle(memorySource(swapped), log.workforce)).rejects.toMatchObject({
      code: "file-malformed",
    });
    swapped.set(unlistedPath(letter), encodeCanonical({ ...file, nonce: "AAAAAAAAAAAAAAAA" }));
    await expect(openUnlisted(memorySource(swapped), of, linkKey)).rejects.toMatchObject({
      code: "wrong-link",
    });
  });

  it("is refused when what was made public is not what was signed", async () => {
    const changed = new Map(files);
    const text = await openUnlisted(memorySource(files), of, linkKey);
    changed.set(manifestPath(letter), encodeCanonical({ ...text, body: "We ask for less." } as JsonValue));
    expect(failures(await recountFiles(changed, log))).toEqual([`manifest-mismatch 2`]);
    changed.set(manifestPath(letter), encodeCanonical(text as unknown as JsonValue));
    const report = await recountFiles(changed, log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]).toMatchObject({ title: "Kept quiet", text: "public" });
  });
});

describe("hidden text", () => {
  const hidden = { day: "2026-03-04", reason: "slur" };

  async function withEntries(change: (indexes: number[]) => JsonValue[]) {
    const { log, letter, batch } = smallLog();
    const withdrawn = log.addBatch("2026-03-04", [log.withdraw(letter, 4)]);
    const files = new Map(await log.files());
    const indexes = [0, 1, 2, 3].map((i) => batch + 1 + i);
    // The withdrawn key's endorsement is one of the five, wherever its hash put it.
    const page = { type: "openings", v: 1, letter: letter.letter, page: 0 };
    files.set(
      openingsPath(letter.letter, 0),
      encodeCanonical({ ...page, entries: change([...indexes, withdrawn + 1]) }),
    );
    return recountFiles(files, log);
  }

  it("is shown as hidden and changes no count", async () => {
    const { log, batch, letter } = smallLog();
    const files = new Map(await log.files());
    const before = (await recountFiles(files, log)).letters[0]!;
    const entries = [{ index: batch + 1, hidden }];
    files.set(
      openingsPath(letter.letter, 0),
      encodeCanonical({ type: "openings", v: 1, letter: letter.letter, page: 0, entries }),
    );
    const report = await recountFiles(files, log);
    expect(failures(report)).toEqual([]);
    expect(report.letters[0]!.counted).toEqual(before.counted);
    expect(report.letters[0]!.appearances.mailbox).toMatchObject({ hidden: 1, anonymousOrErased: 4 });
  });

  it("is refused for a leaf that shows nothing, such as a withdrawal", async () => {
    const report = await withEntries((indexes) => [{ index: indexes.at(-1)!, hidden }]);
    expect(failures(report)).toEqual([expect.stringMatching(/^opening-misplaced /)]);
  });

  it("is refused twice, out of order, with another reason, and beside what it hides", async () => {
    const twice = await withEntries(([, b]) => [
      { index: b!, hidden },
      { index: b!, hidden },
    ]);
    expect(failures(twice)).toContainEqual(expect.stringMatching(/^opening-misplaced /));
    for (const wrong of [
      { index: 1, hidden: { ...hidden, reason: "because" } },
      { index: 1, hidden: { ...hidden, by: "somebody" } },
      { index: 1, hidden, opening: null },
      { index: 1 },
    ]) {
      expect(failures(await withEntries(() => [wrong as JsonValue]))).toEqual(["file-malformed -"]);
    }
  });
});
