/**
 * Words that hurt, in a name. English ones come from package obscenity; the organisers add their own. There are real names
 * among what it finds, so a finding makes a name wait until somebody has looked, and never more.
 */
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import { skeletonOf } from "./skeleton.ts";

let english: RegExpMatcher | null = null;

export function holdsSlur(name: string, own: readonly string[]): boolean {
  english ??= new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  if (english.hasMatch(name.normalize("NFKC"))) return true;
  const words = skeletonOf(name);
  return own.some((slur) => {
    const theirs = skeletonOf(slur);
    if (theirs.length === 0) return false;
    // Whole words, or a word that was spread out; within a longer word it would hit the innocent.
    return ` ${words.join(" ")} `.includes(` ${theirs.join(" ")} `) || words.join("") === theirs.join("");
  });
}
