/** Takes a captured copy of a source, if it is what package clean makes of itself: the page has cleaned it, and the board trusts no page. */
import { inspectFile, isClean } from "@undersigned/clean";
import { decodeBase64url, MAX_COPY_BYTES } from "@undersigned/core";
import { DeskError } from "../errors.ts";
import { putCopy } from "../model/copies.ts";
import { CLEAN_PARTS, typeOf } from "../model/copy-types.ts";
import { around } from "./act.ts";

/** Cleaning takes longer than a transaction may. */
export const copyAdd = around<"copy-add">(async ({ desk }, body) => {
  const bytes = decodeBase64url(body.bytes);
  const clean = bytes.length <= MAX_COPY_BYTES && (await isClean(bytes, CLEAN_PARTS));
  const format = clean ? (await inspectFile(bytes, "", CLEAN_PARTS)).format : "unsupported";
  if (format === "unsupported") {
    throw new DeskError(
      "copy-not-clean",
      "The file still holds what could give somebody away, or is of a kind that cannot be cleaned: clean it first.",
    );
  }
  const copy = { type: typeOf(format), bytes };
  const sha256 = await desk.database.transaction((trx) => putCopy(desk, trx, copy));
  return { answer: { sha256, type: copy.type, bytes: bytes.length }, about: "a copy of a source" };
});
