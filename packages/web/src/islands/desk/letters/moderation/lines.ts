/** One entry a line, as shown text is: single spaces, no empty line, each once. */
const MOST = 500;
const LONGEST = 100;

export function lines(text: string): string[] {
  const all = text
    .normalize("NFC")
    .split("\n")
    .map((line) => [...line.replace(/\s+/gu, " ").trim()].slice(0, LONGEST).join("").trim())
    .filter((line) => line !== "");
  return [...new Set(all)].slice(0, MOST);
}
