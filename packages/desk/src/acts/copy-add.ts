/** Takes a captured copy of a source, if it is what package clean makes of itself: the page has cleaned it, and the board trusts no page. */
import { decodeBase64url } from "@undersigned/core";
import { putCopy } from "../model/copies.ts";
import { around } from "./act.ts";

/** Cleaning takes longer than a transaction may. */
export const copyAdd = around<"copy-add">(async ({ desk }, body) => {
  const bytes = decodeBase64url(body.bytes);
  const copy = { type: await desk.judgeCopy(bytes), bytes };
  const sha256 = await desk.database.transaction((trx) => putCopy(desk, trx, copy));
  return { answer: { sha256, type: copy.type, bytes: bytes.length }, about: "a copy of a source" };
});
