/** What is found in a text, what is left alone, and that what was mended stays mended. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, inspectText, TEXT_MOST, type TextKind } from "../src/index.ts";

const kinds = (text: string) => [...new Set(inspectText(text).map(({ kind }) => kind))];

/** Texts as people write them: none of them has anything to find. */
const HONEST = [
  "We, the undersigned, ask for an answer by 1 May.\n\n- first\n- second\n",
  "A line with a hard break  \nand the next.",
  "نامه‌ای که می‌خواهیم بنویسیم؛ ه‍ نشانهٔ هجری است.",
  "हम क्‍षमा चाहते हैं और क्‌ष लिखते हैं।",
  "ශ්‍රී ලංකාව",
  "مرحبا بكم في الشركة، رقم 5\u200f (أ).",
  "שלום לכולם, אנחנו ABC\u200e (2026).",
  "Мы просим руководство ответить до конца месяца.",
  "Ζητούμε απάντηση· τι θα κάνετε\u037e",
  "我们要求公司在五月前答复。　第二段。",
  "東京\u{e0100}の社員一同",
  "Nous demandons\u00a0: une réponse\u202f! «\u00a0Oui\u00a0», 10\u00a0000 personnes, 50\u202f%.",
  "Families 👨‍👩‍👧‍👦, 👩🏽‍💻, 🏳️‍🌈, ❤️‍🔥, 1️⃣, ☎️ and ☎︎, 🏴󠁧󠁢󠁳󠁣󠁴󠁿.",
  "Zoë Ångström, Nguyễn Thị Hương, José, e\u0301, ệ",
  "A 5 μm gap at 3 kΩ, α and β, Δx, πr², mRNA",
  "Windows costs 5 a month; see https://example.com/report?id=5&page=2#part and (https://example.com/a_(b)).",
  "Kerberos uses `name@REALM` nowhere here, 3 < 5 > 2, a <- b, <https://example.com>",
  "![plan](plan.png)",
];

describe("an honest text", () => {
  it.each(HONEST)("has nothing to find: %s", (text) => {
    expect(inspectText(text)).toEqual([]);
    expect(cleanText(text)).toBe(text);
  });
});

describe("a text marked for one reader is found, and mended to the text without marks", () => {
  const plain = "We ask the board to answer";
  it.each<[string, TextKind, string]>([
    ["zero-width spaces", "invisible", "We\u200b ask the\u2060 board to\ufeff answer"],
    ["joiners between Latin letters", "invisible", "W\u200de ask t\u200che board to answer"],
    ["fillers and ignorable letters", "invisible", "We\u3164 ask\u115f the\u180e board to answer\u17b4"],
    ["invisible mathematics", "invisible", "We\u2062 ask the\u2063 board to answer"],
    ["signs of direction", "invisible", "\u202aWe ask\u202c the\u200e board \u2066to\u2069 answer"],
    ["tag characters", "invisible", "We ask the board to answer\u{e0041}\u{e0042}\u{e007f}"],
    ["tags behind a flag that is none", "invisible", "We ask\u{e0067}\u{e0062} the board to answer"],
    ["selectors that carry bytes", "invisible", "We ask\ufe00\ufe05\u{e0155} the board to answer"],
    ["soft hyphens", "invisible", "We ask the bo\u00adard to an\u00adswer"],
    ["odd spaces", "invisible", "We\u2009ask\u2005the\u00a0board\u205fto\u3000answer"],
    ["control characters", "invisible", "We\u0001 ask the\u0008 board to answer\u009c"],
    ["half a character", "invisible", "We ask\ud800 the board to answer"],
    ["Cyrillic letters", "lookalike", "Wе аsk the bоard to аnswer"],
    ["Greek letters", "lookalike", "We ask the bοard tο answer"],
    ["letters of mathematics", "lookalike", "We ask the bo𝐚rd to answer"],
    ["full width letters", "lookalike", "We ask the boａrd to answer"],
    ["script letters of phonetics", "lookalike", "We ask the boɑrd to answer"],
  ])("%s", (_, kind, marked) => {
    expect(kinds(marked)).toEqual([kind]);
    expect(cleanText(marked)).toBe(plain);
  });

  it("spaces and tabs at the ends of lines", () => {
    const marked = "We ask \t \t\nthe board   \nto answer\t";
    expect(kinds(marked)).toEqual(["invisible"]);
    expect(cleanText(marked)).toBe("We ask\nthe board\nto answer");
  });

  it("unusual line ends", () => {
    expect(cleanText("a\u2028b\u2029c\u0085d\re\r\nf")).toBe("a\nb\nc\nd\ne\r\nf");
  });

  it("a Latin letter in a Russian word", () => {
    expect(cleanText("Мы прoсим oтвета")).toBe("Мы просим ответа");
  });

  it("a whole word of another alphabet where there is no other such word", () => {
    expect(cleanText("This is а раре about соре")).toBe("This is a pape about cope");
    expect(inspectText("This is the Russian word сор, and here is another: мусор")).toEqual([]);
  });

  it("data behind an emoji, while the emoji stays", () => {
    expect(cleanText("Thanks 😀\ufe0f\u{e0158}\u{e0159}\ufe01!")).toBe("Thanks 😀\ufe0f!");
  });
});

describe("a link that tells who was sent it", () => {
  const target = "https://news.example.com/a/b?id=7";
  const guarded = encodeURIComponent(target);
  it.each([
    ["parameters of campaigns", `${target}&utm_source=x&UTM_Medium=y&fbclid=abc&mc_eid=1`],
    ["parameters in the fragment", `${target}#utm_source=x`],
    ["escaped names", `${target}&%75tm_source=x`],
    ["escaped ampersands", `${target}&amp;utm_source=x`],
    ["a name to sign in", "https://baker@news.example.com/a/b?id=7"],
    ["Outlook", `https://eur01.safelinks.protection.outlook.com/?url=${guarded}&data=05%7Cbaker&reserved=0`],
    ["Google", `https://www.google.com/url?sa=t&q=${guarded}&usg=x`],
    ["Facebook", `https://l.facebook.com/l.php?u=${encodeURIComponent(`${target}&fbclid=x`)}&h=AT`],
    ["Proofpoint 1", `https://urldefense.proofpoint.com/v1/url?u=${guarded}&k=x`],
    [
      "Proofpoint 2",
      "https://urldefense.proofpoint.com/v2/url?u=https-3A__news.example.com_a_b-3Fid-3D7&d=x&r=baker",
    ],
    ["Proofpoint 3", "https://urldefense.com/v3/__https://news.example.com/a/b*id=7__;Pw!!abc!def$"],
    [
      "one in another",
      `https://www.google.com/url?q=${encodeURIComponent(`https://l.facebook.com/l.php?u=${guarded}`)}`,
    ],
  ])("is found and mended: %s", (_, link) => {
    const text = `See ([here](${link})).`;
    expect(kinds(text)).toContain("tracked-link");
    expect(cleanText(text)).toBe(`See ([here](${target})).`);
  });

  it("Proofpoint's runs of characters are put back", () => {
    // From its own description of the form: two or more in a row are ** and a letter.
    const coded = "https://urldefense.com/v3/__https://example.com/a**Bb__;Pz8_!!x$";
    expect(cleanText(coded)).toBe("https://example.com/a???b");
  });

  it.each([
    [
      "one whose characters do not come out even",
      "https://urldefense.com/v3/__https://a.test/a*b__;Pz8_!!x$",
    ],
    ["a shortener", "https://bit.ly/3abc"],
    ["a guard that says nothing", "https://protect-eu.mimecast.com/s/abc"],
    ["somebody's own folder", "https://corp-my.sharepoint.com/:w:/g/personal/a_b/E1"],
    [
      "a wrapped address that is none of the web",
      "https://l.facebook.com/l.php?u=javascript:alert(1)&fbclid=x",
    ],
    ["a very long one", `https://example.com/?a=${"b".repeat(9_000)}`],
  ])("is named where it cannot be mended: %s", (_, link) => {
    const [found] = inspectText(link);
    expect(found?.kind).toBe("tracked-link");
    expect(found?.mends).toBe(cleanText(link) !== link);
    expect(cleanText(link)).not.toMatch(/^javascript:|a\?b/);
  });

  it.each([
    [
      "Google's",
      "https://docs.google.com/document/d/abc/edit?usp=sharing&ouid=123&rtpof=true",
      "https://docs.google.com/document/d/abc/edit",
    ],
    [
      "SharePoint's",
      "https://corp.sharepoint.com/:w:/s/team/E1?e=Ab3",
      "https://corp.sharepoint.com/:w:/s/team/E1",
    ],
    ["a video's", "https://youtu.be/abc?si=xyz&t=5", "https://youtu.be/abc?t=5"],
  ])("is mended where a share names who shared: %s", (_, link, clean) => {
    expect(cleanText(link)).toBe(clean);
  });
});

describe("markup and what names people", () => {
  it("a picture from elsewhere becomes a link", () => {
    const text = "![our plant](https://tracker.example.com/p.png) ![](//x.example/1.gif)";
    expect(kinds(text)).toEqual(["remote-image"]);
    expect(cleanText(text)).toBe(
      "[our plant](https://tracker.example.com/p.png) [picture](//x.example/1.gif)",
    );
  });

  it("HTML becomes text that one sees, a hidden remark too", () => {
    const text = 'Hello <img src="https://x.example/1"> <!-- for the baker --> <b>you</b>';
    expect(kinds(text)).toEqual(["raw-html"]);
    expect(cleanText(text)).toBe(
      'Hello &lt;img src="https://x.example/1"> &lt;!-- for the baker --> &lt;b>you&lt;/b>',
    );
  });

  it("addresses and folders are found and left to the person", () => {
    const text =
      "Ask baker@example.com; the file was C:\\Users\\baker\\a.docx, /home/baker/a, \\\\files01\\hr and file:///a/b.";
    expect(kinds(text).sort()).toEqual(["file-path", "mail-address"]);
    expect(cleanText(text)).toBe(text);
    expect(kinds("https://example.com/home/page and https://example.com/users/list")).toEqual([]);
  });

  it("the words say nothing of what was found", () => {
    const text =
      "zqplantedqz@example.com /home/zqplantedqz https://zqplantedqz:a@example.com/?utm_source=zqplantedqz";
    expect(inspectText(text).length).toBeGreaterThan(3);
    for (const { words } of inspectText(text)) expect(words).not.toContain("zqplantedqz");
  });
});

describe("of any text", () => {
  const pieces = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom(
      ...HONEST,
      "а",
      "\u200d",
      "\ufe0f",
      "<!--",
      "<b",
      "![",
      "](https://",
      "https://l.facebook.com/l.php?u=",
    ),
    fc.constantFrom(
      "utm_source=x",
      "&",
      "?",
      "#",
      "%2525",
      "\r",
      "\t",
      "  ",
      "\ud83d",
      "𝐚",
      "☎",
      "🏴",
      "\u{e0067}",
      "(",
      ")",
    ),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );
  const texts = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(""));

  it("cleaning twice is cleaning once, and leaves nothing to mend", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(inspectText(clean).filter(({ mends }) => mends)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("each finding stands within the text, in order", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const { start, end } of inspectText(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = start;
        }
      }),
      { numRuns: 200 },
    );
  });

  it("only what was asked for is mended", () => {
    expect(cleanText("a\u200bb <b>", ["raw-html"])).toBe("a\u200bb &lt;b>");
  });

  it("one beyond the limit is refused", () => {
    expect(() => inspectText("a".repeat(TEXT_MOST + 1))).toThrow(
      expect.objectContaining({ code: "text-too-long" }),
    );
    expect(() => cleanText("a".repeat(TEXT_MOST + 1))).toThrow(
      expect.objectContaining({ code: "text-too-long" }),
    );
  });

  it.each([
    "!",
    " ",
    "\t",
    "<",
    "![",
    "[",
    "@",
    "a@a.",
    "https://",
    "(",
    "\u200d",
    "\ufe0f",
    "а",
    "aа",
    "\\\\a\\",
    "/home/a",
    "!<![](//",
    "👩\u200d",
  ])(
    "one of %j alone ends soon",
    (piece) => {
      const long = piece.repeat(Math.floor(60_000 / piece.length));
      expect(cleanText(cleanText(long))).toBe(cleanText(long));
      inspectText(`${long}x`);
    },
    10_000,
  );
});
