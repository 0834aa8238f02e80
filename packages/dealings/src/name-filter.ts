/** Which entries an import asks for, by parts of names. */
import { foldName } from "./text/clean-line.ts";

export type NameFilter = (names: readonly string[]) => boolean;

/** Lets all through if there are no parts; else what has one of them in one of its names. */
export function nameFilter(parts: readonly string[] | undefined): NameFilter {
  const folded = (parts ?? []).map(foldName).filter((part) => part !== "");
  if (folded.length === 0) return () => true;
  const known = new Map<string, boolean>();
  const has = (name: string): boolean => {
    let answer = known.get(name);
    if (answer === undefined) {
      const own = foldName(name);
      answer = folded.some((part) => own.includes(part));
      if (known.size >= 1000) known.clear();
      known.set(name, answer);
    }
    return answer;
  };
  return (names) => names.some((name) => name !== "" && has(name));
}
