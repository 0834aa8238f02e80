/** Rows at rest: what is sealed for one place opens there and nowhere else, and shows nothing but its rough length. */
import { randomBytes, shape } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSealer } from "../src/storage/sealed-rows.ts";

const keyOf = (seed: string) => (purpose: string) =>
  Buffer.from(`${seed}/${purpose}`.padEnd(32, ".").slice(-32));
const note = shape.object({ text: shape.text(0, 5000) });
const damaged = expect.objectContaining({ code: "desk-damaged" });

describe("a sealed row", () => {
  it("opens as it was sealed, and is a multiple of 256 and 28 bytes long", () => {
    const sealer = createSealer(keyOf("board"));
    fc.assert(
      fc.property(
        fc.string({ maxLength: 900 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (any, id) => {
          const text = any.normalize("NFC").replaceAll(/[^ -~]/g, "x");
          const sealed = sealer.seal("rows", id, { text });
          expect(sealer.open("rows", id, sealed, note)).toEqual({ text });
          expect((sealed.length - 28) % 256).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("moved to another row or table, of another board, cut, or changed in any byte is refused", () => {
    const sealer = createSealer(keyOf("board"));
    const id = randomBytes(16);
    const sealed = sealer.seal("rows", id, { text: "a draft" });
    const attempts = [
      () => sealer.open("rows", randomBytes(16), sealed, note),
      () => sealer.open("others", id, sealed, note),
      () => createSealer(keyOf("elsewhere")).open("rows", id, sealed, note),
      () => sealer.open("rows", id, sealed.subarray(0, -1), note),
      () => sealer.open("rows", id, new Uint8Array(), note),
      ...[...sealed.keys()].map((at) => () => {
        const changed = Uint8Array.from(sealed);
        changed[at]! ^= 1;
        return sealer.open("rows", id, changed, note);
      }),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(damaged);
  });
});
