import { describe, expect, test } from "vitest";
import {
  appendLeaves,
  decodeEntries,
  decodeTile,
  ed25519NoteVerifier,
  encodeEntries,
  entriesPath,
  leafHash,
  openCheckpoint,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  tilePath,
  verifyConsistency,
  verifyInclusion,
} from "../src/index.ts";
import { fromBase64, readerOf, vectors, verifyEd25519 } from "./support.ts";

const VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
const files = new Map(
  Object.entries(vectors<Record<string, string>>("tlog-tessera-testlog/files.json")).map(([path, base64]) => [
    path,
    fromBase64(base64),
  ]),
);
const reader = readerOf(files);
const sizes = Array.from({ length: 16 }, (_, size) => size);
const open = async (name: string) =>
  (
    await openCheckpoint(files.get(name)!, {
      origin: "example.com/log/testdata",
      verifiers: [ed25519NoteVerifier(VKEY, verifyEd25519)],
    })
  ).checkpoint;

describe("a log that Tessera wrote", () => {
  test("has 17 checkpoints, 15 tiles and 15 bundles", () => {
    const count = (start: string) => [...files.keys()].filter((path) => path.startsWith(start)).length;
    expect([count("checkpoint"), count("tile/0/"), count("tile/entries/")]).toEqual([17, 15, 15]);
  });

  test.each(sizes)("signs the root of its tiles at size %d", async (size) => {
    const checkpoint = await open(`checkpoint.${size}`);
    expect(checkpoint.size).toBe(size);
    expect(checkpoint.extensions).toEqual([]);
    expect(await rootFromTiles(size, reader)).toEqual(checkpoint.root);
  });

  test("is published at size 15", async () => {
    expect(await open("checkpoint")).toEqual(await open("checkpoint.15"));
  });

  test.each(sizes.slice(1))("has the leaf hashes of its entries at size %d", (size) => {
    const bundle = files.get(entriesPath(0, size))!;
    const entries = decodeEntries(bundle, size);
    expect(entries.map(leafHash)).toEqual(decodeTile(files.get(tilePath(0, 0, size))!, size));
    expect(encodeEntries(entries)).toEqual(bundle);
  });

  test("is reproduced byte for byte, from every size to every later one", async () => {
    const hashes = decodeEntries(files.get(entriesPath(0, 15))!, 15).map(leafHash);
    for (const from of sizes) {
      for (const to of sizes.slice(from + 1)) {
        const { root } = await open(`checkpoint.${from}`);
        const growth = await appendLeaves({ size: from, leafHashes: hashes.slice(from, to), reader, root });
        expect([...growth.tiles]).toEqual([[tilePath(0, 0, to), files.get(tilePath(0, 0, to))]]);
        expect(growth.root).toEqual((await open(`checkpoint.${to}`)).root);
      }
    }
  });

  test("yields proofs that its signed roots bear out", async () => {
    const hashes = decodeEntries(files.get(entriesPath(0, 15))!, 15).map(leafHash);
    for (const size of sizes.slice(1)) {
      const { root } = await open(`checkpoint.${size}`);
      for (let index = 0; index < size; index++) {
        const proof = await proveInclusion(index, size, reader);
        expect(verifyInclusion({ leafHash: hashes[index]!, index, size, proof, root })).toBe(true);
        const { root: root1 } = await open(`checkpoint.${index + 1}`);
        const path = await proveConsistency(index + 1, size, reader);
        expect(verifyConsistency({ size1: index + 1, size2: size, root1, root2: root, proof: path })).toBe(
          true,
        );
      }
    }
  });
});
