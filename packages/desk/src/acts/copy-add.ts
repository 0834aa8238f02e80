/** Takes a captured copy of a source, if it is what package clean makes of itself: the page has cleaned it, and the board trusts no page. */
import { inspectFile, isClean } from "@undersigned/clean";
import { type CopyType, decodeBase64url, MAX_COPY_BYTES } from "@undersigned/core";
import { DeskError } from "../errors.ts";
import { putCopy } from "../model/copies.ts";
import { around } from "./act.ts";

const TYPES = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  pdf: "application/pdf",
  text: "text/plain",
} as const satisfies Record<string, CopyType>;

const PARTS = { pdf: () => import("@undersigned/clean/pdf") };

/** Cleaning takes longer than a transaction may. */
export const copyAdd = around<"copy-add">(async ({ desk }, body) => {
  const bytes = decodeBase64url(body.bytes);
  const clean = bytes.length <= MAX_COPY_BYTES && (await isClean(bytes, PARTS));
  const format = clean ? (await inspectFile(bytes, "", PARTS)).format : "unsupported";
  if (format === "unsupported") {
    throw new DeskError(
      "copy-not-clean",
      "The file still holds what could give somebody away, or is of a kind that cannot be cleaned: clean it first.",
    );
  }
  const copy = { type: TYPES[format], bytes };
  const sha256 = await desk.database.transaction((trx) => putCopy(desk, trx, copy));
  return { answer: { sha256, type: copy.type, bytes: bytes.length }, about: "a copy of a source" };
});
