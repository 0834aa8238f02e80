/**
 * Work grows with the input and no faster. The limits of a header (64 KiB) hide what a bad pattern costs, so these go round
 * them: on 240,000 bytes, quadratic work takes minutes for each case, and the run ends by its general limit.
 */
import { describe, expect, it } from "vitest";
import { readOneAddress } from "../src/address.ts";
import { toBytes, unfold } from "../src/header.ts";
import { readKeyRecord } from "../src/index.ts";
import { readMailDay } from "../src/mail-date.ts";
import { readSignature } from "../src/signature.ts";
import { parseTags } from "../src/tag-list.ts";
import { outcomeOf } from "./kit.ts";

const SIZE = 240_000;
const run = (text: string) => text.repeat(SIZE / text.length);
const runs = [" ", "\r\n ", '"', '"\\', "<", "a.", "-", "a@", "1 "].map(run);
const tagRuns = [" ", "\r\n ", "=", "a:", "a.", "-", ";"].map(run);

describe("240,000 bytes of the worst kind", () => {
  it("in an address or a date are refused", async () => {
    for (const text of runs) {
      for (const value of [text, `"${text}`, `a ${text}b`, `<${text}`, `a@${text}!`]) {
        expect(await outcomeOf(() => readOneAddress(value))).not.toBe("accepted");
      }
      for (const value of [text, `Mon, ${text}`, `18 May 2026 09:30:00 +0000 (${text}`]) {
        expect(await outcomeOf(() => readMailDay(value))).toBe("date-malformed");
      }
    }
  });

  it("in a signature or a key record are refused", async () => {
    for (const text of tagRuns) {
      for (const tags of [text, `a${text}`, `a=${text}\xff`, `v=1${text}!`]) {
        await outcomeOf(() => parseTags(tags));
      }
      for (const name of ["v", "a", "c", "d", "s", "h", "b", "bh", "i", "q", "t", "x", "l"]) {
        const usual = {
          v: "1",
          a: "rsa-sha256",
          d: "a.example",
          s: "s",
          h: "from",
          b: "AQID",
          bh: `${"A".repeat(43)}=`,
        };
        const list = Object.entries({ ...usual, [name]: `${text.replaceAll(";", ":")}!` });
        const raw = `DKIM-Signature:${list.map(([tag, value]) => `${tag}=${value}`).join(";")}`;
        expect(await outcomeOf(() => readSignature({ name: "dkim-signature", raw })), name).not.toBe(
          "accepted",
        );
      }
      expect(await outcomeOf(() => readKeyRecord(`t=${text};p=${text}!`))).not.toBe("accepted");
    }
  });

  it("of white space are unfolded and written as bytes", () => {
    for (const text of runs.slice(0, 2)) {
      expect(unfold(`a${text}b`)).toBe("a b");
      expect(unfold(text)).toBe("");
    }
    expect(toBytes(run("\xff")).length).toBe(SIZE);
  });
});
