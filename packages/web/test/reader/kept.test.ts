/** What is made of all letters of a board is made once, and never shown when it is over. */
import { describe, expect, test } from "vitest";
import { enterChronicle, withhold } from "../../../../test/kit/further-leaves.ts";
import { createKept } from "../../src/server/kept.ts";
import { openedLog, serverOf, siteOf } from "./kit.ts";

const TEXT = "The trial goes on in secret.";
/** Each is made of what is told of all letters. */
const PATHS = ["/feed.atom", "/feed.json", "/fr/feed.atom", "/timeline", "/ar/timeline", "/elsewhere"];

async function board() {
  const { log, letter } = openedLog();
  const by = log.organisers;
  const remark = enterChronicle(log, letter.letter, {
    ...{ day: "2026-03-05", by: by.slice(0, 1) },
    edit: (record) => {
      record.entry = { kind: "remark", text: TEXT, source: null };
    },
  });
  const topics = enterChronicle(log, letter.letter, {
    ...{ day: "2026-03-05", by: by.slice(0, 1) },
    edit: (record) => {
      record.entry = { kind: "topics", topics: [TEXT] };
    },
  });
  const { site, files, asked } = await siteOf(log, "2026-03-10");
  let day = "2026-03-10";
  const server = serverOf({ ...site, day: () => day });
  const get = async (path: string) => (await server.inject(path)).body;
  return {
    ...{ log, letter, remark, topics, files, get },
    passTo(other: string) {
      day = other;
    },
    /** What the log has now. */
    async publish() {
      files.clear();
      for (const [path, bytes] of await log.files()) files.set(path, bytes);
    },
    /** Records that were read since it was last asked. */
    recordsRead: () => asked.splice(0).filter((path) => path.startsWith("records/")).length,
  };
}

describe("what is made of all that is told of a board's letters", () => {
  test("is made once while nothing changes, and reads no record again", async () => {
    const { get, recordsRead } = await board();
    for (const path of PATHS) {
      recordsRead();
      const first = await get(path);
      expect(first, path).toContain(TEXT);
      expect(recordsRead(), path).toBeGreaterThan(0);
      expect(await get(path), path).toBe(first);
      expect(recordsRead(), path).toBe(0);
    }
  });

  test("is made anew for whatever the log says next", async () => {
    const { get, log, letter, topics, publish } = await board();
    for (const path of PATHS) expect(await get(path), path).not.toContain("is found out");
    enterChronicle(log, letter.letter, {
      ...{ day: "2026-03-09", by: log.organisers.slice(0, 1) },
      edit: (record) => {
        record.replaces = topics.record;
        record.entry = { kind: "topics", topics: ["What is found out"] };
      },
    });
    await publish();
    for (const path of PATHS) expect(await get(path), path).toContain("is found out");
  });

  test("quotes nothing any more from the moment that it is withheld, which the log does not tell", async () => {
    const { get, log, remark, topics, publish, files } = await board();
    for (const path of PATHS) expect(await get(path), path).toContain(TEXT);
    const checkpoint = files.get("checkpoint");
    for (const { record } of [remark, topics]) withhold(log, record, "2026-03-10", { evidence: false });
    await publish();
    expect(files.get("checkpoint")).toEqual(checkpoint);
    for (const path of PATHS) expect(await get(path), path).not.toContain(TEXT);
  });

  test("is made anew on another day", async () => {
    const { get, passTo } = await board();
    passTo("2026-03-01");
    for (const path of ["/feed.json", "/timeline"])
      expect(await get(path), path).not.toContain("Signing begins");
    passTo("2026-03-10");
    for (const path of ["/feed.json", "/timeline"]) expect(await get(path), path).toContain("Signing begins");
  });
});

describe("what is kept", () => {
  test("is made once for all who ask at the same time, and anew when one thing is another", async () => {
    const keep = createKept<number>();
    let made = 0;
    const make = async () => ++made;
    const thing = {};
    expect(await Promise.all([keep([thing, 1], make), keep([thing, 1], make)])).toEqual([1, 1]);
    expect(await keep([thing, 2], make)).toBe(2);
    expect(await keep([{}, 2], make)).toBe(3);
    expect(await keep([thing], make)).toBe(4);
    expect(await keep([thing, undefined], make)).toBe(5);
    expect(await keep([thing, undefined], make)).toBe(5);
  });

  test("is no failure: whoever asks next has it made again", async () => {
    const keep = createKept<string>();
    await expect(keep([1], () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await keep([1], async () => "made")).toBe("made");
  });
});
