/**
 * From a letter's draft to its manifest (PROTOCOL §3.4). The page runs it while somebody types, the board before it publishes:
 * the same fields, keys and salt give the same bytes.
 */
import { encodeCanonical, type JsonValue } from "../canonical-json.ts";
import { type Day, daysBetween } from "../day.ts";
import { CoreError } from "../errors.ts";
import { MAX_MANIFEST_BYTES } from "../formats/common.ts";
import { type LetterManifest, letterManifest } from "../formats/letter-manifest.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { type ClaimValue, type DemandValue, type LetterValues, letterValues } from "./letter-fields.ts";
import { type Problem, Problems } from "./problems.ts";
import { sortedSet } from "./tidy.ts";

export interface LetterContext {
  /** Id of the workforce and its manifest in force; null while there is none. */
  readonly workforce: { readonly id: string; readonly manifest: WorkforceManifest } | null;
  /** Keys of the organisers that the letter names, base64url. */
  readonly organisers: readonly string[];
  /** 32 random bytes, base64url. */
  readonly salt: string;
  /** Id of the letter of which this is a new version. */
  readonly replaces: string | null;
  /** The present day: what lies behind it cannot be chosen any more. */
  readonly day: Day;
}

export interface LetterResult {
  /** Null where a problem stops it. */
  readonly manifest: LetterManifest | null;
  readonly problems: readonly Problem[];
}

/** `fields`: JSON text by name, as documents hold it. Never throws for what stands in a field. */
export function letterOf(fields: ReadonlyMap<string, string>, context: LetterContext): LetterResult {
  const values = letterValues(fields);
  const problems = new Problems();
  const { workforce, organisers } = context;
  const days = daysOf(values, context.day, problems);
  if (workforce === null) {
    problems.stop("", "no-workforce");
  }
  if (organisers.length === 0) {
    problems.stop("", "no-organisers");
  }
  if (!/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/.test(values.language)) {
    problems.stop("language", "language-tag");
  }
  const draft = {
    type: "letter-manifest",
    v: 1,
    workforce: workforce?.id ?? "",
    salt: context.salt,
    language: values.language,
    title: problems.text("title", values.title, "letter-title", 200),
    addressee: addresseeOf(values, problems),
    body: problems.text("body", values.body, "body", 100_000, { lines: true }),
    demands: values.demands.map((demand) => demandOf(demand, problems)),
    supplement: supplementOf(values, problems),
    appearances: appearancesOf(values, workforce?.manifest ?? null, problems),
    names: values.names,
    ...days,
    delivery: problems.text("delivery", values.delivery, "delivery", 1000, { lines: true }),
    batch: batchOf(values, days, problems),
    organisers: sortedSet([...organisers]),
    replaces: context.replaces,
  };
  problems.text("passOn", values.passOn, "pass-on", 1000, { min: 0, lines: true });
  return { manifest: finish(draft, problems), problems: problems.all };
}

/** What is left to go wrong is the size of the whole, and what a shape forbids that no field was asked for. */
function finish(draft: unknown, problems: Problems): LetterManifest | null {
  if (problems.stopped) return null;
  try {
    const manifest = letterManifest.check(draft as JsonValue, "");
    if (encodeCanonical(manifest as unknown as JsonValue).length <= MAX_MANIFEST_BYTES) return manifest;
    problems.stop("body", "letter-too-large");
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    problems.stop("", "no-letter-manifest", { detail: error.message });
  }
  return null;
}

function addresseeOf({ addressee }: LetterValues, problems: Problems): LetterManifest["addressee"] {
  const mailbox = problems.text("addressee", addressee.mailbox, "mailbox", 320, { min: 0 });
  if (mailbox !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mailbox)) {
    problems.stop("addressee", "addressee-mailbox");
  }
  return {
    name: problems.text("addressee", addressee.name, "addressee", 200),
    organisation: problems.text("addressee", addressee.organisation, "organisation", 200),
    mailbox: mailbox === "" ? null : mailbox,
  };
}

function demandOf(
  { id, title, text, met }: DemandValue,
  problems: Problems,
): LetterManifest["demands"][number] {
  const field = `demand:${id}`;
  return {
    id,
    title: problems.text(field, title, "demand-title", 200),
    text: problems.text(field, text, "demand-text", 5000, { lines: true }),
    met: problems.text(field, met, "demand-met", 2000, { lines: true }),
  };
}

function supplementOf(values: LetterValues, problems: Problems): LetterManifest["supplement"] {
  const { claims, supplementTitle } = values;
  if (claims.length === 0) return null;
  return {
    title: problems.text("supplementTitle", supplementTitle, "supplement-title", 300),
    claims: claims.map((claim) => claimOf(claim, problems)),
  };
}

type Claim = NonNullable<LetterManifest["supplement"]>["claims"][number];

function claimOf({ id, text, sources }: ClaimValue, problems: Problems): Claim {
  const field = `claim:${id}`;
  if (sources.length === 0) problems.stop(field, "no-source");
  return {
    id,
    text: problems.text(field, text, "claim", 5000, { lines: true }),
    sources: sources.map(({ title, publisher, day, url, quote, copy }) => {
      if (!/^https?:\/\/[!-~]+$/.test(url) || url.length > 2000) {
        problems.stop(field, "source-link");
      }
      return {
        title: problems.text(field, title, "source-title", 300),
        publisher: problems.text(field, publisher, "source-publisher", 200),
        day: day === "" ? null : problems.day(field, day, "source-day"),
        url,
        quote: problems.text(field, quote, "source-quote", 2000, { min: 0, lines: true }),
        copy,
      };
    }),
  };
}

function appearancesOf(
  { appearances, names }: LetterValues,
  workforce: WorkforceManifest | null,
  problems: Problems,
): JsonValue {
  if (appearances.length === 0) {
    problems.stop("appearances", "no-appearances");
  } else if (!appearances.includes("anonymous")) {
    problems.warn("appearances", "nobody-anonymous");
  }
  if (workforce !== null) {
    if (appearances.includes("role") && workforce.roles.length === 0) {
      problems.stop("appearances", "no-roles");
    }
    if (appearances.includes("named") && names === "confirmed" && workforce.names === null) {
      problems.stop("names", "names-not-confirmed");
    }
  }
  return sortedSet([...appearances]);
}

interface Days {
  readonly opens: Day | null;
  readonly closes: Day | null;
  readonly delivers: Day | null;
}

function daysOf(values: LetterValues, today: Day, problems: Problems): Days {
  const opens = problems.day("opens", values.opens, "opens");
  const closes = problems.day("closes", values.closes, "closes");
  const delivers = problems.day("delivers", values.delivers, "delivers");
  if (opens !== null && opens < today) {
    problems.warn("opens", "opens-in-the-past");
  }
  if (closes !== null && closes < today) {
    problems.stop("closes", "closes-in-the-past");
  }
  if (opens !== null && closes !== null) {
    if (closes < opens) problems.stop("closes", "closes-before-opening");
    else if (daysBetween(opens, closes) < 3) {
      problems.warn("closes", "open-shortly");
    }
  }
  if (closes !== null && delivers !== null) {
    if (delivers < closes) {
      problems.stop("delivers", "delivered-before-closing");
    } else if (delivers === closes) {
      problems.warn("delivers", "delivered-when-closing");
    }
  }
  if (closes !== null && isWeekend(closes)) {
    problems.warn("closes", "closes-on-weekend");
  }
  if (delivers !== null && isWeekend(delivers)) {
    problems.warn("delivers", "delivered-on-weekend");
  }
  return { opens, closes, delivers };
}

function isWeekend(day: Day): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

function batchOf({ batch }: LetterValues, { opens, closes }: Days, problems: Problems) {
  const { first, classes } = batch;
  const open = opens === null || closes === null ? null : daysBetween(opens, closes);
  problems.number("batch", first, "batch-first", 1, 1_000_000);
  for (const { min, every } of [classes.mailbox, classes.vouched]) {
    problems.number("batch", min, "batch-min", 1, 100_000);
    problems.number("batch", every, "batch-every", 1, 366);
    if (min !== null && min > 0 && min < 20) {
      problems.warn("batch", "thin-batches");
    }
    if (open !== null && every !== null && every > Math.max(1, open)) {
      problems.warn("batch", "no-batch-before-closing");
    }
  }
  if (first !== null && classes.mailbox.min !== null && first < classes.mailbox.min) {
    problems.warn("batch", "first-below-smallest");
  }
  return { first, classes: { mailbox: classes.mailbox, vouched: classes.vouched } };
}
