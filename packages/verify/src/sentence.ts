/**
 * The sentence to quote with a letter's number: how many, how proved and between which days, by whom it was checked, what
 * is not proved, and the checkpoint that anyone can recount from. In English; pages make the same of the report in the reader's
 * language.
 */
import type { LetterReport } from "./report.ts";

export interface CheckpointName {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

const number = new Intl.NumberFormat("en-US");

export function sentenceOf(
  letter: Omit<LetterReport, "sentence">,
  checkpoint: CheckpointName,
  failures: number,
): string {
  const from = `Counted from checkpoint ${shortOrigin(checkpoint.origin)}, ${number.format(checkpoint.size)} leaves, root ${checkpoint.root}.`;
  if (failures > 0) {
    return `Do not quote a number: this recount found ${number.format(failures)} ${failures === 1 ? "thing" : "things"} wrong with the log or its files. ${from}`;
  }
  const name = letter.title === null ? `Letter ${letter.letter}` : `“${letter.title}”`;
  if (letter.state === "too-few") {
    return `${name} was closed without a number: too few had signed it, and all signatures were destroyed unseen. ${from}`;
  }
  if (letter.days === null) {
    return `Nothing is known yet of who has signed ${name}: a number appears when enough have. ${from}`;
  }
  return [
    countPart(name, letter),
    earlyPart(letter),
    proofPart(letter),
    namesPart(letter),
    vouchedPart(letter),
    furtherPart(letter),
    notProvedPart(letter),
    from,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function countPart(name: string, letter: Omit<LetterReport, "sentence">): string {
  const { mailbox } = letter.counted;
  const domains = list(letter.proof.domains);
  const who =
    mailbox === 1 ? "1 holder of a work mailbox" : `${number.format(mailbox)} holders of work mailboxes`;
  const base =
    letter.headcount === null
      ? ""
      : `, out of ${number.format(letter.headcount.number)} people at ${letter.proof.employer} (${letter.headcount.source}, ${letter.headcount.day})`;
  const closed =
    letter.closing === null
      ? ""
      : ` When it was closed on ${letter.closing.day} there were ${number.format(letter.closing.counts.mailbox)}.`;
  const withdrawn =
    letter.withdrawn.mailbox === 0
      ? ""
      : `; ${number.format(letter.withdrawn.mailbox)} more ${letter.withdrawn.mailbox === 1 ? "has" : "have"} withdrawn`;
  return `${who} at ${domains} ${mailbox === 1 ? "stands" : "stand"} by ${name}${base}${withdrawn}.${closed}`;
}

function earlyPart({ earlyClosing, closes }: Omit<LetterReport, "sentence">): string {
  if (earlyClosing === null) return "";
  const { by, day, instead } = earlyClosing;
  return `On ${day}, ${number.format(by.length)} organisers moved its last day from ${instead} to ${closes}.`;
}

function proofPart({ days, quorum, registrars, proof }: Omit<LetterReport, "sentence">): string {
  const { codesFrom, mails } = proof;
  const ways: string[] = [];
  if (codesFrom !== null)
    ways.push(`by a code sent there between ${codesFrom} and ${days?.last ?? codesFrom}`);
  if (mails !== null) {
    const { notBefore, notAfter } = mails;
    ways.push(`by a signed mail that had come there between ${notBefore} and ${notAfter}`);
  }
  const names = list(registrars.map(({ name, operator }) => `${name} (run by ${operator})`));
  const by = registrars.length === 1 ? names : `${quorum} of the ${registrars.length} registrars ${names}`;
  return `Each proved that mailbox ${ways.join(", or ")}, to ${by}.`;
}

/** Of those in the number. */
function namesPart({ appearances }: Omit<LetterReport, "sentence">): string {
  const { named, confirmed } = appearances.mailbox;
  if (named === 0) return "";
  const given = named - confirmed;
  const how =
    confirmed === 0
      ? "as given by the signatory"
      : given === 0
        ? "confirmed by work mailbox"
        : `${number.format(confirmed)} confirmed by work mailbox and ${number.format(given)} as given by the signatory`;
  return `${number.format(named)} of them ${named === 1 ? "shows a name" : "show names"}, ${how}.`;
}

function vouchedPart({ counted }: Omit<LetterReport, "sentence">): string {
  if (counted.vouched === 0) return "";
  return `${number.format(counted.vouched)} more, not in that number, ${counted.vouched === 1 ? "was" : "were"} vouched for and proved no mailbox.`;
}

const WAYS = { hand: "by hand", mail: "by mail", post: "by post" };

function furtherPart({ deliveries, responses }: Omit<LetterReport, "sentence">): string {
  if (deliveries.length === 0) return "";
  const handed = list(deliveries.map(({ delivered, how }) => `on ${delivered} ${WAYS[how]}`));
  const answers = responses.filter(({ kind }) => kind === "mail").map(({ day }) => day);
  const statements = responses.filter(({ kind }) => kind === "statement").map(({ day }) => day);
  const answered = [
    ...(answers.length === 0 ? [] : [`its addressee has answered by mail on ${list(answers)}`]),
    ...(statements.length === 0 ? [] : [`organisers entered a statement on ${list(statements)}`]),
  ];
  return `It was handed over ${handed}; ${answered.length === 0 ? "the log holds no answer" : answered.join("; ")}.`;
}

function notProvedPart({ quorum }: Omit<LetterReport, "sentence">): string {
  const dishonest =
    quorum === 1 ? "that registrar is dishonest" : `${quorum} of those registrars are dishonest together`;
  return `Not proved: that each mailbox is another person's, that its holder worked there on any other day, or anything if ${dishonest}.`;
}

/** Enough to find the log by; the whole origin is in the report. */
function shortOrigin(origin: string): string {
  return origin.replace(/^(undersigned-log\/[0-9a-f]{12})[0-9a-f]+$/, "$1…");
}

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
