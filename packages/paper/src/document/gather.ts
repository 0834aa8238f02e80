/**
 * From the public files of a log to the data of a letter's document. Nothing is taken that the recount does not show: a log with
 * anything wrong in it gives no document.
 */
import type { EndorsementClass } from "@undersigned/core";
import type { HiddenTexts, Tally } from "@undersigned/messages";
import {
  type CollectedOpenings,
  type CountedLetter,
  type FileSource,
  type LetterReport,
  type RecountOptions,
  type Report,
  recount,
} from "@undersigned/verify";
import { PaperError } from "../errors.ts";
import type { LetterDocument, ShownName, ShownRole, Signatories } from "./letter-document.ts";
import { byCount, byName } from "./order.ts";

export interface LetterPlace {
  /** Ids. */
  readonly workforce: string;
  readonly letter: string;
}

/**
 * Recounts the whole log. The same files give the same data. Throws PaperError `recount-failed`, `letter-unknown`,
 * `letter-not-public`, `no-number`, `files-missing`.
 */
export async function gatherLetterDocument(
  source: FileSource,
  { workforce, letter }: LetterPlace,
  options: Pick<RecountOptions, "known" | "onProgress"> = {},
): Promise<LetterDocument> {
  let counted: CountedLetter | null = null;
  const report = await recount(source, {
    ...options,
    workforce,
    letter,
    onLetter: (found) => {
      counted = found;
    },
  });
  const [counts] = report.letters;
  if (counts === undefined && report.failures.some(({ code }) => code === "letter-unknown")) {
    throw new PaperError("letter-unknown", "The letter is not in this log. Check its link.");
  }
  if (!report.ok || counts === undefined || counted === null) {
    throw new PaperError(
      "recount-failed",
      "The log or its files do not check out: recount them to see what is wrong.",
    );
  }
  return documentOf(report, counts, counted);
}

function documentOf(report: Report, counts: LetterReport, counted: CountedLetter): LetterDocument {
  const { letter, inForce, missingPages } = counted;
  const { manifest, epoch } = letter;
  if (manifest === null || counts.text !== "public") {
    throw new PaperError("letter-not-public", "The letter's text is not public: make it public first.");
  }
  if (counts.days === null || counts.state === "too-few")
    throw new PaperError("no-number", "The letter has no number: there is nobody to hand it over for.");
  if (missingPages > 0) {
    throw new PaperError(
      "files-missing",
      "Files that say what signatories show are missing: try another mirror or bundle.",
    );
  }
  const terms = epoch.version.manifest;
  return {
    workforce: report.workforce,
    letter: letter.leaf.letter,
    manifest,
    terms,
    tally: tallyOf(counts, counted),
    signatories: {
      mailbox: signatoriesOf("mailbox", counts, counted),
      vouched: signatoriesOf("vouched", counts, counted),
    },
    board: inForce.board.url.replace(/\/+$/, ""),
    checkpoint: {
      origin: report.origin ?? "",
      size: report.size ?? 0,
      root: report.root ?? "",
      cosigned: report.cosigned,
    },
  };
}

function tallyOf(counts: LetterReport, { letter, inForce }: CountedLetter): Tally {
  const { earlyClosing, closing, state } = counts;
  const terms = letter.epoch.version.manifest;
  const { opens } = letter.epoch.leaf;
  const { existingMail } = terms;
  return {
    counted: counts.counted,
    withdrawn: counts.withdrawn,
    days: counts.days,
    provedFrom: existingMail !== null && existingMail.notBefore < opens ? existingMail.notBefore : opens,
    first: letter.leaf.batch.first,
    domains: terms.mailboxes.domains.map(({ domain }) => domain),
    employer: inForce.employer,
    headcount: counts.headcount,
    closing: closing === null || state === "open" ? null : { ...closing, outcome: state },
    early:
      earlyClosing === null
        ? null
        : {
            day: earlyClosing.day,
            organisers: earlyClosing.by.length,
            named: true,
            instead: earlyClosing.instead,
            closes: counts.closes,
          },
  };
}

function signatoriesOf(
  cls: EndorsementClass,
  { appearances }: LetterReport,
  { shown, hidden }: CollectedOpenings,
): Signatories {
  const confirmed: ShownName[] = [];
  const given: ShownName[] = [];
  const roles = new Map<string, ShownRole>();
  for (const { class: of, appearance } of shown) {
    if (of !== cls || appearance.kind === "anonymous") continue;
    const { role, place } = appearance;
    if (appearance.kind === "named") {
      const { name } = appearance;
      (appearance.confirmed === null ? given : confirmed).push({ name, role, place });
    } else {
      const key = JSON.stringify([role, place]);
      roles.set(key, { role: appearance.role, place, count: (roles.get(key)?.count ?? 0) + 1 });
    }
  }
  return {
    confirmed: byName(confirmed),
    given: byName(given),
    roles: byCount([...roles.values()]),
    hidden: groupHidden(hidden.filter((entry) => entry.class === cls)),
    anonymous: appearances[cls].anonymousOrErased,
  };
}

/** By day and reason. */
function groupHidden(hidden: CollectedOpenings["hidden"]): HiddenTexts[] {
  const groups = new Map<string, HiddenTexts>();
  for (const { day, reason } of hidden) {
    const key = `${day} ${reason}`;
    groups.set(key, { day, reason, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
