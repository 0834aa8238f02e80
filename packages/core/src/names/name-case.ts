/**
 * Capitals of a confirmed name (decision 15). A mailbox does not prove them, and a small l looks like a capital I: so
 * they stand where names have them, and wherever the case is a choice, only one of these two letters may be there.
 * Works on ASCII spellings (foldWord).
 */

/** Words that may be small: before the last word of a part, and not as the first of a given name. */
const PARTICLES =
  " 't af al ap auf aus av ben bin bint binti da dal das de degli dei del della delle dello dem den der des di do dos " +
  "du e el het i ibn im in la las le lo los op te ten ter tot und van vande vander vom von y zu zum zur ";

/** Of Italian and French family names; a capital follows. */
const ELIDED = /^(?:d|dall|dell|sant)'/;

/**
 * A capital and small letters. A second capital may follow a few prefixes, and none of these makes an I of an l: after
 * Mc and Mac a small l is before a vowel and a capital I is not (Maclean, MacIntosh); after the others there is no capital I.
 */
const CAPITALISED =
  /^(?!Ma?cl(?![aeiouy]))(?:Ma?c(?!I[aeiouy])[A-Z]|(?:D[aeiu]|Del|Fitz|L[aeo]|V[ao]n)[A-HJ-Z]|IJ|[A-Z])[a-z]*$/;
const SMALL = /^[a-km-z][a-z]*$/;

function isParticle(word: string): boolean {
  return PARTICLES.includes(` ${word} `);
}

function wordHolds(word: string): boolean {
  const [first = "", ...rest] = word.replace(ELIDED, "").split(/[-']/);
  return CAPITALISED.test(first) && rest.every((piece) => CAPITALISED.test(piece) || SMALL.test(piece));
}

/** Whether the capitals of one part of a name are where they belong. `words` are ASCII spellings. */
export function caseHolds(words: readonly string[], given: boolean): boolean {
  return words.every((word, at) => {
    if (at < words.length - 1 && (at > 0 || !given)) {
      if (isParticle(word)) return true;
      // An "Ia" here would be taken for a "la".
      if (isParticle(word.replace(/^I/, "l"))) return false;
    }
    return wordHolds(word);
  });
}
