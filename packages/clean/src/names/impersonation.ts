/** Whether a name is meant to be read as somebody's: in any order, with initials, with more names, one letter off. */
import { isOneEdit, skeletonOf } from "./skeleton.ts";

/** Shorter names are one letter off too many others. */
const LEAST_FOR_EDIT = 7;

export function readsAs(name: string, person: string): boolean {
  const given = skeletonOf(name);
  const theirs = skeletonOf(person);
  if (given.length === 0 || theirs.length === 0) return false;
  const whole = given.join("");
  if (orders(theirs).some((order) => whole === order)) return true;
  const full = theirs.filter((word) => word.length > 1);
  if (full.length > 1 && full.every((word) => given.includes(word))) return true;
  if (isInitialed(given, theirs)) return true;
  return orders(theirs).some((order) => order.length >= LEAST_FOR_EDIT && isOneEdit(whole, order));
}

/** As it is written, family name first, and without what is in the middle. */
function orders(words: readonly string[]): string[] {
  const first = words[0] as string;
  const last = words[words.length - 1] as string;
  if (words.length === 1) return [first];
  return [
    words.join(""),
    last + words.slice(0, -1).join(""),
    words.slice(1).join("") + first,
    first + last,
    last + first,
  ];
}

/** The family name whole, and of the first name its first letter; or the other way round. */
function isInitialed(given: readonly string[], theirs: readonly string[]): boolean {
  if (theirs.length < 2 || given.length < 2) return false;
  const first = theirs[0] as string;
  const last = theirs[theirs.length - 1] as string;
  const rest = given.filter((word) => word !== last);
  if (last.length < 3 || rest.length === given.length) return false;
  return (
    rest.every((word) => word.length <= 1 || theirs.includes(word)) &&
    rest.some((word) => first.startsWith(word))
  );
}
