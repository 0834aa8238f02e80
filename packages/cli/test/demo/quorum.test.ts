import { quorumBounds } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { parseFlags } from "../../src/demo/flags.ts";
import { requireBearable, smallestMajority } from "../../src/demo/quorum.ts";
import { inWords } from "../../src/demo/words.ts";
import { roleOf } from "../../src/demo/world/registrars.ts";

const refusal = (sentence: string) =>
  expect.objectContaining({ code: "usage", message: expect.stringContaining(sentence) });

describe("the demo's registrars", () => {
  it("are as many as are asked for, with the smallest majority as the quorum unless another is named", () => {
    expect(parseFlags(["--registrars", "4"])).toMatchObject({ registrars: 4, quorum: 3, down: 0, lying: 0 });
    expect(parseFlags(["--registrars", "15"])).toMatchObject({ quorum: 8 });
    expect(parseFlags(["--registrars", "6", "--quorum", "4", "--down", "1", "--lying", "1"])).toMatchObject({
      registrars: 6,
      quorum: 4,
      down: 1,
      lying: 1,
    });
  });

  it.each([
    [["--registrars", "0"], "from 1 to 15"],
    [["--registrars", "16"], "from 1 to 15"],
    [["--registrars", "4", "--quorum", "2"], "from 3 to 4"],
    [["--registrars", "4", "--quorum", "5"], "from 3 to 4"],
    [["--registrars", "4", "--quorum", "3", "--down", "2"], "Take --registrars 5 --quorum 3."],
    [["--registrars", "4", "--down", "1", "--lying", "1"], "Take --registrars 6 --quorum 4."],
    [["--registrars", "3", "--lying", "1"], "Take --registrars 4 --quorum 3."],
    [["--lying", "1"], "Take --registrars 4 --quorum 3."],
    [["--registrars", "15", "--lying", "7"], "ask for fewer"],
  ])("refuse %j, and say what would do", (args, sentence) => {
    expect(() => parseFlags(args)).toThrow(refusal(sentence));
  });

  it("may fail as long as the bounds bear it, and not one more", () => {
    for (let registrars = 1; registrars <= 15; registrars++) {
      for (let quorum = smallestMajority(registrars); quorum <= registrars; quorum++) {
        const { outage, double, forge } = quorumBounds(registrars, quorum);
        const lies = Math.min(outage, double);
        expect(lies).toBeLessThanOrEqual(forge);
        const of = { registrars, quorum, down: 0, lying: 0 };
        expect(() => requireBearable({ ...of, down: outage })).not.toThrow();
        expect(() => requireBearable({ ...of, down: outage + 1 })).toThrow(refusal("you ask for"));
        expect(() => requireBearable({ ...of, lying: lies, down: outage - lies })).not.toThrow();
        expect(() => requireBearable({ ...of, lying: lies + 1 })).toThrow(refusal("you ask for"));
      }
    }
  });

  it("are up, then dishonest, then down, in the order in which they are listed", () => {
    const of = { registrars: 6, quorum: 4, down: 1, lying: 1 };
    expect(Array.from({ length: 6 }, (_, i) => roleOf(i, of))).toEqual([
      "up",
      "up",
      "up",
      "up",
      "lying",
      "down",
    ]);
  });

  it("are told in words", () => {
    expect(inWords({ registrars: 1, quorum: 1, down: 0, lying: 0 })).toBe("a registrar");
    expect(inWords({ registrars: 6, quorum: 4, down: 1, lying: 2 })).toBe(
      "6 registrars (a signature needs 4 of them; 1 is going to be down; 2 are going to be dishonest)",
    );
  });
});
