/** The document's data from a whole log with real signatures, and what a log must have to get a document. */
import { createLinkKey, encodeCanonical, type JsonValue, sealLetter } from "@undersigned/core";
import { bundleSource, makeBundle, unlistedPath } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { LogBuilder } from "../../../test/kit/log-builder.ts";
import { editJson, memorySource, type PublicFiles } from "../../../test/kit/public-files.ts";
import { gatherLetterDocument, makeLetterDocument } from "../src/index.ts";

const NAMES = { pattern: "{given}{family}{n}", order: "given-family" } as const;
const given = (name: string, role: string | null = null) =>
  ({ kind: "named", name, confirmed: null, role, place: null }) as const;

/** Seven with a mailbox: three names, two roles, two anonymous; two vouched for; closed. */
async function closedLog() {
  const log = new LogBuilder({ names: NAMES, vouching: 1 });
  log.addEpoch();
  const letter = log.addLetter({ title: "A letter to hand over" });
  log.addBatch("2026-03-03", [
    log.endorse(letter, 0, { appearance: given("Zoe Sample", "Nurse") }),
    log.endorse(letter, 1, { appearance: log.confirmed(letter, 1, "Émile Example") }),
    log.endorse(letter, 2, { appearance: log.confirmed(letter, 2, "Ana Example") }),
    log.endorse(letter, 3, { appearance: { kind: "role", role: "Engineer", place: "Lagos" } }),
    log.endorse(letter, 4, { appearance: { kind: "role", role: "Engineer", place: "Lagos" } }),
    log.endorse(letter, 5),
    log.endorse(letter, 6),
    log.endorse(letter, 7, { class: "vouched", appearance: given("Vouched Sample") }),
    log.endorse(letter, 8, { class: "vouched" }),
  ]);
  log.close(letter, "2026-05-01");
  return { log, letter, files: await log.files() };
}

const of = ({ log, letter }: Awaited<ReturnType<typeof closedLog>>) => ({
  workforce: log.workforce,
  letter: letter.letter,
});

async function refusal(files: PublicFiles, place: { workforce: string; letter: string }): Promise<string> {
  return gatherLetterDocument(memorySource(files), place).then(
    () => "taken",
    (error: { code: string }) => error.code,
  );
}

describe("what a document is made of", () => {
  it("is what the recount shows: names by kind and class, each in its order", async () => {
    const closed = await closedLog();
    const data = await gatherLetterDocument(memorySource(closed.files), of(closed));
    expect(data.signatories).toEqual({
      mailbox: {
        confirmed: [
          { name: "Ana Example", role: null, place: null },
          { name: "Émile Example", role: null, place: null },
        ],
        given: [{ name: "Zoe Sample", role: "Nurse", place: null }],
        roles: [{ role: "Engineer", place: "Lagos", count: 2 }],
        hidden: [],
        anonymous: 2,
      },
      vouched: {
        confirmed: [],
        given: [{ name: "Vouched Sample", role: null, place: null }],
        roles: [],
        hidden: [],
        anonymous: 1,
      },
    });
    expect(data.tally).toMatchObject({
      counted: { mailbox: 7, vouched: 2 },
      days: { first: "2026-03-03", last: "2026-03-03" },
      closing: { day: "2026-05-01", outcome: "closed" },
      employer: "Example Works",
    });
    expect(data.checkpoint.size).toBe(closed.log.entries.length);
  });

  it("makes the same bytes from the files and from a bundle of them", async () => {
    const closed = await closedLog();
    const bundle = await makeBundle(memorySource(closed.files), closed.log.workforce);
    const [fromFiles, fromBundle] = await Promise.all(
      [memorySource(closed.files), bundleSource(bundle)].map((source) =>
        gatherLetterDocument(source, of(closed)),
      ),
    );
    expect(fromBundle).toEqual(fromFiles);
    expect(makeLetterDocument(fromBundle!).sha256).toBe(makeLetterDocument(fromFiles!).sha256);
  });

  it("leaves out what a signatory has taken back, and counts it as anonymous", async () => {
    const closed = await closedLog();
    const erased = new Map(closed.files);
    editJson(erased, `openings/${closed.letter.letter}/0.json`, (page) => {
      const entries = page.entries as { opening: { appearance: { name?: string } } }[];
      page.entries = entries.filter(({ opening }) => opening.appearance.name !== "Ana Example") as never;
    });
    const { mailbox } = (await gatherLetterDocument(memorySource(erased), of(closed))).signatories;
    expect(mailbox.confirmed.map(({ name }) => name)).toEqual(["Émile Example"]);
    expect(mailbox.anonymous).toBe(3);
  });
});

describe("no document is made", () => {
  it("of a log with anything wrong in it", async () => {
    const closed = await closedLog();
    const forged = new Map(closed.files);
    editJson(forged, `openings/${closed.letter.letter}/0.json`, (page) => {
      const [entry] = page.entries as { opening: { appearance: { name?: string } } }[];
      entry!.opening.appearance.name = "Another Name";
    });
    expect(await refusal(forged, of(closed))).toBe("recount-failed");
  });

  it("of a letter that is not in the log", async () => {
    const closed = await closedLog();
    expect(await refusal(closed.files, { ...of(closed), letter: "A".repeat(43) })).toBe("letter-unknown");
  });

  it("where pages of what signatories show are missing", async () => {
    const closed = await closedLog();
    const partly = new Map(closed.files);
    partly.delete(`openings/${closed.letter.letter}/0.json`);
    expect(await refusal(partly, of(closed))).toBe("files-missing");
  });

  it("of a letter whose text is read with its link alone", async () => {
    const closed = await closedLog();
    const unlisted = new Map(closed.files);
    const path = `manifests/${closed.letter.letter}.json`;
    const sealed = await sealLetter(unlisted.get(path)!, createLinkKey(), of(closed));
    unlisted.delete(path);
    unlisted.set(unlistedPath(closed.letter.letter), encodeCanonical(sealed as unknown as JsonValue));
    expect(await refusal(unlisted, of(closed))).toBe("letter-not-public");
  });

  it("of a letter that has no number yet", async () => {
    const log = new LogBuilder();
    log.addEpoch();
    const letter = log.addLetter();
    const place = { workforce: log.workforce, letter: letter.letter };
    expect(await refusal(await log.files(), place)).toBe("no-number");
  });
});
