/** Which way a text runs. The first letter decides, as in the first rules of Unicode's bidirectional algorithm (UAX 9, P2 and P3). */

const RIGHT_TO_LEFT =
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Hanifi_Rohingya}]/u;
const ANY_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Isolated (FSI, PDI) where some of it runs from right to left, so that it does not reorder the sentence that it stands in. */
export function isolated(text: string): string {
  return ANY_RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
