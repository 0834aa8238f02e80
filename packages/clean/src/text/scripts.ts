/** Which characters belong together: what is invisible in one script is spelling in another. */

/** Scripts in which U+200C and U+200D are part of the spelling (Unicode, chapters 9, 12 to 14 and 16). */
const JOINING_SCRIPTS = [
  ...["Arabic", "Syriac", "Mandaic", "Nko", "Mongolian", "Phags_Pa", "Adlam", "Hanifi_Rohingya", "Sogdian"],
  ...["Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam"],
  ...["Sinhala", "Khmer", "Myanmar", "Tibetan", "Balinese", "Javanese", "Chakma", "Grantha", "Tirhuta"],
  ...["Newa", "Modi", "Brahmi", "Kaithi", "Sharada", "Thaana", "Limbu", "Lepcha"],
];

export const JOINS = new RegExp(`[${JOINING_SCRIPTS.map((name) => `\\p{Script=${name}}`).join("")}]`, "u");

export const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Samaritan}\p{Script=Hanifi_Rohingya}]/u;

/** Written with U+3000 as its space. */
export const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;
