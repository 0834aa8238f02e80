import decodeQR from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { MAX_QR_BYTES, qrSvg } from "../src/qr.ts";

/** The modules as a scanner's camera would have them, 6 pixels each, read by a decoder. */
function scan(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]);
  const scale = 6;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let row = 0; row < scale; row++) {
      for (let column = 0; column < Number(run) * scale; column++) {
        const at = ((Number(y) * scale + row) * width + Number(x) * scale + column) * 4;
        data.set([0, 0, 0], at);
      }
    }
  }
  return decodeQR({ width, height: width, data });
}

const LINK = `https://letters.example.com/w/${"a".repeat(43)}/letters/${"b".repeat(43)}#${"a".repeat(43)}.u${"c".repeat(43)}`;

describe("a QR code", () => {
  it.each(["low", "medium"] as const)("leads to the letter, with %s correction", (correction) => {
    expect(scan(qrSvg(LINK, correction))).toBe(LINK);
  });

  it("holds the longest address that a poster takes", () => {
    const long = `https://letters.example.com/${"x".repeat(MAX_QR_BYTES - 28)}`;
    expect(scan(qrSvg(long))).toBe(long);
  });

  it("has a quiet zone of four modules on each side", () => {
    const svg = qrSvg("https://letters.example.com/");
    const size = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]);
    const runs = [...svg.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(
      ([, x, y, run]) => [Number(x), Number(y), Number(run)] as const,
    );
    expect(Math.min(...runs.map(([x, y]) => Math.min(x, y)))).toBe(4);
    expect(Math.max(...runs.map(([x, y, run]) => Math.max(x + run, y + 1)))).toBe(size - 4);
  });
});
