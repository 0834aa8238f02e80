/** A captured copy, for organisers to look at. */
import { encodeBase64url } from "@undersigned/core";
import { requireCopy } from "../model/copies.ts";
import { within } from "./act.ts";

export const copyRead = within<"copy-read">(async ({ desk, trx }, { sha256 }) => {
  const { bytes, type } = await requireCopy(desk, trx, sha256);
  return { answer: { bytes: encodeBase64url(bytes), type } };
});
