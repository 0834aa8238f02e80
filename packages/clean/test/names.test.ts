/** Which names wait for a look, and that people of all kinds need not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeShownName } from "../src/index.ts";

const RULES = {
  addressees: ["Robin Q. Chairperson", "Example Widgets"],
  figures: ["Ada Statesperson", "Madonna"],
  slurs: ["zonk", "grobe Person"],
};
const kinds = (name: string) => judgeShownName(name, RULES).map(({ kind }) => kind);

describe("a name that people have", () => {
  it.each([
    ...[
      "Zoë Ångström",
      "Nguyễn Thị Minh Khai",
      "María-José García de la Torre",
      "Seán Ó Briain",
      "Jean-Luc d'Arc",
      "X Æ",
    ],
    ...[
      "محمد بن سلمى",
      "עדי כהן",
      "Ольга Петрова",
      "Ελένη Παπαδοπούλου",
      "王小明",
      "やまだ たろう",
      "김민수",
      "सीता देवी",
      "สมหญิง ใจดี",
    ],
    ...[
      "Ნინო ბერიძე",
      "Անի Պետրոսյան",
      "Ọláyínká",
      "O",
      "Li Na",
      "J. R. Baker",
      "Ms. Baker-St.John",
      "Robin Baker",
      "Ada Baker",
    ],
    ...[
      "Scunthorpe Baker",

      "Cassandra Essex",
      "Nobel Assange",
      "Robin Chair",
      "ʻOkina Kealoha",
      "علی‌رضا کریمی",
    ],
  ])("is shown at once: %s", (name) => {
    expect(kinds(name)).toEqual([]);
  });
});

describe("an impostor is stopped who tries", () => {
  it.each([
    ["the very name", "Robin Q. Chairperson"],
    ["another case", "ROBIN chairperson"],
    ["family name first", "Chairperson, Robin"],
    ["no space", "RobinChairperson"],
    ["an initial", "R. Chairperson"],
    ["initials and the middle", "R. Q. Chairperson"],
    ["a title", "Dr. Robin Chairperson"],
    ["one letter left out", "Robin Chairpersn"],
    ["one letter more", "Robinn Chairperson"],
    ["one letter changed", "Robin Chairpersan"],
    ["two letters swapped", "Robin Chariperson"],
    ["accents", "Röbin Chàirpérson"],
    ["figures for letters", "R0b1n Cha1rpers0n"],
    ["m for rn turned round", "Robin Chairpersоn"],
    ["Cyrillic letters", "Rоbin Сhаirреrsоn"],
    ["letters of mathematics", "𝐑𝐨𝐛𝐢𝐧 𝐂𝐡𝐚𝐢𝐫𝐩𝐞𝐫𝐬𝐨𝐧"],
    ["invisible letters between", "Ro\u200bbin Chair\u00adperson"],
    ["more words around", "the real Robin Chairperson, CEO"],
    ["a figure of the list", "Statesperson Ada"],
    ["one name alone", "MADONNA"],
    ["the company itself", "Example-Widgets"],
  ])("%s", (_, name) => {
    expect(kinds(name)).toContain("impersonation");
  });
});

describe("other names wait", () => {
  it.each([
    ["slur", "You bitch"],
    ["slur", "B1tch Baker"],
    ["slur", "Z O N K"],
    ["slur", "Grobe  Person"],
    ["link", "www.example.test"],
    ["link", "Buy at shop.com"],
    ["link", "https://a.test"],
    ["link", "baker@example"],
    ["link", "@bakeraccount"],
    ["invisible", "Ba\u200bker"],
    ["invisible", "\u202erekaB"],
    ["invisible", "Bаker"],
    ["invisible", `B${"\u0301".repeat(9)}aker`],
    ["length", "Baker ".repeat(4).padEnd(61, "a")],
    ["not-a-name", "12345"],
    ["not-a-name", "...!"],
    ["not-a-name", "we all say that you should go home now please"],
    ["not-a-name", "Baker\nBoss"],
  ])("%s: %j", (kind, name) => {
    expect(kinds(name)).toContain(kind);
  });

  it("real surnames that a list of insults holds wait too, and are told as that", () => {
    const [hit] = judgeShownName("Robin Dick", { addressees: [], figures: [], slurs: [] });
    expect(hit?.kind).toBe("slur");
    expect(hit?.words).toContain("real names");
  });

  it("whatever it is, without repeating it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        for (const { words } of judgeShownName(name, RULES)) expect(words.length).toBeGreaterThan(10);
      }),
      { numRuns: 30 },
    );
    expect(JSON.stringify(judgeShownName("zqplantedqz.com", RULES))).not.toContain("zqplantedqz");
  });
});
