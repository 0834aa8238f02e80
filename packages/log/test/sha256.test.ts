import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 as nodeSha256 } from "../src/sha256-node.ts";
import { sha256 as webSha256 } from "../src/sha256-web.ts";
import { fromHex } from "./support.ts";

test("both SHA-256 engines give the digest of FIPS 180-4 for abc", () => {
  const abc = fromHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(nodeSha256(new TextEncoder().encode("abc"))).toStrictEqual(abc);
  expect(webSha256(new TextEncoder().encode("abc"))).toStrictEqual(abc);
});

test("both SHA-256 engines agree on any input and return plain byte arrays", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
      expect(nodeSha256(data)).toStrictEqual(webSha256(data));
      expect(nodeSha256(data).constructor).toBe(Uint8Array);
    }),
  );
});
