/**
 * The fonts that a text needs, from npm packages, so that print looks alike on every machine: none of the system's is used.
 * Noto Sans for Latin, Greek and Cyrillic always; a script of its own only where the text has it. What no font here has is
 * drawn as an empty box rather than left out.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

interface Face {
  readonly script: RegExp | null;
  readonly files: readonly string[];
}

const FACES: readonly Face[] = [
  { script: null, files: weights("noto-sans", "NotoSans") },
  { script: /\p{Script=Arabic}/u, files: weights("noto-sans-arabic", "NotoSansArabic") },
  { script: /\p{Script=Hebrew}/u, files: weights("noto-sans-hebrew", "NotoSansHebrew") },
  { script: /\p{Script=Devanagari}/u, files: weights("noto-sans-devanagari", "NotoSansDevanagari") },
  { script: /\p{Script=Thai}/u, files: weights("noto-sans-thai", "NotoSansThai") },
];

/** Family names in the order in which a character is looked for. */
export const FAMILIES = [
  "Noto Sans",
  "Noto Sans Arabic",
  "Noto Sans Hebrew",
  "Noto Sans Devanagari",
  "Noto Sans Thai",
] as const;

function weights(name: string, file: string): string[] {
  return ["400Regular", "700Bold"].map(
    (weight) => `@expo-google-fonts/${name}/${weight}/${file}_${weight}.ttf`,
  );
}

const read = new Map<string, Buffer>();

/** Bytes of the font files for `text`; read once. */
export function fontsFor(text: string): Buffer[] {
  const faces = FACES.filter(({ script }) => script === null || script.test(text));
  return faces.flatMap(({ files }) =>
    files.map((file) => {
      const known = read.get(file);
      if (known !== undefined) return known;
      const bytes = readFileSync(require.resolve(file));
      read.set(file, bytes);
      return bytes;
    }),
  );
}
