/**
 * Whether a name is that of a mailbox's owner (decision 15): by the manifest's rule, or by a note of this registrar's
 * operator. Called only for a mailbox that was proved; what does not fit is no failure of the enrolment.
 */
import { checkNotedName, type EnrolmentRequest, type NameStatement, nameFits } from "@undersigned/core";
import type { EvidenceAt } from "../evidence/evidence.ts";
import type { Registrar } from "../registrar.ts";
import { hasNote } from "../storage/name-notes.ts";
import { nameNoteHash } from "../tag/keyed-hashes.ts";

/** What is to be signed, for each slot in order; null where nothing is. */
export async function confirmName(
  { database }: Registrar,
  { epoch, secrets }: Pick<EvidenceAt, "epoch" | "secrets">,
  mailbox: string,
  asked: EnrolmentRequest["name"],
): Promise<readonly NameStatement[] | null> {
  const { names } = epoch.manifest;
  if (names === null || asked === null) return null;
  const { name, keys } = asked;
  let rule: NameStatement["rule"];
  if (nameFits(name, mailbox, names)) rule = "pattern";
  else if (
    checkNotedName(name) === null &&
    (await hasNote(database, epoch.number, nameNoteHash(secrets.tag, mailbox, name)))
  ) {
    rule = "note";
  } else return null;
  const { workforce } = epoch.statement;
  return keys.map((key, slot) => ({ workforce, epoch: epoch.number, slot, name, rule, key }));
}
