/** What a workforce's first manifest and a later version of it have in common: the fields that follow from others. */
import {
  assembleWorkforce,
  CoreError,
  type JsonObject,
  type JsonValue,
  type WorkforceManifest,
  workforceManifest,
} from "@undersigned/core";
import type { Registrar } from "../ceremony/cards.ts";
import { CliError } from "../errors.ts";
import { withKnownSenders } from "./known-senders.ts";
import { type Draft, finish } from "./outline.ts";

/** What organisers write down themselves. Everything else comes from cards, from the quorum and from the chain. */
const OWN_FIELDS = new Set([
  "employer",
  "mailboxes",
  "evidence",
  "witnesses",
  "witnessQuorum",
  "openers",
  "headcount",
  "roles",
  "places",
  "codeMail",
  "existingMail",
  "vouching",
  "names",
]);

/** Throws `outline-field` for a field that is not the organisers' to write. */
export function requireOwnFields(given: JsonObject): void {
  const other = Object.keys(given).filter((field) => !OWN_FIELDS.has(field));
  if (other.length === 0) return;
  const derived = [
    "registrars",
    "quorum",
    "log",
    "board",
    "bounds",
    "type",
    "v",
    "version",
    "workforce",
    "previous",
  ];
  // What stands there is not repeated unless it is a name of this format: it may be anything.
  const named = other.filter((field) => derived.includes(field));
  throw new CliError(
    "outline-field",
    named.length > 0
      ? `The file says ${named.join(", ")}, which comes from cards and options: leave it out.`
      : `The file has a field that is not one of ${[...OWN_FIELDS].join(", ")}.`,
  );
}

/** Throws `quorum-refused` unless n/2 < k <= n. */
export function requireQuorum(registrars: number, quorum: number): void {
  const least = Math.floor(registrars / 2) + 1;
  if (quorum >= least && quorum <= registrars) return;
  const fits = least === registrars ? `--quorum ${registrars}` : `--quorum ${least} to ${registrars}`;
  throw new CliError(
    "quorum-refused",
    quorum > registrars
      ? `A quorum of ${quorum} needs as many registrars, and there are ${registrars}. Give ${fits}.`
      : `A quorum must be more than half of the registrars, or two halves could each enrol the same person. Of ${registrars}, give ${fits}.`,
  );
}

export interface Agreed {
  readonly registrars: readonly Registrar[];
  readonly quorum: number;
  readonly board: WorkforceManifest["board"];
  readonly logKey: string;
}

/** The canonical file of the version. Throws CliError `file-malformed`, naming the field, and `quorum-refused`. */
export function finishWorkforce(
  own: JsonObject,
  agreed: Agreed,
  chain: JsonObject,
  filled: readonly string[],
): Draft {
  const { registrars, quorum, board, logKey } = agreed;
  requireQuorum(registrars.length, quorum);
  try {
    const named = { ...own, existingMail: writtenOut(own.existingMail) };
    return finish(
      assembleWorkforce(named, { registrars, quorum, board, logKey }, chain),
      filled,
      workforceManifest,
    );
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    throw new CliError("card-malformed", "The board's card has no log key.");
  }
}

/** With known senders written out. */
function writtenOut(value: JsonValue | undefined): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? null;
  return { ...value, senders: withKnownSenders(value.senders) };
}
