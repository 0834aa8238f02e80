import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "../src/index.ts";
import { codeOf } from "./support.ts";

test("base64 agrees with another implementation and round-trips", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
      expect(encodeBase64(data)).toBe(Buffer.from(data).toString("base64"));
      expect(decodeBase64(encodeBase64(data))).toStrictEqual(new Uint8Array(data));
    }),
  );
});

test.each([
  ["missing padding", "QQ"],
  ["too little padding", "QQ="],
  ["padding alone", "===="],
  ["three padding characters", "Q==="],
  ["padding in the middle", "QQ==QQ=="],
  ["stray bits before two padding characters", "QR=="],
  ["stray bits before one padding character", "QUJ="],
  ["a line break", "QUJD\nQUJD"],
  ["a space", "QUJ "],
  ["the URL alphabet", "-_-_"],
  ["a letter outside ASCII", "QUJ\u0144"],
])("base64 with %s is refused", async (_, input) => {
  expect(await codeOf(() => decodeBase64(input))).toBe("base64-malformed");
});

test("any text that decodes is the one encoding of its bytes", () => {
  const digit = fc.constantFrom(..."ABQRZabz019+/= ");
  fc.assert(
    fc.property(fc.string({ unit: digit, maxLength: 12 }), (input) => {
      let decoded: Uint8Array;
      try {
        decoded = decodeBase64(input);
      } catch {
        return;
      }
      expect(encodeBase64(decoded)).toBe(input);
    }),
    { numRuns: 2000 },
  );
});
