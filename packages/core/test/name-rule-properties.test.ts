/** What holds for every name, mailbox and rule. Letters and their spellings are stated once more here, to be compared. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkNamePattern, checkNotedName, type NameRule, nameFits, suggestName } from "../src/name-rule.ts";

const SMALL = new Map(
  [
    ...[..."abcdefghijklmnopqrstuvwxyz"].map((letter) => `${letter} ${letter}`),
    ...["éêëèẽ e", "ñńň n", "çćč c", "łľ l", "šşș s", "žźż z", "íıịï i", "đ d dj", "ðď d", "ợőơõ o", "ħ h"],
    ...["ä a ae", "ö o oe", "ü u ue", "å a aa", "ø o oe", "æ ae", "œ oe", "ß ss", "þ th"],
  ].flatMap((row) => {
    const [letters = "", ...spellings] = row.split(" ");
    return [...letters].map((letter): [string, string[]] => [letter, spellings]);
  }),
);
const ALL = [...SMALL.keys()];

function spell(letter: string): string[] {
  return SMALL.get(letter) ?? SMALL.get(letter.toLowerCase()) ?? (letter === "İ" ? ["i"] : []);
}

/** All that the letters of a name may be in a mailbox, signs left out; nothing where one of them is no letter. */
function spellingsOf(name: string): string[] {
  let all = [""];
  for (const letter of name.replace(/[ .'’-]/g, "")) {
    all = all.flatMap((start) => spell(letter).map((spelling) => start + spelling));
  }
  return all;
}

const pick = <T>(items: readonly T[]) => fc.constantFrom(...items);

/** Without words whose capitals are looked at more closely: they have tests of their own. */
const word = fc
  .tuple(pick(ALL.filter((letter) => !"ıß".includes(letter))), fc.array(pick(ALL), { maxLength: 3 }))
  .map(([first, rest]) => first.toUpperCase() + rest.join(""))
  .filter((text) => !/^M.?[cçćč]|^[IÍỊÏ].{1,2}$/.test(text));
const part = fc
  .tuple(word, fc.array(fc.tuple(pick([" ", "-", "'", "’", " de la ", " van "]), word), { maxLength: 2 }))
  .map(([first, rest]) => first + rest.map(([sign, next]) => sign + next).join(""));

const orders = pick(["given-family", "family-given"] as const);
const FIELDS = [
  "{given}|{family}",
  "{family}|{given}",
  "{g}|{family}",
  "{family}|{g}",
  "{given}|{f}",
  "{f}|{given}",
];
const rules = fc
  .tuple(pick(FIELDS), pick(["", ".", "-", "_"]), pick(["", "{n}", ".{n}", "-{n}"]), orders)
  .map(
    ([fields, between, digits, order]): NameRule => ({
      pattern: fields.replace("|", between) + digits,
      order,
    }),
  );

/** A rule, a name, and a mailbox that some office could have made of it: each letter in one of its spellings. */
const fitting = fc
  .record({
    rule: rules,
    given: part,
    family: part,
    initial: pick([..."ABÇÉIŁÖ"]),
    number: pick(["", "2", "17"]),
    choices: fc.array(fc.nat(1), { minLength: 100, maxLength: 100 }),
  })
  .map(({ rule, given, family, initial, number, choices }) => {
    const spelled = (text: string) =>
      [...text].map((letter, at) => {
        const own = /[ '’-]/.test(letter) ? ["", "-"] : spell(letter);
        return own[(choices[at] ?? 0) % own.length];
      });
    const local = rule.pattern
      .replace(/([._-]?)\{n\}/, number && `$1${number}`)
      .replace("{given}", spelled(given).join(""))
      .replace("{family}", spelled(family).join(""))
      .replace(/\{[gf]\}/, spell(initial)[0] ?? "");
    const shown = [
      rule.pattern.includes("{g}") ? `${initial}.` : given,
      rule.pattern.includes("{f}") ? `${initial}.` : family,
    ];
    return { rule, name: (rule.order === "given-family" ? shown : shown.reverse()).join(" "), local };
  });

describe("a name", () => {
  it("fits every mailbox that is made of it by the rule", () => {
    fc.assert(
      fc.property(fitting, ({ name, local, rule }) => {
        expect(nameFits(name, `${local}@example.com`, rule), `${name} / ${local}`).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("that fits has exactly the mailbox's letters, whatever was changed in either", () => {
    const nasty = pick([..."aeiljnostIJLMacdDO -'’.2äöøßłđþíİıſаοﬁＡ\u212a\u0301\u200d\u00ad"]);
    const changes = fc.record({
      at: fc.nat(30),
      remove: fc.nat(1),
      insert: fc.oneof(fc.constant(""), nasty),
    });
    type Change = { at: number; remove: number; insert: string };
    const changed = (text: string, { at, remove, insert }: Change) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + insert + text.slice(place + remove);
    };
    // The parts may stand in the mailbox in another order than in the name: letters are compared without theirs.
    const sorted = (text: string) => [...text].sort().join("");
    let fits = 0;
    fc.assert(
      fc.property(fitting, changes, changes, fc.nat(3), ({ name, local, rule }, one, other, which) => {
        const shown = which & 1 ? changed(name, one) : name;
        const held = which & 2 ? changed(local, other) : local;
        if (!nameFits(shown, `${held}@example.com`, rule)) return;
        fits++;
        const letters = sorted(held.replace(/[^a-z]/g, ""));
        expect(spellingsOf(shown).map(sorted).includes(letters), `${shown} / ${held}`).toBe(true);
      }),
      { numRuns: 1500 },
    );
    expect(fits).toBeGreaterThan(300);
  });

  it("fits two mailboxes of different letters only by a letter with two spellings", () => {
    const rule: NameRule = { pattern: "{given}.{family}", order: "given-family" };
    const held = (name: string) => {
      const found = new Set<string>();
      for (const given of locals) {
        for (const family of locals) {
          if (nameFits(name, `${given}.${family}@example.com`, rule))
            found.add((given + family).replace("-", ""));
        }
      }
      return [...found].sort();
    };
    const locals = ["a", "ae", "a-e", "e", "o", "oe", "o-e", "oo", "s", "ss", "d", "dj", "aa"];
    for (const name of ["A E", "Ae O", "A-e O", "Aa Oo", "Æ Œ", "ß O", "Ss O"]) {
      expect(held(name).length, name).toBeLessThan(2);
      expect(held(name), name).toEqual(name === "ß O" ? [] : spellingsOf(name));
    }
    for (const name of ["Ä O", "Ø E", "Å Đ", "Ö Ä", "Đ Ss"]) {
      expect(held(name).length, name).toBeGreaterThan(1);
      expect(held(name), name).toEqual(spellingsOf(name).sort());
    }
  });
});

describe("a suggestion", () => {
  it("fits the mailbox that made it, by every rule", () => {
    const piece = pick([
      "a",
      "l",
      "i",
      "mac",
      "mc",
      "ia",
      "la",
      "de",
      "van",
      "o",
      "n",
      ".",
      "-",
      "_",
      "'",
      "3",
    ]);
    const locals = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(""));
    const single = fc.record({ pattern: pick(["{given}", "{family}{n}"]), order: orders });
    let made = 0;
    fc.assert(
      fc.property(locals, fc.oneof(rules, single), (local, rule) => {
        const name = suggestName(`${local}@example.com`, rule);
        if (name === null) return;
        made++;
        expect(nameFits(name, `${local}@example.com`, rule), `${name} / ${local}`).toBe(true);
        expect(checkNotedName(name)).toBeNull();
      }),
      { numRuns: 2000 },
    );
    expect(made).toBeGreaterThan(100);
  });

  it("is made wherever there is one way to read the mailbox", () => {
    const given = fc.stringMatching(/^[a-z]{1,9}(-[a-z]{1,9})?$/);
    fc.assert(
      fc.property(given, fc.stringMatching(/^[a-z]{1,9}$/), orders, (given, family, order) => {
        const name = suggestName(`${given}.${family}@example.com`, { pattern: "{given}.{family}{n}", order });
        const parts = order === "given-family" ? [given, family] : [family, given];
        expect(name?.toLowerCase()).toBe(parts.join(" "));
      }),
    );
  });
});

describe("a pattern", () => {
  it("that is allowed has a name that fits, and one that is not has none", () => {
    const token = pick(["{given}", "{family}", "{g}", "{f}", "{n}", ".", "_", "-", "x", "{x}"]);
    let allowed = 0;
    fc.assert(
      fc.property(fc.array(token, { maxLength: 5 }), (tokens) => {
        const rule: NameRule = { pattern: tokens.join(""), order: "given-family" };
        const filled = rule.pattern.replace(/\{g(iven)?\}/g, "s").replace(/\{f(amily)?\}/g, "p");
        const mailbox = `${filled.replace("{n}", "2")}@example.com`;
        const fits = ["S P", "S. P", "S P.", "S", "P", "S. P."].some((name) => nameFits(name, mailbox, rule));
        expect(fits, rule.pattern).toBe(checkNamePattern(rule.pattern, false) === null);
        if (!/\{(given|family)\}/.test(rule.pattern) || /\{g.*\{g|\{f.*\{f|\{n\}./.test(rule.pattern)) {
          expect(fits, rule.pattern).toBe(false);
        }
        if (fits) allowed++;
      }),
      { numRuns: 2000 },
    );
    expect(allowed).toBeGreaterThan(50);
  });
});
