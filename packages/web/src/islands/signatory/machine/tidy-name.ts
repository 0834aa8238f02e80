/** A name as it is published: spaces that typing leaves behind are not part of it. */
export function tidyName(name: string): string {
  return name.trim().replace(/ {2,}/g, " ").normalize("NFC");
}
