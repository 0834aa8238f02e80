/** Files beside a record: that it is withheld, and what an answer by mail can be checked again with (PROTOCOL §3.7). */
import {
  encodeBase64url,
  type ResponseRecord,
  sha256,
  type WithheldRecord,
  type WithholdableLeaf,
  withheldRecord,
} from "@undersigned/core";
import type { FurtherLog } from "./further-rules.ts";
import { answerPath, parsePublicFile, withheldPath } from "./public-files.ts";
import { parseFile, readIfThere } from "./read-files.ts";
import { LIMITS } from "./source.ts";

/** Null where it is not withheld. */
export async function readWithheld(
  { source, found }: Pick<FurtherLog, "source" | "found">,
  leaf: WithholdableLeaf,
  index: number,
): Promise<WithheldRecord | null> {
  const path = withheldPath(leaf.record);
  const place = { leaf: index, letter: leaf.letter };
  const file = await readIfThere(source, path, LIMITS.document, found, place);
  if (file === null) return null;
  const withheld = parseFile(
    () => parsePublicFile(file, withheldRecord),
    path,
    "file-malformed",
    found,
    place,
  );
  if (withheld === null || withheld.record === leaf.record) return withheld;
  found("file-malformed", index, `The file ${path} is of another record than its name says.`, leaf.letter);
  return null;
}

/** Whether it is among the files, as the record names it. That its signature holds is checked by who knows the domain's key. */
export async function readEvidence(
  { source, found }: Pick<FurtherLog, "source" | "found">,
  record: ResponseRecord,
  letter: string,
  index: number,
): Promise<boolean> {
  if (record.kind !== "mail" || record.evidence === null) return false;
  const path = answerPath(record.evidence);
  const file = await readIfThere(source, path, LIMITS.evidence, found, { leaf: index, letter });
  if (file === null) return false;
  if (encodeBase64url(sha256(file)) === record.evidence) return true;
  found("record-wrong", index, `The file ${path} is not the one that the answer's record names.`, letter);
  return false;
}
