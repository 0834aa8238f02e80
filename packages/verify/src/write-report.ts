/** The report out of what a recount has gathered. */
import { CLASSES, type Day, type WorkforceManifest } from "@undersigned/core";
import { encodeBase64 } from "@undersigned/log";
import type { DestructionRecord } from "./check-destructions.ts";
import { type IssuanceRecord, mostIssued } from "./check-issuance.ts";
import type { OpeningsCheck } from "./check-openings.ts";
import type { Failure } from "./errors.ts";
import { furtherNotChecked, furtherReport } from "./further-report.ts";
import { classesOf, type Ledger } from "./ledger.ts";
import { closesOf, type LetterRecord, tokenUse } from "./letter-record.ts";
import { letterName, type NotChecked, notCheckedItem } from "./not-checked.ts";
import type { LogCheckpoint } from "./open-checkpoint.ts";
import type { IssuanceReport, LetterReport, Report } from "./report.ts";
import { sentenceOf } from "./sentence.ts";

export interface Gathered {
  readonly workforce: string;
  readonly failures: readonly Failure[];
  readonly checkpoint: LogCheckpoint;
  readonly employer: string;
  readonly cosigned: readonly string[];
  readonly known: boolean;
  readonly indexCompared: boolean;
  readonly ledger: Ledger;
  readonly issuance: IssuanceRecord;
  readonly destructions: DestructionRecord;
  /** Every letter of the log. */
  readonly allLetters: readonly LetterRecord[];
  /** The letters to be reported, with the check of their openings. */
  readonly letters: readonly GatheredLetter[];
}

export interface GatheredLetter {
  readonly record: LetterRecord;
  readonly openings: OpeningsCheck;
  readonly text: LetterReport["text"];
}

/** By leaf, so that the first thing that went wrong stands first. */
export function sortFailures(failures: readonly Failure[]): Failure[] {
  const place = ({ leaf }: Failure) => leaf ?? Number.MAX_SAFE_INTEGER;
  return failures.toSorted((a, b) => place(a) - place(b));
}

/** For what could not even be begun. */
export function emptyReport(
  workforce: string,
  failures: readonly Failure[],
  employer: string | null = null,
): Report {
  return {
    ok: false,
    failures: sortFailures(failures),
    workforce,
    employer,
    origin: null,
    checkpoint: null,
    size: null,
    root: null,
    cosigned: [],
    letters: [],
    issuance: [],
    clients: [],
    notChecked: [notCheckedItem("anything")],
  };
}

export function writeReport(gathered: Gathered): Report {
  const { workforce, failures, checkpoint, employer, cosigned, letters } = gathered;
  const { origin, text, size } = checkpoint;
  const root = encodeBase64(checkpoint.root);
  return {
    ok: failures.length === 0,
    failures: sortFailures(failures),
    workforce,
    employer,
    origin,
    checkpoint: text,
    size,
    root,
    cosigned,
    letters: letters.map((letter) => letterReport(letter, gathered, { origin, size, root })),
    issuance: issuanceReports(gathered),
    clients: gathered.ledger.clients.map(({ leaf, index, build }) => {
      return { client: leaf.client, version: build.version, day: leaf.day, leaf: index };
    }),
    notChecked: notChecked(gathered),
  };
}

function letterReport(
  { record, openings, text }: GatheredLetter,
  { ledger, failures }: Gathered,
  checkpoint: { origin: string; size: number; root: string },
): LetterReport {
  const { letter, states, firstDay, lastDay, closing, earlyClosing } = record;
  const { leaf, index, manifest, epoch } = letter;
  const terms = epoch.version.manifest;
  const inForce = closing?.inForce ?? ledger.inForce?.manifest ?? terms;
  const report: Omit<LetterReport, "sentence"> = {
    letter: leaf.letter,
    title: manifest?.title ?? null,
    text,
    leaf: index,
    epoch: leaf.epoch,
    slot: leaf.slot,
    opens: leaf.opens,
    closes: closesOf(record),
    earlyClosing:
      earlyClosing === null
        ? null
        : {
            leaf: earlyClosing.index,
            day: earlyClosing.leaf.day,
            instead: leaf.closes,
            by: earlyClosing.leaf.by.map(({ organiser }) => organiser),
          },
    state: closing === null ? "open" : closing.leaf.outcome,
    counted: states.counted,
    withdrawn: { ...states.withdrawn },
    endorsed: { ...states.endorsed },
    closing:
      closing === null
        ? null
        : {
            day: closing.leaf.day,
            leaf: closing.index,
            counts: closing.leaf.counts,
            withdrawn: closing.leaf.withdrawn,
            destroyed: closing.leaf.destroyed,
          },
    appearances: openings.appearances,
    days: firstDay === null || lastDay === null ? null : { first: firstDay, last: lastDay },
    headcount: inForce.headcount,
    registrars: terms.registrars.map(({ name, operator }) => ({ name, operator })),
    quorum: terms.quorum,
    proof: proofOf(terms, epoch.leaf.opens),
    ...furtherReport(record.further),
  };
  return { ...report, sentence: sentenceOf(report, checkpoint, failures.length) };
}

/**
 * A person who types a code does so between the beginning of the epoch and the batch that brings the endorsement. A mail
 * proves the mailbox on its own day, which the manifest puts between two.
 */
function proofOf(
  { employer, mailboxes, evidence, existingMail }: WorkforceManifest,
  epochOpens: Day,
): LetterReport["proof"] {
  const hasCodes = evidence.some(({ kind }) => kind === "mailbox-code");
  return {
    employer,
    domains: mailboxes.domains.map(({ domain }) => domain),
    codesFrom: hasCodes ? epochOpens : null,
    mails:
      existingMail === null ? null : { notBefore: existingMail.notBefore, notAfter: existingMail.notAfter },
  };
}

function issuanceReports({ ledger, issuance, destructions, allLetters }: Gathered): IssuanceReport[] {
  const reports: IssuanceReport[] = [];
  for (const [number, epoch] of ledger.epochs) {
    const { registrars, evidence } = epoch.version.manifest;
    for (const { identity, name } of registrars) {
      const last = issuance.last(number, identity);
      for (const cls of classesOf(epoch)) {
        const kinds = evidence.filter((item) => item.class === cls).map((item) => item.kind);
        const issued = last?.issued
          .filter((item) => kinds.includes(item.evidence))
          .reduce((sum, item) => sum + item.count, 0);
        const endorsed = allLetters
          .filter(({ letter }) => letter.leaf.epoch === number)
          .map(({ tokensUsed }) => tokensUsed.get(tokenUse(cls, identity)) ?? 0);
        reports.push({
          registrar: identity,
          name,
          epoch: number,
          class: cls,
          issued: issued ?? null,
          batch: last?.batch ?? null,
          most: last === undefined ? null : mostIssued(epoch, last, cls),
          endorsed: Math.max(0, ...endorsed),
          destroyed: destructions.of(number, identity)?.day ?? null,
        });
      }
    }
  }
  return reports;
}

function notChecked(gathered: Gathered): NotChecked[] {
  const { cosigned, known, indexCompared, letters } = gathered;
  const items = [notCheckedItem("registrars"), notCheckedItem("mailboxes"), notCheckedItem("publication")];
  if (cosigned.length === 0 && !known) items.push(notCheckedItem("same-log"));
  if (!indexCompared) items.push(notCheckedItem("index"));
  if (gathered.destructions.all().size > 0) items.push(notCheckedItem("destructions"));
  const silent = issuanceReports(gathered).filter((row) => row.issued === null && row.endorsed > 0);
  for (const { name, epoch } of silent) items.push(notCheckedItem("issuance", { registrar: name, epoch }));
  for (const { record, openings, text } of letters) {
    const of = letterName(record.letter);
    if (text === "missing") items.push(notCheckedItem("text-missing", of));
    if (text === "sealed") items.push(notCheckedItem("text-sealed", of));
    if (of.title === null && record.earlyClosing !== null) items.push(notCheckedItem("early-closing", of));
    items.push(...furtherNotChecked(record));
    if (openings.missingPages > 0)
      items.push(notCheckedItem("openings", { ...of, pages: openings.missingPages }));
    const endorsed = CLASSES.reduce((sum, cls) => sum + record.states.endorsed[cls], 0);
    if (endorsed > 0 && gathered.ledger.inForce?.manifest.headcount === null)
      items.push(notCheckedItem("headcount", of));
  }
  return items;
}
