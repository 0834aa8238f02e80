/** Long words, so that none runs out of its column. */

/** A piece without a place to break at: most scripts break between words only. */
const UNBROKEN =
  /[^\s\u200b\u2010\u2013\u2014\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
/** Six letters with what belongs to them, and one more behind them. */
const SIX = /(?:\P{M}(?:[\p{M}\u200c]|\u200d\P{M}?)*){6}(?=\P{M})/gu;
const WIDE = /[\p{Lu}\p{Emoji_Presentation}mw@%&\u0400-\u04ff\ufffd]/u;

/** May break anywhere where a word would be wider than so many times the size of its letters. */
export function breakable(text: string, ems: number): string {
  if (text.length * 0.6 <= ems) return text;
  return text.replace(UNBROKEN, (word) => (widthOf(word) <= ems ? word : word.replace(SIX, "$&\u200b")));
}

/** No less than it is, in most cases. */
function widthOf(word: string): number {
  let width = 0;
  for (const char of word) width += WIDE.test(char) ? 1 : 0.62;
  return width;
}

/** Cut where it is longer, and seen to be. */
export function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const all = Array.from(text);
  return all.length <= characters ? text : `${all.slice(0, characters).join("")} […]`;
}
