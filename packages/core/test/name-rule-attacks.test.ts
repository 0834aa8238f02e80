/** What somebody would try who wants to be shown as somebody else, or to keep a registrar busy. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkNotedName, type NameRule, nameFits } from "../src/name-rule.ts";
import { foldLetter } from "../src/names/fold-letter.ts";

const dotted: NameRule = { pattern: "{given}.{family}", order: "given-family" };
const fits = (name: string, local: string, rule = dotted) => nameFits(name, `${local}@example.com`, rule);
/** The mailbox of a name in ASCII whose last word is the family. */
const localOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[-']/g, "")
    .replace(/ (?=\S*$)/, ".")
    .replaceAll(" ", "");

describe("somebody else's letters", () => {
  const alike: Record<string, string> = {
    Cyrillic: "аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅ",
    Greek: "ανορικχΑΒΕΖΗΙΚΜΝΟΡΤΧΥ",
    "Armenian, Cherokee, Lisu, Coptic and Roman numerals": "օսոհցԼᎪᎬᏚᏞᎳꓮꓰꓢꓡⲟⲣⅼⅰⅿⅽⅾⅠⅬⅯ",
    fullwidth: "ａｅｉｌｏＩＬＯ",
    mathematical: "𝐚𝐞𝑖𝓁𝗈𝙸𝟶𝐈",
    "ligatures and digraphs": "ﬁﬂﬀﬆĳǉǆ",
    "Latin that only looks like it": "ɑɡɩʟɪɴǀǃℓſẛᴀᴏⱥɨƖꞁꟾ",
    "signs that compose to letters": "\u212a\u212b",
    "modifiers and marks": "ªºᵃˡⁱʰ\u0301\u0307\u0338",
    "digits and signs": "0135|!1@$€",
  };

  it.each(Object.entries(alike))("%s stand for none of a mailbox's", (_script, letters) => {
    for (const letter of letters) {
      for (const ascii of "abcdefghijklmnopqrstuvwxyz") {
        expect(fits(`S${letter}n Person`, `s${ascii}n.person`), letter).toBe(false);
        expect(fits(`${letter}an Person`, `${ascii}an.person`), letter).toBe(false);
      }
      expect(fits(`So${letter} Person`, "sofi.person"), letter).toBe(false);
    }
  });

  it("are in a closed table: Latin, composed, and one or two ASCII letters each", () => {
    const table: string[] = [];
    const spellings: string[] = [];
    // Without Han and Hangul, which are most of Unicode, and with the letters of the first plane beside it.
    for (const [from, to] of [
      [0, 0x33ff],
      [0xa000, 0xabff],
      [0xf900, 0x107ff],
      [0x1d400, 0x1d7ff],
      [0x1df00, 0x1dfff],
    ] as const) {
      for (let point = from; point <= to; point++) {
        const letter = String.fromCodePoint(point);
        const found = foldLetter(letter);
        if (found.length === 0 || letter.normalize("NFC") !== letter) continue;
        table.push(letter);
        spellings.push(...found);
      }
    }
    expect(table.filter((letter) => !/^(?=\p{L})\p{Script=Latin}$/u.test(letter))).toEqual([]);
    expect(spellings.filter((spelling) => !/^[a-z]{1,2}$/.test(spelling))).toEqual([]);
    expect(table.length).toBe(522);
    expect(
      table.filter((letter) => !/\p{Lu}/u.test(letter) && letter.normalize("NFD") === letter).join(""),
    ).toBe("abcdefghijklmnopqrstuvwxyzßæðøþđħıłœ");
  });

  it("İ and ı are the i of Turkish names, and no other letter's double", () => {
    expect(fits("İpek Işık", "ipek.isik")).toBe(true);
    for (const ascii of "abcdefghjklmnopqrstuvwxyz") {
      expect(fits("Bıb Person", `b${ascii}b.person`)).toBe(false);
      expect(fits("İb Person", `${ascii}b.person`)).toBe(false);
    }
    expect(fits("ıb Person", "ib.person")).toBe(false);
  });
});

describe("an I for an l", () => {
  it.each([
    ["lan Person", "lan.person"],
    ["BilI Person", "bili.person"],
    ["BiIl Person", "biil.person"],
    ["iDs Person", "ids.person"],
    ["PauI Person", "paui.person"],
    ["AIan Person", "aian.person"],
    ["Sample d'lperson", "sample.dlperson"],
    ["Sample Delperson-lan", "sample.delpersonlan"],
    ["Sample FitzIan", "sample.fitzian"],
    ["Sample DeIuca", "sample.deiuca"],
  ])("%s is not shown for the mailbox %s, which says so", (name, local) => {
    expect(fits(name, local)).toBe(false);
  });

  it("never makes two names that look the same and that different mailboxes prove", () => {
    const piece = fc.constantFrom(
      ..."I l I l a n o M c O".split(" "),
      ..."Mac Mc De Del La Fitz Van d' O' 't la le las".split(" "),
      "-",
      "'",
      " ",
    );
    let shown = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.nat(255), (pieces, mask) => {
        const name = `Sample ${pieces.join("")}`;
        let seen = 0;
        const twin = name.replace(/[Il]/g, (letter) =>
          (mask >> seen++) & 1 ? (letter === "I" ? "l" : "I") : letter,
        );
        const [one, other] = [name, twin].map((each) => fits(each, localOf(each)));
        if (one) shown++;
        if (name !== twin) expect(one && other, `${name} / ${twin}`).toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(shown).toBeGreaterThan(50);
  });
});

describe("more or less than the mailbox says", () => {
  it.each([
    "Sample Chief Person",
    "Sample van Person",
    "Sample Person Chief",
    "Chief Sample Person",
    "Sample Q. Person",
    "Dr. Sample Person",
    "Sample Person III",
    "Sample Person, Chief",
    "Sample Person (Chief)",
    "Sample Person & Family",
    "S. Person",
    "Sample P.",
    "Sample",
    "Person",
    "SamplePerson",
    "Person Sample",
    "Sample.Person",
    "sample.person",
    "-Sample Person",
    "Sample- Person",
    "Sam--ple Person",
    "Sample' Person",
    "Sample Per-’son",
    " Sample Person",
    "Sample Person\n",
    "Sample Person2",
  ])("%s is not confirmed", (name) => {
    expect(fits("Sample Person", "sample.person")).toBe(true);
    expect(fits(name, "sample.person")).toBe(false);
  });

  it("an initial is one letter", () => {
    const rule: NameRule = { pattern: "{g}{family}", order: "given-family" };
    expect(fits("Þ. Person", "tperson", rule)).toBe(false);
    expect(fits("Þ. Person", "thperson", rule)).toBe(false);
    expect(fits("Ö. Person", "oeperson", rule)).toBe(false);
    expect(fits("Sa. Person", "saperson", rule)).toBe(false);
    expect(fits("s. Person", "sperson", rule)).toBe(false);
    expect(fits("S.. Person", "sperson", rule)).toBe(false);
    expect(fits("'. Person", "'person", rule)).toBe(false);
  });

  it("nothing fits a rule that no manifest may have, or what is no mailbox", () => {
    for (const pattern of ["", "{g}{f}", "{given}+{family}", "{given}{family}{given}", "(a+)+"]) {
      expect(fits("S. P.", "sp", { ...dotted, pattern })).toBe(false);
      expect(fits("Sample Person", "sampleperson", { ...dotted, pattern })).toBe(false);
    }
    for (const mailbox of ["sample.person", "@example.com", "", `${"a".repeat(59)}.person@example.com`]) {
      expect(nameFits(`A${"a".repeat(58)} Person`, mailbox, dotted)).toBe(false);
      expect(nameFits("Sample Person", mailbox, dotted)).toBe(false);
    }
  });
});

/** Each of them takes for ever where ways are tried one by one. */
describe("names made to keep a registrar busy", () => {
  const touching: NameRule = { pattern: "{given}{family}{n}", order: "family-given" };
  it.each([
    ["letters with two spellings", `${"Ä".padEnd(50, "ä")} ${"Ä".padEnd(49, "ä")}`, "ae".repeat(32)],
    ["words of one letter", "A ".repeat(50).trim(), "a".repeat(64)],
    ["hyphens", `A${"-a".repeat(49)} A`, `a${"-a".repeat(31)}b`],
    ["prefixes", `${"De-".repeat(32)}D1`, "de".repeat(32)],
    ["prefixes and elisions", `d'${"Mac-".repeat(24)}`, "mac".repeat(21)],
    ["digits of a namesake", "Sample Person", `${"1".repeat(63)}a`],
  ])("%s are refused", (_what, name, local) => {
    expect(fits(name, local, touching)).toBe(false);
  });

  it("letters that may be signs are refused in a note", () => {
    expect(checkNotedName(`${"ʼ".repeat(98)}a,`)).not.toBeNull();
    expect(checkNotedName(`${"á".repeat(98)},`)).not.toBeNull();
  });
});
