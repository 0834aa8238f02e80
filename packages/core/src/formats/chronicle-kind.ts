/** The kinds of entries of a chronicle, which leaves name too: who reads leaves alone need not know the records. */
import { type Infer, oneOf } from "./shape.ts";

export const CHRONICLE_KINDS = [
  "report",
  "remark",
  "statement",
  "figure",
  "elsewhere",
  "mirror",
  "topics",
  "translation",
  "removal",
] as const;
export const chronicleKind = oneOf(...CHRONICLE_KINDS);
export type ChronicleKind = Infer<typeof chronicleKind>;

/** Of leaves and records alike. */
export function removesSomething(kind: ChronicleKind, replaces: string | null) {
  return kind === "removal" && replaces === null
    ? { path: "/replaces", expected: "the entry that is taken back" }
    : null;
}
