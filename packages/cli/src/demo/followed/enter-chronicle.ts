/** Enters something into a letter's chronicle as organisers do at the desk: one of them, or two where readers take it for the letter itself. */
import {
  type ChronicleEntry,
  type ChronicleRecord,
  encodeBase64url,
  encodeRecord,
  entryOrganisers,
  randomBytes,
  recordHash,
  type Signer,
  signRecord,
} from "@undersigned/core";
import type { Organiser, Organisers } from "../answered/organisers.ts";

type Place = { readonly workforce: string; readonly letter: string };

export async function enterChronicle(
  at: Place,
  { first, second }: Pick<Organisers, "first" | "second">,
  entry: ChronicleEntry,
  on: string,
): Promise<void> {
  const salt = encodeBase64url(randomBytes(32));
  const record: ChronicleRecord = { type: "chronicle-record", v: 1, salt, ...at, on, replaces: null, entry };
  const hash = recordHash(record.type, encodeRecord(record));
  const sigOf = ({ signer }: { readonly signer: Signer }): string =>
    signRecord({ type: "chronicle", ...at, record: hash }, signer).sig;
  const signed = (by: Organiser) => ({ record, sig: sigOf(by) });
  if (entryOrganisers(entry.kind) === 1) {
    await first.act("chronicle-add", signed(first));
    return;
  }
  await first.act("chronicle-propose", signed(first));
  await second.act("chronicle-agree", { ...at, record: hash, sig: sigOf(second) });
}
