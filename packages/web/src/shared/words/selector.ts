/** A code of ours as a `select` of ICU MessageFormat takes it: hyphens are no part of names there. */
export function selector(code: string): string {
  return code.replaceAll("-", "_");
}
