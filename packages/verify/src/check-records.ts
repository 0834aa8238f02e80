/**
 * Leaves that name records (PROTOCOL §4 rule 14), with these (§3.7). Those of responses and of the chronicle may be gone, since
 * organisers may withhold them; the others are always there.
 */
import {
  type ChronicleRecord,
  canBeWithheld,
  type DealingsRecord,
  type JudgementRecord,
  type OrganiserRecord,
  parseRecord,
  RECORD_OF_LEAF,
  type RecordLeaf,
  type ResponseRecord,
  recordHash,
  recordLimit,
  verifyRecord,
  whatIsWrongWithMail,
} from "@undersigned/core";
import { checkEntry, placeOfEntry } from "./check-chronicle.ts";
import { checkSigners, type FurtherLetter, type FurtherLog, noteOf } from "./further-rules.ts";
import { recordPath } from "./public-files.ts";
import { readEvidence, readWithheld } from "./read-answers.ts";
import { parseFile, readFile, readIfThere } from "./read-files.ts";

type Note = ReturnType<typeof noteOf>["note"];

/** The record, if there is one, of a leaf that was found right. */
export interface RightRecord {
  readonly record: OrganiserRecord | null;
}

/** Takes the leaf in where all is right with it and its record; null where not. */
export async function checkRecordLeaf(
  log: FurtherLog,
  leaf: RecordLeaf,
  index: number,
  letter: FurtherLetter,
): Promise<RightRecord | null> {
  const { note, right } = noteOf(log.found, index, leaf.letter);
  const { further } = letter;
  if (log.notBefore !== null && leaf.day < log.notBefore)
    note("record-days", `It is dated ${leaf.day}, and a leaf of ${log.notBefore} stands before it.`);
  if (leaf.type === "response" && leaf.kind === "mail" && further.deliveries.length === 0)
    note("leaf-out-of-place", "The letter has not been handed over before it was answered by mail.");
  if (leaf.by.length > 0) await checkSigners(leaf, await verifyRecord(leaf, leaf.by), letter, note);
  if (further.records.has(leaf.record)) {
    note("record-repeated", "An earlier leaf names this record.");
    return null;
  }
  const counted: FurtherLog = { ...log, found: (code, _leaf, message) => note(code, message) };
  const withheld = canBeWithheld(leaf) ? await readWithheld(counted, leaf, index) : null;
  const record = withheld === null ? await readRecord(counted, leaf, index) : null;
  if (record !== null) checkContent(leaf, record, letter, note);
  if (leaf.type === "chronicle") checkEntry(leaf, record as ChronicleRecord | null, letter, note);
  const evidence =
    record?.type === "response-record" && (await readEvidence(counted, record, leaf.letter, index));

  if (leaf.type === "response") {
    if (!right()) return null;
    further.responses.push({ leaf, index, record: record as ResponseRecord | null, withheld, evidence });
  } else if (leaf.type === "chronicle") {
    if (!right()) return null;
    const entry = record as ChronicleRecord | null;
    further.addEntry({ leaf, index, record: entry, withheld }, placeOfEntry(leaf, entry));
  } else if (leaf.type === "judgement" && record?.type === "judgement-record") {
    if (!right()) return null;
    further.judgements.push({ leaf, index, record });
    further.judged.set(record.demand, leaf.record);
  } else if (leaf.type === "dealings" && record?.type === "dealings-record") {
    const rows = further.rowsAfter(record);
    if (rows === null) note("record-wrong", "The register has more rows than it may have.");
    if (rows === null || !right()) return null;
    further.addDealings(leaf, index, rows);
  } else {
    return null;
  }
  further.records.add(leaf.record);
  return { record };
}

async function readRecord(log: FurtherLog, leaf: RecordLeaf, index: number): Promise<OrganiserRecord | null> {
  const { source, found } = log;
  const type = RECORD_OF_LEAF[leaf.type];
  const path = recordPath(leaf.record);
  const read = canBeWithheld(leaf) ? readIfThere : readFile;
  const file = await read(source, path, recordLimit(type), found, { leaf: index });
  if (file === null) return null;
  if (recordHash(type, file) !== leaf.record) {
    found("record-wrong", index, `The file ${path} is not the one that its name is the hash of.`);
    return null;
  }
  return parseFile(() => parseRecord(type, file), path, "record-wrong", found, { leaf: index });
}

function checkContent(leaf: RecordLeaf, record: OrganiserRecord, letter: FurtherLetter, note: Note): void {
  if (record.workforce !== leaf.workforce || record.letter !== leaf.letter)
    note("record-wrong", "The record is of another letter than its leaf.");
  if (record.type === "response-record") checkResponse(leaf, record, letter, note);
  if (record.type === "judgement-record") checkJudgement(record, letter, note);
  if (record.type === "dealings-record") checkDealings(record, letter, note);
}

function checkResponse(leaf: RecordLeaf, record: ResponseRecord, letter: FurtherLetter, note: Note): void {
  if (leaf.type === "response" && leaf.kind !== record.kind)
    note("record-wrong", `The record is a ${record.kind}, and its leaf says that it is a ${leaf.kind}.`);
  if (record.kind !== "mail") return;
  const problem = whatIsWrongWithMail(record, {
    mailbox: letter.letter.manifest?.addressee.mailbox,
    deliveries: letter.further.deliveries.map((delivery) => delivery.leaf.delivered),
    logged: leaf.day,
  });
  if (problem !== null) note("record-wrong", problem);
}

function checkJudgement({ demand, previous }: JudgementRecord, letter: FurtherLetter, note: Note): void {
  const { manifest } = letter.letter;
  if (manifest !== null && !manifest.demands.some(({ id }) => id === demand))
    note("record-wrong", "The letter has no such demand.");
  if (previous !== (letter.further.judged.get(demand) ?? null))
    note("record-wrong", "The judgement does not name the demand's judgement before it.");
}

function checkDealings({ previous }: DealingsRecord, { further }: FurtherLetter, note: Note): void {
  if (previous !== (further.dealings.at(-1)?.leaf.record ?? null))
    note("record-wrong", "The change does not name the change of the register before it.");
}
