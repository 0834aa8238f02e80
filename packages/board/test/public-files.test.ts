/** The public files: what they hold, that every earlier checkpoint stays provable, and what is not there. */
import {
  compareBytes,
  decodeBase64url,
  domainHash,
  encodeBase64url,
  encodeCanonical,
  logOrigin,
  randomBytes,
  verifyEd25519,
} from "@undersigned/core";
import {
  decodeEntries,
  ed25519NoteVerifier,
  entriesPath,
  formatVkey,
  KEY_TYPE_ED25519,
  leafHash,
  openCheckpoint,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  type TileReader,
  tilePath,
  tilesOf,
  verifyConsistency,
  verifyInclusion,
} from "@undersigned/log";
import { eachDatabase } from "@undersigned/service/testing";
import { openingsPage } from "@undersigned/verify";
import { expect, it } from "vitest";
import { readPublicFile } from "../src/public/public-files.ts";
import { bucketBits, bucketOf, signatoriesFile } from "../src/public/signatory-buckets.ts";
import { Kit } from "./kit.ts";

async function openKitCheckpoint(kit: Kit, note: Uint8Array) {
  const logKey = decodeBase64url(kit.keys.logKey, 32);
  const origin = logOrigin(logKey);
  const verifier = ed25519NoteVerifier(
    formatVkey(origin, KEY_TYPE_ED25519, logKey),
    (signature, message, key) => verifyEd25519(key, message, signature),
  );
  return (await openCheckpoint(note, { origin, verifiers: [verifier] })).checkpoint;
}

function reader(kit: Kit): TileReader {
  return async (path) => {
    const bytes = await kit.source().read(path, 1e9);
    if (bytes === null) throw new Error("there is no such file");
    return bytes;
  };
}

eachDatabase("the public files", (database) => {
  const start = async (options = {}) =>
    await Kit.start({ databaseUrl: await database.freshUrl(), ...options });

  it("prove every checkpoint that was ever published, from the tiles as they are now", {
    timeout: 60_000,
  }, async () => {
    const kit = await start();
    const letter = await kit.publish({ days: 30 });
    const notes = [await kit.checkpoint()];
    // Past 256 leaves, so that tiles fill up and a second level begins.
    for (const people of [3, 120, 1, 140, 60]) {
      await kit.endorsed(letter, people);
      await kit.nextDay();
      notes.push(await kit.checkpoint());
    }
    const read = reader(kit);
    const heads = await Promise.all(notes.map((note) => openKitCheckpoint(kit, note)));
    for (const { size, root } of heads) {
      expect(await rootFromTiles(size, read)).toEqual(root);
      const hashes: Uint8Array[] = [];
      for (const { level, index, width } of tilesOf(size)) {
        const tile = await read(tilePath(level, index, width));
        expect(tile.length).toBe(32 * width);
        if (level > 0) continue;
        const entries = decodeEntries(await read(entriesPath(index, width)), width);
        hashes.push(...entries.map((entry) => leafHash(entry)));
        expect(Buffer.concat(hashes.slice(256 * index))).toEqual(Buffer.from(tile));
      }
      expect(hashes).toHaveLength(size);
      const index = size - 1;
      const proof = await proveInclusion(index, size, read);
      expect(verifyInclusion({ leafHash: hashes[index]!, index, size, proof, root })).toBe(true);
    }
    for (const [i, { size, root }] of heads.entries()) {
      if (i === 0) continue;
      const before = heads[i - 1]!;
      const proof = await proveConsistency(before.size, size, read);
      expect(size).toBeGreaterThan(before.size);
      expect(
        verifyConsistency({ size1: before.size, size2: size, root1: before.root, root2: root, proof }),
      ).toBe(true);
    }
    await kit.recounted(notes[1]);
  });

  it("hold nothing beyond the log's size, and nothing at other spellings", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const { size } = await kit.index();
    const read = (path: string) => kit.source().read(path, 1e9);
    for (const path of [
      `tile/0/000.p/${size + 1}`,
      "tile/0/000",
      "tile/0/001",
      "tile/1/000.p/1",
      "tile/0/x000/000.p/1",
      "tile/00/000.p/1",
      "tile/0/0.p/1",
      "tile/0/000.p/0",
      "tile/0/000.p/01",
      "tile/64/000.p/1",
      "tile/0/x999/x999/x999/x999/x999/999",
      `tile/entries/000.p/${size + 1}`,
      "tile/entries/000",
      "tile",
      "tile/0",
      "checkpoint/",
      "checkpoint/x",
      "index.json/",
      "index",
      "",
      "manifests/x.json",
      `manifests/${letter.id}`,
      `manifests/${letter.id}.json/`,
      `statements/${letter.id}.json`,
      `manifests/${encodeBase64url(randomBytes(32))}.json`,
      `openings/${letter.id}/0.json`,
      `openings/${letter.id}/00.json`,
      `openings/x/0.json`,
      `signatories/${letter.id}/1/0.json`,
      `signatories/${letter.id}/0/1.json`,
      `signatories/${letter.id}/00/0.json`,
      `signatories/${letter.id}/0/0`,
      `signatories/${letter.id}/0/-1.json`,
    ]) {
      expect(await read(path), path).toBeNull();
    }
  });

  it("compress entry bundles for whoever takes that, and only whole stored widths", async () => {
    const kit = await start();
    const letter = await kit.publish();
    await kit.endorsed(letter, 5);
    await kit.nextDay();
    const { size } = await kit.index();
    const { db } = kit.board.internals.database;
    const read = (path: string, acceptsGzip: boolean) =>
      readPublicFile(db, kit.workforce, path, { acceptsGzip });
    const plain = await read(entriesPath(0, size), false);
    const zipped = await read(entriesPath(0, size), true);
    const { gunzipSync } = await import("node:zlib");
    expect(zipped?.headers).toEqual({ vary: "accept-encoding", "content-encoding": "gzip" });
    expect(plain?.headers).toEqual({ vary: "accept-encoding" });
    expect(Uint8Array.from(gunzipSync(zipped!.body as Uint8Array))).toEqual(
      Uint8Array.from(plain!.body as Uint8Array),
    );
    const narrower = await read(entriesPath(0, size - 2), true);
    expect(narrower?.headers).toEqual({ vary: "accept-encoding" });
    expect(decodeEntries(narrower!.body as Uint8Array, size - 2)).toHaveLength(size - 2);
  });

  it("may be kept for ever exactly where their name fixes their contents", async () => {
    const kit = await start();
    const letter = await kit.publish({ days: 30 });
    await kit.endorsed(letter, 300);
    await kit.nextDay();
    const { db } = kit.board.internals.database;
    const cacheOf = async (path: string) =>
      (await readPublicFile(db, kit.workforce, path, { acceptsGzip: false }))?.cache;
    const epoch = (await kit.leaves())[1] as { statements: { statement: string }[] };
    expect(await cacheOf("tile/0/000")).toBe("immutable");
    expect(await cacheOf("tile/entries/000")).toBe("immutable");
    expect(await cacheOf(`manifests/${letter.id}.json`)).toBe("immutable");
    expect(await cacheOf(`manifests/${kit.workforce}.json`)).toBe("immutable");
    expect(await cacheOf(`statements/${epoch.statements[0]!.statement}.json`)).toBe("immutable");
    for (const path of [
      "checkpoint",
      "index.json",
      "tile/0/001.p/1",
      "tile/1/000.p/1",
      "tile/entries/001.p/1",
      "tile/0/000.p/7",
      `openings/${letter.id}/0.json`,
      `signatories/${letter.id}/0/0.json`,
    ]) {
      expect(await cacheOf(path), path).toBe("short");
    }
  });

  it("divide keys into the most buckets that have a thousand keys each", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const { db } = kit.board.internals.database;
    const { number, id } = await db.selectFrom("letter").select(["number", "id"]).executeTakeFirstOrThrow();
    const keys = Array.from({ length: 4_700 }, () => randomBytes(32));
    const rows = keys.map((key, i) => ({
      letter: number,
      bucket: bucketOf(key),
      key,
      class: 0,
      chain: randomBytes(64),
      // Every tenth is pending still.
      released: i % 10 === 0 ? null : i % 2,
      head_index: i % 10 === 0 ? null : i,
      ordinal: i % 10 === 0 ? null : i,
      withdrawn: i % 4 === 1 ? 1 : 0,
    }));
    for (let at = 0; at < rows.length; at += 500) {
      await db
        .insertInto("signatory")
        .values(rows.slice(at, at + 500))
        .execute();
    }
    const released = rows.filter((row) => row.released !== null);
    const counts = (bits: number) => {
      const places = released.map(({ bucket }) => Math.floor(bucket / 2 ** (32 - bits)));
      return Array.from({ length: 2 ** bits }, (_, i) => places.filter((place) => place === i).length);
    };
    let expected = 0;
    for (let bits = 1; bits <= 6; bits++) if (counts(bits).every((count) => count >= 1000)) expected = bits;
    expect(expected).toBeGreaterThan(0);
    expect(await bucketBits(db, number, released.length)).toBe(expected);

    const seen: string[] = [];
    for (let bucket = 0; bucket < 2 ** expected; bucket++) {
      const file = await signatoriesFile(db, { number, id, bits: expected }, bucket);
      const { entries, size, ...rest } = JSON.parse(new TextDecoder().decode(file));
      expect(rest).toEqual({ type: "signatories", v: 1, letter: letter.id, bits: expected, bucket });
      expect(size).toBe(3);
      expect(entries.length).toBeGreaterThanOrEqual(1000);
      for (const entry of entries) {
        const key = decodeBase64url(entry.key, 32);
        expect(domainHash("bucket", key)[0]! >> (8 - expected)).toBe(bucket);
        const row = released.find((one) => compareBytes(one.key, key) === 0)!;
        expect(entry).toEqual({
          key: entry.key,
          seq: row.released,
          state: row.withdrawn === 1 ? "withdrawn" : "counted",
          leaf: encodeBase64url(row.chain.subarray(32 * row.released!, 32 * row.released! + 32)),
          index: row.head_index,
        });
      }
      seen.push(...entries.map((entry: { key: string }) => entry.key));
    }
    expect(seen.sort()).toEqual(released.map(({ key }) => encodeBase64url(key)).sort());
  });

  it("never divide so finely that a bucket has under a thousand keys", async () => {
    const kit = await start();
    await kit.publish();
    const { db } = kit.board.internals.database;
    for (const [counts, bits] of [
      [[1000, 1000], 1],
      [[1000, 999], 0],
      [[3000, 999], 0],
      [[1000, 1000, 1000, 1000], 2],
      [[1001, 999, 1000, 1000], 1],
      [[3000, 0, 999, 0], 0],
    ] as const) {
      const rows = counts.flatMap((count, place) =>
        Array.from({ length: count }, (_, i) => ({
          letter: 1,
          bucket: place * (2 ** 32 / counts.length) + i,
          key: randomBytes(32),
          class: 0,
          chain: randomBytes(32),
          released: 0,
          head_index: i,
          ordinal: i,
          withdrawn: 0,
        })),
      );
      await db.deleteFrom("signatory").execute();
      for (let at = 0; at < rows.length; at += 1000) {
        await db
          .insertInto("signatory")
          .values(rows.slice(at, at + 1000))
          .execute();
      }
      expect(await bucketBits(db, 1, rows.length), counts.join(" ")).toBe(bits);
    }
  });

  it("show a thousand endorsements a page, by their place in the log", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const [person] = await kit.endorsed(letter, 1);
    const { db } = kit.board.internals.database;
    const appearance = {
      kind: "named" as const,
      name: "Ann Example",
      confirmed: null,
      role: null,
      place: null,
    };
    const bytes = encodeCanonical(person!.opening(0, appearance));
    await db.updateTable("letter").set({ endorsements: 2000 }).execute();
    const places = [0, 999, 1000, 1999];
    // A revision's leaf comes later than its endorsement's: the page is sorted by leaf, not by place.
    const rows = places.map((ordinal, i) => ({ letter: 1, ordinal, leaf_index: 5000 - i, bytes }));
    await db.insertInto("opening").values(rows).execute();
    for (const [page, indexes] of [
      [0, [4999, 5000]],
      [1, [4997, 4998]],
    ] as const) {
      const file = openingsPage.check((await kit.json(`openings/${letter.id}/${page}.json`)) as never, "");
      expect(file).toMatchObject({ letter: letter.id, page });
      expect(file.entries.map(({ index }) => index)).toEqual(indexes);
    }
    expect(await kit.source().read(`openings/${letter.id}/2.json`, 1e6)).toBeNull();
  });

  it("are refused for a workforce that is not served here", async () => {
    const kit = await start();
    await expect(kit.source(encodeBase64url(randomBytes(32))).read("checkpoint", 1e4)).rejects.toMatchObject({
      code: "workforce-unknown",
    });
  });
});
