/** What gives somebody away is found in every field of a letter, and one press takes it out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanedField, foundInDraft, foundInField } from "../../../src/islands/desk/letters/findings.ts";

const HIDDEN = "So\u200bme";
const TRACKED = "https://example.com/a?utm_source=mail&b=1";

describe("findings", () => {
  test("come from every text in a field, each kind once with its number", () => {
    const value = { text: HIDDEN, sources: [{ title: HIDDEN, url: TRACKED, day: "2026-01-01", copy: null }] };
    const found = foundInField("claim:a", value);
    expect(found.map(({ kind, count }) => [kind, count])).toEqual(
      expect.arrayContaining([
        ["invisible", 2],
        ["tracked-link", 1],
      ]),
    );
    expect(found).toHaveLength(2);
  });

  test("are taken out of all of them, and nothing else is touched", () => {
    const value = { text: HIDDEN, sources: [{ title: "A", url: TRACKED, copy: null }], count: 3 };
    expect(cleanedField("claim:a", value)).toEqual({
      text: "Some",
      sources: [{ title: "A", url: "https://example.com/a?b=1", copy: null }],
      count: 3,
    });
  });

  test("leave the addressee's mailbox alone, which is meant to be read", () => {
    const addressee = { name: "The board", organisation: "Example", mailbox: "office@example.com" };
    expect(foundInField("addressee", addressee)).toEqual([]);
    expect(foundInField("body", "Write to office@example.com").map(({ kind }) => kind)).toEqual([
      "mail-address",
    ]);
  });

  test("name only fields that have some", () => {
    const fields = new Map<string, string>([
      ["title", "Plain"],
      ["body", HIDDEN],
    ]);
    expect(foundInDraft(fields).map(({ field }) => field)).toEqual(["body"]);
  });

  test("that can be mended are gone after one cleaning, whatever the text", () => {
    const part = fc.constantFrom(HIDDEN, TRACKED, "plain ", "\u00ad", "\u202e", "<b>", "е", "a", "\n");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const cleaned = cleanedField("body", parts.join(""));
        expect(foundInField("body", cleaned).filter(({ mends }) => mends)).toEqual([]);
      }),
    );
  });
});
