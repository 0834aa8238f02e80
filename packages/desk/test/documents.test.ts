/** Drafts that several organisers write in at once: nothing that was answered as saved is lost. */
import { encodeBase64url, fieldText, randomBytes } from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requireDocument } from "../src/model/documents.ts";
import { readFields, saveFields } from "../src/model/fields.ts";
import { Desks, type Member, outcome, randomId } from "./kit.ts";

const newLetter = (id: string) => ({ id, kind: "letter" as const, workforce: null, replaces: null });
const change = (name: string, base: number, value: unknown) => ({ name, base, value: fieldText(value) });
const save = (member: Member, id: string, ...changes: ReturnType<typeof change>[]) =>
  member.act("document-save", { id, changes });

async function twoWriters() {
  const desks = await Desks.start();
  const owner = await desks.owner();
  const editor = await desks.invited(owner, "editor", "Editor");
  const id = randomId();
  await owner.act("document-new", newLetter(id));
  return { desks, owner, editor, id };
}

describe("a document", () => {
  it("keeps what two people write in different fields", async () => {
    const { owner, editor, id } = await twoWriters();
    await save(owner, id, change("title", 0, "A title"));
    await save(editor, id, change("body", 0, "A text"));
    const { fields, summary } = await owner.act("document-read", { id });
    expect(fields.map(({ name, value, version, by }) => [name, value, version, by])).toEqual([
      ["body", '"A text"', 1, "Editor"],
      ["title", '"A title"', 1, "Owner"],
    ]);
    expect(summary).toMatchObject({ state: "draft", title: "A title", day: "2026-03-01" });
  });

  it("changes nothing where one of several changes meets another's, and shows what stands there", async () => {
    const { owner, editor, id } = await twoWriters();
    await save(owner, id, change("title", 0, "First"));
    const met = await save(editor, id, change("body", 0, "Mine"), change("title", 0, "Second"));
    expect(met.saved).toEqual([]);
    expect(met.conflicts).toMatchObject([{ name: "title", value: '"First"', version: 1, by: "Owner" }]);
    expect((await owner.act("document-read", { id })).fields).toHaveLength(1);
    expect((await save(editor, id, change("title", 1, "Second"))).saved).toEqual([
      { name: "title", version: 2 },
    ]);
  });

  it("answers a save that comes again because its answer was lost as saved, once", async () => {
    const { owner, id } = await twoWriters();
    const first = await save(owner, id, change("title", 0, "A"));
    expect(await save(owner, id, change("title", 0, "A"))).toEqual(first);
    expect((await owner.act("document-read", { id })).fields).toMatchObject([{ version: 1 }]);
  });

  it("names its writers of a day once in the list of acts", async () => {
    const { owner, editor, id } = await twoWriters();
    for (const title of ["A", "B", "C"]) {
      const { fields } = await owner.act("document-read", { id });
      await save(owner, id, change("title", fields[0]?.version ?? 0, title));
    }
    await save(editor, id, change("body", 0, "x"));
    const { entries } = await owner.act("entries", { before: null });
    expect(entries.filter(({ act }) => act === "document-save").map(({ alias }) => alias)).toEqual([
      "Editor",
      "Owner",
    ]);
  });

  it("begins once, and ends for good", async () => {
    const { owner, id } = await twoWriters();
    await owner.act("document-new", newLetter(id));
    expect((await owner.act("documents", {})).documents).toHaveLength(1);
    const other = await owner.try("document-new", { ...newLetter(id), kind: "workforce" });
    expect(outcome(other)).toBe("document-taken");
    await owner.act("document-discard", { id });
    await owner.act("document-discard", { id });
    expect(outcome(await owner.try("document-read", { id }))).toBe("document-unknown");
  });

  it("refuses fields of another kind, values of another shape, and more than it has room for", async () => {
    const { owner, id } = await twoWriters();
    const attempt = async (...changes: ReturnType<typeof change>[]) =>
      outcome(await owner.try("document-save", { id, changes }));
    expect(await attempt(change("employer", 0, "x"))).toBe("unknown-field");
    expect(await attempt(change("title", 0, 7))).toBe("bad-field");
    const long = "x".repeat(19_000);
    const claims = Array.from({ length: 110 }, (_, i) =>
      change(`claim:c${String(i).padStart(3, "0")}`, 0, { text: long, sources: [] }),
    );
    expect(await attempt(...claims)).toBe("document-too-large");
    expect((await owner.act("document-read", { id })).fields).toEqual([]);
  });

  it("takes whatever somebody pastes", async () => {
    const { owner, id } = await twoWriters();
    await save(owner, id, change("body", 0, "\u202e\u0000\u200bcafe\u0301\r\n\ud800"));
    expect((await owner.act("document-read", { id })).fields[0]?.value).toBe(
      JSON.stringify("\u202e\u0000\u200bcaf\u00e9\n\ufffd"),
    );
  });

  it("is not for moderators, and not for somebody who was removed", async () => {
    const { desks, owner, editor, id } = await twoWriters();
    const moderator = await desks.invited(owner, "moderator", "Moderator");
    expect(outcome(await moderator.try("document-read", { id }))).toBe("not-allowed");
    await owner.act("remove-organiser", { id: editor.id });
    expect(outcome(await editor.try("document-save", { id, changes: [change("title", 0, "x")] }))).toBe(
      "session-over",
    );
  });
});

eachDatabase("two saves at the same moment", (database) => {
  it("are one that is saved and one that is shown what stands there", async () => {
    const desks = await Desks.start(await database.freshUrl());
    const owner = await desks.owner();
    const editor = await desks.invited(owner, "editor", "Editor");
    const id = randomId();
    await owner.act("document-new", newLetter(id));
    for (let base = 0; base < 5; base++) {
      const answers = await Promise.all([
        save(owner, id, change("title", base, `Owner ${base}`)),
        save(editor, id, change("title", base, `Editor ${base}`)),
      ]);
      const [saved, shown] = answers.toSorted((a, b) => a.conflicts.length - b.conflicts.length);
      expect(saved?.saved).toEqual([{ name: "title", version: base + 1 }]);
      const winner = answers[0] === saved ? "Owner" : "Editor";
      expect(shown?.conflicts).toMatchObject([
        { value: `"${winner} ${base}"`, version: base + 1, by: winner },
      ]);
    }
  });
});

describe("two writers in any order", () => {
  const names = ["title", "body", "delivery"] as const;
  const step = fc.record({
    writer: fc.constantFrom(0, 1),
    does: fc.constantFrom("read", "write", "write", "repeat"),
    fields: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
  });

  it("overwrite nothing that they have not seen, and lose nothing that was answered as saved", {
    timeout: 60_000,
  }, async () => {
    const { desks, id } = await twoWriters();
    const { desk } = desks;
    const document = await requireDocument(desk, desk.database.db, id);
    const inDocument = () => desk.database.transaction((trx) => readFields(desk, trx, id));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        /** What each writer believes to stand there: values and versions. */
        const seen: Map<string, { value: string; version: number }>[] = [new Map(), new Map()];
        const last: ReturnType<typeof change>[][] = [[], []];
        let truth = new Map((await inDocument()).map(({ name, value }) => [name, value]));
        for (const { writer, does, fields } of steps) {
          const mine = seen[writer]!;
          if (does === "read") {
            for (const field of await inDocument()) mine.set(field.name, field);
            continue;
          }
          const isNew = does === "write";
          const changes = isNew
            ? fields
                .toSorted()
                .map((name) => change(name, mine.get(name)?.version ?? 0, encodeBase64url(randomBytes(9))))
            : last[writer]!;
          if (changes.length === 0) continue;
          const { saved, conflicts } = await desk.database.transaction((trx) =>
            saveFields(desk, trx, document, changes, `W${writer}`),
          );
          expect(saved.length === 0).not.toBe(conflicts.length === 0);
          if (isNew && saved.length > 0) {
            // What is replaced is what its writer had before their eyes.
            for (const { name } of changes)
              if (truth.has(name)) expect(mine.get(name)?.value).toBe(truth.get(name));
          }
          if (saved.length > 0) {
            last[writer] = changes;
            truth = new Map([...truth, ...changes.map(({ name, value }) => [name, value] as const)]);
            for (const { name, version } of saved) mine.set(name, { value: truth.get(name)!, version });
          }
          for (const field of conflicts) {
            expect(field.value).toBe(truth.get(field.name));
          }
          expect(new Map((await inDocument()).map(({ name, value }) => [name, value]))).toEqual(truth);
        }
      }),
      { numRuns: 20 },
    );
  });
});
