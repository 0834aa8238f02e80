/**
 * The faces that print is set in, from npm packages, so that it looks alike on every machine: none of the system's is used.
 * Each has a regular and a bold weight, but for signs;
 * only Latin, Greek and Cyrillic have italics.
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { readCoverage } from "./coverage.ts";

const require = createRequire(import.meta.url);

export interface Face {
  readonly code: FaceCode;
  readonly family: string;
  /** Looked at for characters of these scripts alone; null for all characters. */
  readonly script: RegExp | null;
  /** Where the files are: one weight each, nothing else that is a font. */
  readonly folders: readonly string[];
  /** Whether it can draw a code point. */
  has(codePoint: number): boolean;
}

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;

/**
 * In the order in which a character is looked for. Arabic is set in IBM Plex, since Noto draws letters and their dots as glyphs of
 * their own: then what is searched or copied has letters twice. Noto has some letters that Plex has not.
 */
const TABLE = [
  ["latin", "Noto Sans", null],
  ["arabic", "IBM Plex Sans Arabic", /\p{Script_Extensions=Arabic}/u],
  ["arabic-more", "Noto Sans Arabic", /\p{Script_Extensions=Arabic}/u],
  ["hebrew", "Noto Sans Hebrew", /\p{Script=Hebrew}/u],
  ["devanagari", "Noto Sans Devanagari", /\p{Script_Extensions=Devanagari}/u],
  ["bengali", "Noto Sans Bengali", /\p{Script_Extensions=Bengali}/u],
  ["gurmukhi", "Noto Sans Gurmukhi", /\p{Script_Extensions=Gurmukhi}/u],
  ["gujarati", "Noto Sans Gujarati", /\p{Script_Extensions=Gujarati}/u],
  ["tamil", "Noto Sans Tamil", /\p{Script_Extensions=Tamil}/u],
  ["telugu", "Noto Sans Telugu", /\p{Script_Extensions=Telugu}/u],
  ["kannada", "Noto Sans Kannada", /\p{Script_Extensions=Kannada}/u],
  ["malayalam", "Noto Sans Malayalam", /\p{Script_Extensions=Malayalam}/u],
  ["sinhala", "Noto Sans Sinhala", /\p{Script_Extensions=Sinhala}/u],
  ["thai", "Noto Sans Thai", /\p{Script=Thai}/u],
  ["lao", "Noto Sans Lao", /\p{Script=Lao}/u],
  ["khmer", "Noto Sans Khmer", /\p{Script=Khmer}/u],
  ["myanmar", "Noto Sans Myanmar", /\p{Script_Extensions=Myanmar}/u],
  ["georgian", "Noto Sans Georgian", /\p{Script_Extensions=Georgian}/u],
  ["armenian", "Noto Sans Armenian", /\p{Script=Armenian}/u],
  ["ethiopic", "Noto Sans Ethiopic", /\p{Script=Ethiopic}/u],
  ["korean", "Noto Sans KR", /\p{Script=Hangul}/u],
  ["chinese", "Noto Sans SC", HAN],
  ["japanese", "Noto Sans JP", HAN],
  ["emoji", "Noto Emoji", null],
  ["symbols", "Noto Sans Symbols 2", null],
  ["math", "Noto Sans Math", null],
  // What has no script of its own: full-width marks, brackets and lines of East Asia.
  ["chinese", "Noto Sans SC", null],
] as const;

export type FaceCode = (typeof TABLE)[number][0];

const known = new Map<string, Pick<Face, "folders" | "has">>();

/** Files are found and looked into when they are first wanted. */
export const FACES: readonly Face[] = TABLE.map(([code, family, script]) => ({
  code,
  family,
  script,
  get folders() {
    return filesOf(family).folders;
  },
  has: (codePoint) => filesOf(family).has(codePoint),
}));

function filesOf(family: string): Pick<Face, "folders" | "has"> {
  const before = known.get(family);
  if (before !== undefined) return before;
  const name = family.toLowerCase().replaceAll(" ", "-");
  const file = family.replaceAll(" ", "");
  const files = weightsOf(family).map((weight) =>
    require.resolve(`@expo-google-fonts/${name}/${weight}/${file}_${weight}.ttf`),
  );
  const found = { folders: files.map((path) => dirname(path)), has: readCoverage(files[0]!) };
  known.set(family, found);
  return found;
}

/** The regular one first. */
function weightsOf(family: string): string[] {
  if (family === "Noto Sans") return ["400Regular", "700Bold", "400Regular_Italic", "700Bold_Italic"];
  const signs = family === "Noto Sans Math" || family === "Noto Sans Symbols 2";
  return signs ? ["400Regular"] : ["400Regular", "700Bold"];
}
