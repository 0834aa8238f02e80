import {
  encodeCanonical,
  type JsonValue,
  type LetterManifest,
  letterId,
  nameOf,
  parseLetterManifest,
  sha256,
  signerFromSeed,
  signObject,
  utf8Encode,
} from "@undersigned/core";
import { sayIn } from "@undersigned/messages/node";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { letterManifest as sample } from "../../../client/test/kit.ts";
import { wordDifference } from "../../src/server/changes/word-difference.ts";
import { fieldWords } from "../../src/server/words/letter-fields.ts";
import { changedParts, partsCompared } from "../../src/shared/letter-changes.ts";
import { attribute, LogBuilder, openedLog, readPage, serverOf, siteOf, textIn } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

async function visit(log: LogBuilder, path: string) {
  const { site } = await siteOf(log, "2026-03-10");
  const answer = await serverOf(site).inject(path);
  return { answer, page: readPage(answer.body) };
}

function address(log: LogBuilder, letter: string, more = ""): string {
  return `/w/${log.workforce}/letters/${letter}${more}`;
}

const DEMAND = { id: "stop", title: "Stop it", text: "Stop it this year.", met: "It is stopped." };
const SOURCE = { title: "A", publisher: "B", day: null, url: "https://example.com/", quote: "", copy: null };

/** A letter, and one that replaces it. */
function twoVersions(change: (letter: { -readonly [K in keyof LetterManifest]: LetterManifest[K] }) => void) {
  const { log, letter: old } = openedLog(
    {},
    {
      title: "Stop the old way",
      manifest: (letter) => {
        letter.body = "We ask you to stop.\n\nWe mean it.";
        letter.demands = [{ ...DEMAND }];
      },
    },
  );
  const fresh = log.addLetter({
    title: "Stop the old way",
    manifest: (letter) => {
      letter.body = "We ask you to stop.\n\nWe mean it.";
      letter.demands = [{ ...DEMAND }];
      letter.replaces = old.letter;
      change(letter as never);
    },
  });
  return { log, old: old.letter, fresh: fresh.letter };
}

describe("the difference of two texts", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc
      .array(fc.constantFrom("one", "two", " ", "\n", ", ", "العدد", "ไทย", "数"), { maxLength: 40 })
      .map((all) => all.join("")),
  );

  test("gives the old text without what is new, and the new one without what is gone", () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom("en", "ar", "th", "x"), (before, after, language) => {
        const pieces = wordDifference(before, after, language);
        const without = (left: string) =>
          pieces
            .filter(({ is }) => is !== left)
            .map((one) => one.text)
            .join("");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
      }),
    );
  });

  test("changes whole words, and says what is gone before what is new", () => {
    expect(wordDifference("We ask you to stop.", "We urge you to stop.", "en")).toEqual([
      { is: "same", text: "We " },
      { is: "removed", text: "ask" },
      { is: "added", text: "urge" },
      { is: "same", text: " you to stop." },
    ]);
  });

  test("does not cut joined letters", () => {
    const [, removed, added] = wordDifference("نطالب بالعدد", "نطالب بالعدل", "ar");
    expect([removed?.text, added?.text]).toEqual(["بالعدد", "بالعدل"]);
  });

  test("takes bounded work on texts that are made to be hard to compare", () => {
    const [before, after] = ["ab ".repeat(30_000), "ba ".repeat(30_000)];
    expect(wordDifference(before, after, "en").map(({ is }) => is)).toEqual(["removed", "added"]);
  });
});

describe("the parts of a letter", () => {
  /** Every field that says something, each changed alone. */
  const changes: Partial<Record<keyof LetterManifest, Partial<LetterManifest>>> = {
    language: { language: "fr" },
    title: { title: "Other" },
    addressee: { addressee: { ...sample.addressee, mailbox: "office@example.com" } },
    body: { body: "Other" },
    demands: { demands: [...sample.demands, { ...DEMAND, id: "new" }] },
    supplement: { supplement: { title: "S", claims: [{ id: "c", text: "T", sources: [SOURCE] }] } },
    appearances: { appearances: ["role"] },
    names: { names: sample.names === "any" ? "confirmed" : "any" },
    opens: { opens: "2020-01-01" },
    closes: { closes: "2039-01-01" },
    delivers: { delivers: "2039-01-02" },
    delivery: { delivery: "Other" },
    batch: { batch: { ...sample.batch, first: sample.batch.first + 1 } },
    organisers: { organisers: ["A".repeat(43)] },
  };
  /** Says which letter it is, and nothing to a reader. */
  const silent = ["type", "v", "workforce", "salt", "replaces"];

  test("hold every field, so that nothing changes unseen", () => {
    expect(Object.keys(sample).sort()).toEqual([...Object.keys(changes), ...silent].sort());
    for (const [field, change] of Object.entries(changes)) {
      expect(changedParts(sample, { ...sample, ...change }), field).not.toEqual([]);
    }
    expect(changedParts(sample, { ...sample, salt: "B".repeat(43) })).toEqual([]);
  });

  test("hold a demand that is gone, a new one, a changed one, and their order", () => {
    const demand = (id: string, text = id) => ({ ...DEMAND, id, text });
    const before = { ...sample, demands: [demand("a"), demand("b"), demand("c")] };
    const after = { ...sample, demands: [demand("c"), demand("a", "other"), demand("d")] };
    const found = partsCompared(fieldWords(sayIn("en")), before, after).filter(
      ({ of }) => of === "demand" || of === "order",
    );
    expect(found.map(({ of, id }) => `${of} ${id}`)).toEqual([
      "demand c",
      "demand a",
      "demand b",
      "demand d",
      "order demand",
      "order claim",
    ]);
    const changed = changedParts(before, after);
    expect(changed.map(({ id, before: b, after: a }) => [id, b === "", a === ""])).toEqual([
      ["a", false, false],
      ["b", false, true],
      ["d", true, false],
      ["demand", false, false],
    ]);
  });

  test("hold each word of a source, such as one quoted otherwise", () => {
    const supplement = (quote: string) => ({
      title: "S",
      claims: [{ id: "c", text: "T", sources: [{ ...SOURCE, quote }] }],
    });
    const [part] = changedParts(
      { ...sample, supplement: supplement("never") },
      { ...sample, supplement: supplement("seldom") },
    );
    expect(part).toMatchObject({ of: "claim", id: "c" });
  });
});

describe("the page of what has changed", () => {
  test("marks the words, without a script, and names what is as it was", async () => {
    const { log, fresh } = twoVersions((letter) => {
      letter.body = "We urge you to stop.\n\nWe mean it.";
      letter.demands = [{ ...DEMAND, met: "It is over." }];
    });
    const { page, answer } = await visit(log, address(log, fresh, "/changes"));
    expect(answer.statusCode).toBe(200);
    expect(dangersIn(page)).toEqual([]);
    expect(page.tags("script")).toEqual([]);
    expect(page.tags("del").map(textIn)).toEqual(["struck through", "(gone: ask)", "(gone: stopped)"]);
    expect(page.tags("ins").map(textIn)).toEqual(["underlined", "(new: urge)", "(new: over)"]);
    expect(page.text).toContain("What differs: its text and 1 demand.");
    const unchanged = page
      .tags("section")
      .find((section) => attribute(section, "aria-labelledby") === "unchanged");
    expect(textIn(unchanged!)).toContain("Title");
    expect(textIn(unchanged!)).not.toContain("Demand");
  });

  test("is set in the new text's direction", async () => {
    const { log, fresh } = twoVersions((letter) => {
      letter.language = "ar";
      letter.body = "نطالب بالعدل.";
    });
    const { page } = await visit(log, address(log, fresh, "/changes"));
    const body = page.classes("changed").find((element) => textIn(element).includes("نطالب"))!;
    expect([attribute(body, "lang"), attribute(body, "dir")]).toEqual(["ar", "rtl"]);
  });

  test("is of letters that replace one in this log alone, with both texts public", async () => {
    const { log, old } = twoVersions(() => undefined);
    expect((await visit(log, address(log, old, "/changes"))).answer.statusCode).toBe(404);
    const nowhere = log.addLetter({ manifest: (letter) => (letter.replaces = "A".repeat(43)) });
    expect((await visit(log, address(log, nowhere.letter, "/changes"))).answer.statusCode).toBe(404);
    const secret = log.addLetter({ public: false, manifest: (letter) => (letter.replaces = old) });
    expect((await visit(log, address(log, secret.letter, "/changes"))).answer.statusCode).toBe(404);
    const { log: unlisted, letter } = openedLog({}, { public: false });
    const after = unlisted.addLetter({ manifest: (text) => (text.replaces = letter.letter) });
    expect((await visit(unlisted, address(unlisted, after.letter, "/changes"))).answer.statusCode).toBe(404);
    const { page } = await visit(unlisted, address(unlisted, after.letter));
    expect(page.text).toContain("This is a new version of an earlier letter");
    expect(page.text).not.toContain("What has changed");
  });
});

describe("a letter's page", () => {
  test("names the newer version, and the newer one the older", async () => {
    const { log, old, fresh } = twoVersions((letter) => {
      letter.title = "Stop it now";
    });
    const before = (await visit(log, address(log, old))).page;
    expect(before.text).toContain("The organisers have opened a newer version of this letter: Stop it now.");
    const links = before.tags("a").map((link) => attribute(link, "href"));
    expect(links).toContain(address(log, fresh));
    expect(links).toContain(address(log, fresh, "/changes"));
    const after = (await visit(log, address(log, fresh))).page;
    expect(after.text).toContain("This is a new version of an earlier letter: Stop the old way.");
    expect(after.text).toContain("Nobody's signature came over by itself");
  });

  test("does not call a letter the organisers' that another key has opened", async () => {
    const other = signerFromSeed(sha256(utf8Encode("another opener")));
    const log = new LogBuilder({
      registrars: 1,
      quorum: 1,
      manifest: (manifest) => {
        manifest.openers = [...manifest.openers, other.publicKey].sort();
      },
    });
    log.addEpoch();
    const { letter, leaf } = log.addLetter();
    const text = parseLetterManifest(log.documents.get(`manifests/${letter}.json`)!);
    const file = encodeCanonical({ ...text, title: "Not theirs", replaces: letter } as unknown as JsonValue);
    log.documents.set(`manifests/${letterId(file)}.json`, file);
    const { sig: _, ...unsigned } = leaf;
    const place = { letter: letterId(file), slot: 1, previous: nameOf(leaf as never), by: other.publicKey };
    log.appendLetter(signObject({ ...unsigned, ...place }, other));
    const { page } = await visit(log, address(log, letter));
    expect(page.text).toContain("Somebody else who may open letters here has opened one");
    expect(page.text).not.toContain("The organisers have opened");
  });

  test("says nothing of versions where no public letter replaces it", async () => {
    const { log, letter } = openedLog();
    log.addLetter({ public: false, manifest: (text) => (text.replaces = letter.letter) });
    const { page } = await visit(log, address(log, letter.letter));
    expect(page.text).not.toMatch(/newer version|replaces? /);
  });
});
