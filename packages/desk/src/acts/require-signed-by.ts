/** What owners sign together: each must be named by the letter itself, since recounts look there for whose keys may sign. */
import type { BesideLetter } from "@undersigned/board";
import { verifyRecord } from "@undersigned/core";
import { DeskError } from "../errors.ts";
import type { Caller } from "./act.ts";

/** Throws `not-your-key` for somebody whom the letter does not name as organiser, and `signature-wrong`. */
export async function requireSignedBy(
  { key }: Caller,
  { workforce, letter, manifest }: BesideLetter,
  {
    type,
    hash,
    sig,
  }: { readonly type: "judgement" | "chronicle"; readonly hash: string; readonly sig: string },
): Promise<void> {
  if (!manifest.organisers.includes(key)) {
    throw new DeskError(
      "not-your-key",
      "Only owners whom the letter itself names as organisers sign what becomes of it.",
    );
  }
  if (await verifyRecord({ type, workforce, letter, record: hash }, [{ organiser: key, sig }])) return;
  throw new DeskError("signature-wrong", "The signature is not yours over this: sign again.");
}
