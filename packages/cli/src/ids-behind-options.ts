/**
 * An id is base64url, so one in 64 begins with a hyphen and looks like an option. Such a one that is no option's value goes to
 * the end, behind `--`, where it is taken for what it is.
 */
const ID = /^-[A-Za-z0-9_-]{42}$/;

export function idsBehindOptions(args: readonly string[]): string[] {
  if (args.includes("--")) return [...args];
  const isAlone = (arg: string, i: number): boolean => ID.test(arg) && !(args[i - 1] ?? "").startsWith("--");
  const ids = args.filter(isAlone);
  if (ids.length === 0) return [...args];
  return [...args.filter((arg, i) => !isAlone(arg, i)), "--", ...ids];
}
