/** What acts that log a record have in common: the copies that it names are here, and become public with it. */
import {
  encodeRecord,
  type JsonValue,
  type OrganiserRecord,
  type OrganiserSignature,
  recordHash,
  type Source,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { boardLetter } from "../model/board-texts.ts";
import { requireCopy } from "../model/copies.ts";
import { copiesOf, publishCopiesOf } from "../model/publish-copies.ts";

/** `by`: sorted. Durable when it resolves. Throws `copy-unknown`, and what the board refuses. */
export async function logSigned(
  desk: Desk,
  record: OrganiserRecord,
  by: readonly OrganiserSignature[],
  sources: readonly Source[],
): Promise<{ readonly hash: string; readonly title: string }> {
  const { workforce, letter, type } = record;
  const { manifest } = await boardLetter(desk, desk.database.db, workforce, letter);
  const copies = copiesOf(sources);
  for (const copy of copies) await requireCopy(desk, desk.database.db, copy);
  const request = { type: "record-request", v: 1, record, by: [...by] };
  await desk.board.logRecord(workforce, request as unknown as JsonValue);
  await publishCopiesOf(desk, { workforce, letter }, copies);
  return { hash: recordHash(type, encodeRecord(record)), title: manifest.title };
}
