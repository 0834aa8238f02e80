/** Names of any script that the document can set: syllables as people might write them, with marks above, below and around letters. */
import fc from "fast-check";

/** What a syllable may hold, in its order; each part is one of its letters (of those between bars), or nothing if it may be missing (`?`). */
const SYLLABLES: Readonly<Record<string, readonly string[]>> = {
  "Latin with marks": ["abcdegijlnorstuzøđßŁÉ", "\u0300\u0301\u0303\u0304\u0308\u030a\u0323\u0327\u0331?"],
  Greek: ["αβγδεηικλνορςυωΑΩ", "\u0301\u0313\u0342\u0345?"],
  Cyrillic: ["абвгдежзийклмнопрстђїњќў", "\u0301\u0306\u0308?"],
  Arabic: ["ابتجحدرسشصطعغفقكلمنهويةءأإ", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652?", "لا?"],
  Persian: ["ابپتجچحخدرزژسشعفقکگلمنوهی", "\u200cه|\u200cای|\u200cم?"],
  Urdu: ["اآبپتٹجچحدڈرڑسشعکگلمنںوہھیےئ"],
  "Hebrew with points": [
    "אבגדהוזחטיכלמנסעפצקרשתםןף",
    "\u05b0\u05b1\u05b4\u05b5\u05b6\u05b7\u05b8\u05b9\u05bb?",
    "\u05bc?",
  ],
  Devanagari: ["कगचजटडतदनपबमयरलवशषसह", "\u094d?", "कतदनमयरलव", "ािीुूृेैोौ?", "\u0902\u0901\u0903?"],
  Bengali: ["কগচজটডতদনপবমযরলশষসহ", "\u09cd?", "কতদনবমযরল", "ািীুূৃেৈোৌ?", "\u0982\u0981?"],
  Gurmukhi: ["ਕਗਚਜਟਡਤਦਨਪਬਮਯਰਲਵਸਹ", "ਾਿੀੁੂੇੈੋੌ?", "\u0a70\u0a71\u0a02?"],
  Gujarati: ["કગચજટડતદનપબમયરલવશષસહ", "\u0acd?", "કતદનમયરલવ", "ાિીુૂૃેૈોૌ?", "\u0a82?"],
  Tamil: ["கஙசஞடணதநபமயரலவழளறன", "ாிீுூெேைொோௌ்?"],
  Telugu: ["కగచజటడతదనపబమయరలవశషసహ", "\u0c4d?", "కతదనమయరలవ", "ాిీుూృెేైొోౌ?", "\u0c02?"],
  Kannada: ["ಕಗಚಜಟಡತದನಪಬಮಯರಲವಶಷಸಹ", "\u0ccd?", "ಕತದನಮಯರಲವ", "ಾಿೀುೂೃೆೇೈೊೋೌ?", "\u0c82?"],
  Malayalam: ["കഗചജടഡതദനപബമയരലവശഷസഹ", "\u0d4d?", "കതദനമയരലവ", "ാിീുൂൃെേൈൊോൌ?", "\u0d02?"],
  Sinhala: ["කගචජටඩතදනපබමයරලවශෂසහ", "ාැිීුූෙේොෝ?", "\u0d82?"],
  Thai: [
    "เแโไใ?",
    "กขคงจชซดตถทนบปผพฟมยรลวสหอ",
    "\u0e31\u0e34\u0e35\u0e37\u0e38\u0e39?",
    "\u0e48\u0e49\u0e4a\u0e4c?",
    "าำ?",
  ],
  Lao: ["ເແໂໄ?", "ກຂຄງຈຊຍດຕທນບປພມລວສຫອ", "\u0eb1\u0eb4\u0eb5\u0eb7\u0eb8\u0eb9?", "\u0ec8\u0ec9?", "າຳ?"],
  Khmer: ["កខគងចជញដតថទនបផពមយរលវសហអ", "\u17d2?", "កងតនមយរលវ", "ាិីឹឺុូើែៃោៅ?", "\u17c6\u17c7?"],
  Myanmar: [
    "ကခဂငစဆဇတထဒနပဖဗဘမယရလဝသဟ",
    "\u103b\u103c\u103d\u103e?",
    "\u102c\u102d\u102e\u102f\u1030\u1031\u1032?",
    "\u1037\u1038?",
  ],
  Georgian: ["აბგდევზთიკლმნოპრსტუფქღყშ"],
  Armenian: ["աբգդեզէըթժիլխծկհձղճմյնշոուջռսվտր"],
  Ethiopic: ["ሀለሐመሠረሰሸቀበተቸኀነኘአከኸወዐዘዠየደጀገጠ"],
  Chinese: ["王李张刘陈杨黄赵吴周样例文明華國龍"],
  Japanese: ["あいうえおかがきぎくぐけげこごタロウハバパ花子見本"],
  Korean: ["김이박최정강조윤장임보기예시각뷁"],
  "emoji with joiners": ["👩‍🔬|👨🏽‍🚀|👩‍👩‍👧‍👦|🏳️‍🌈|❤️‍🔥|👍🏿|🇩🇪|1️⃣", "ab"],
};

export const SCRIPTS = Object.keys(SYLLABLES);

/**
 * One or two words of two or three syllables: not so long that a column breaks them, and not letters alone, which poppler takes for
 * a word set wide.
 */
export function nameIn(script: string): fc.Arbitrary<string> {
  const syllable = fc.tuple(...SYLLABLES[script]!.map(part)).map((parts) => parts.join(""));
  const word = fc.array(syllable, { minLength: 2, maxLength: 3 }).map((all) => all.join(""));
  return fc
    .array(word, { minLength: 1, maxLength: 2 })
    .map((words) => words.map((one) => (Array.from(one).length > 9 ? firstOf(one) : one)).join(" "));
}

function part(letters: string): fc.Arbitrary<string> {
  const all = letters.replace("?", "");
  const one = fc.constantFrom(...(all.includes("|") ? all.split("|") : Array.from(all)));
  return letters.endsWith("?") ? fc.option(one, { nil: "", freq: 2 }) : one;
}

/** Its first letters, whole. */
function firstOf(word: string): string {
  const letters = Array.from(
    new Intl.Segmenter("und", { granularity: "grapheme" }).segment(word),
    ({ segment }) => segment,
  );
  let kept = "";
  for (const letter of letters) if (Array.from(kept + letter).length <= 9) kept += letter;
  return kept.replace(/\u200c$/, "");
}
