/** A manifest as the board has made it of a document's fields. */
import type { Problem } from "@undersigned/core";
import { DeskError } from "../errors.ts";

/** Throws `manifest-problems` with the first thing that stops it, in core's words, which repeat nothing that was typed. */
export function requireManifest<T>(made: {
  readonly manifest: T | null;
  readonly problems: readonly Problem[];
}): T {
  if (made.manifest !== null) return made.manifest;
  const first = made.problems.find(({ stops }) => stops);
  throw new DeskError(
    "manifest-problems",
    first?.message ?? "Something is missing: look at the document again.",
  );
}
