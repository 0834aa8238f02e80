/**
 * The sentence to quote, in the page's language: what package verify says in English for the report (sentence.ts there), of the
 * same facts. Only of a report in which every check holds.
 */
import type { Day } from "@undersigned/core";
import { foreign, type Words } from "@undersigned/messages";
import type { LetterReport, Report } from "@undersigned/verify";
import { say } from "../say.ts";
import { named } from "./not-checked-words.ts";

export function quotedWords(letter: LetterReport, report: Report): Words {
  const of = named(letter);
  const from = fromWords(report);
  if (letter.state === "too-few") return joined([say.rich("recount.quoted.too-few", of), from]);
  if (letter.days === null) return joined([say.rich("recount.quoted.nothing-yet", of), from]);
  return joined([
    countWords(letter, of),
    ...closedWords(letter),
    ...earlyWords(letter),
    proofWords(letter, letter.days.last),
    ...namesWords(letter),
    ...vouchedWords(letter),
    ...furtherWords(letter),
    say.rich("recount.quoted.not-proved", { quorum: letter.quorum }),
    from,
  ]);
}

function joined(sentences: readonly Words[]): Words {
  return sentences.flatMap((sentence, i) => (i === 0 ? sentence : [" ", ...sentence]));
}

/** As the log has it, so that it can be compared with that. */
function days(all: readonly Day[]): Words {
  return say.list(all.map((day) => [foreign(day)]));
}

/** Of the origin enough to find the log by; the whole of it is in the report. */
function fromWords({ origin, size, root }: Report): Words {
  const short = (origin ?? "").replace(/^(undersigned-log\/[0-9a-f]{12})[0-9a-f]+$/, "$1…");
  return say.rich("recount.quoted.from", {
    origin: foreign(short),
    size: size ?? 0,
    root: foreign(root ?? ""),
  });
}

function countWords(
  { counted, withdrawn, headcount, proof }: LetterReport,
  of: ReturnType<typeof named>,
): Words {
  return say.rich("recount.quoted.count", {
    ...of,
    count: counted.mailbox,
    domains: say.list(proof.domains.map((domain) => [foreign(domain)])),
    headcount: headcount === null ? "none" : "stated",
    people: headcount?.number ?? 0,
    employer: foreign(proof.employer),
    source: foreign(headcount?.source ?? ""),
    day: foreign(headcount?.day ?? ""),
    withdrawn: withdrawn.mailbox,
  });
}

function closedWords({ closing }: LetterReport): Words[] {
  if (closing === null) return [];
  const { day, counts } = closing;
  return [say.rich("recount.quoted.when-closed", { day: foreign(day), count: counts.mailbox })];
}

function earlyWords({ earlyClosing, closes }: LetterReport): Words[] {
  if (earlyClosing === null) return [];
  const { by, day, instead } = earlyClosing;
  return [
    say.rich("recount.quoted.early", {
      day: foreign(day),
      count: by.length,
      instead: foreign(instead),
      closes: foreign(closes),
    }),
  ];
}

function proofWords({ proof, quorum, registrars }: LetterReport, last: Day): Words {
  const { codesFrom, mails } = proof;
  const names = registrars.map(({ name, operator }) =>
    say.rich("recount.quoted.registrar", { name: foreign(name), operator: foreign(operator) }),
  );
  return say.rich("recount.quoted.proof", {
    how: mails === null ? "code" : codesFrom === null ? "mail" : "both",
    codesFrom: foreign(codesFrom ?? ""),
    codesTo: foreign(last),
    mailsFrom: foreign(mails?.notBefore ?? ""),
    mailsTo: foreign(mails?.notAfter ?? ""),
    several: registrars.length === 1 ? "no" : "yes",
    quorum,
    registrars: registrars.length,
    names: say.list(names),
  });
}

/** Of those in the number. */
function namesWords({ appearances }: LetterReport): Words[] {
  const { named, confirmed } = appearances.mailbox;
  if (named === 0) return [];
  const given = named - confirmed;
  const how = confirmed === 0 ? "given" : given === 0 ? "confirmed" : "both";
  return [say.rich("recount.quoted.names", { named, how, confirmed, given })];
}

function vouchedWords({ counted }: LetterReport): Words[] {
  return counted.vouched === 0 ? [] : [say.rich("recount.quoted.vouched", { count: counted.vouched })];
}

function furtherWords({ deliveries, responses }: LetterReport): Words[] {
  if (deliveries.length === 0) return [];
  const handed = deliveries.map(({ delivered, how }) =>
    say.rich("recount.further.delivery", { day: foreign(delivered), how, accepted: "no" }),
  );
  const on = (kind: "mail" | "statement") =>
    responses.filter((response) => response.kind === kind).map(({ day }) => day);
  const [mails, statements] = [on("mail"), on("statement")];
  const some = mails.length > 0 ? "mail" : statements.length > 0 ? "statement" : "none";
  return [
    say.rich("recount.quoted.further", {
      handed: say.list(handed),
      answered: mails.length > 0 && statements.length > 0 ? "both" : some,
      mails: days(mails),
      statements: days(statements),
    }),
  ];
}
