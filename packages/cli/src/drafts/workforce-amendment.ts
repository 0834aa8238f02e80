/** From the manifest in force and what is to change to the version after it (PROTOCOL §3.1). */
import {
  type BoardCard,
  type JsonObject,
  type JsonValue,
  parseWorkforceManifest,
  type RegistrarCard,
  registrarOfCard,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import type { Registrar } from "../ceremony/cards.ts";
import { differenceLines } from "../ceremony/difference.ts";
import { CliError } from "../errors.ts";
import { finishWorkforce, requireOwnFields } from "./finish-workforce.ts";
import { type Draft, fillIn, requireObject } from "./outline.ts";

export interface Amendment {
  /** The organisers' own fields that change, whole; null for none. */
  readonly changes: JsonValue;
  /** Of registrars that come, or whose name, operator or address changes. Signatures were checked. */
  readonly registrars: readonly RegistrarCard[];
  /** Names or identities of registrars that go. */
  readonly without: readonly string[];
  readonly board: BoardCard | null;
  /** Null to keep it. */
  readonly quorum: number | null;
}

/**
 * `before` is the file of the manifest in force. Throws CliError `registrar-unknown`, `log-key-changes`,
 * `nothing-changes`, and what a first draft throws.
 */
export function amendWorkforce(before: Uint8Array, amendment: Amendment): Draft {
  const manifest = parseWorkforceManifest(before);
  const changes = amendment.changes === null ? {} : requireObject(amendment.changes);
  requireOwnFields(changes);
  const hash = workforceManifestHash(before);
  const { log, board } = manifest;
  const draft = finishWorkforce(
    fillIn({ ...ownFields(manifest), ...changes }, {}).draft,
    {
      registrars: registrarsAfter(manifest.registrars, amendment),
      quorum: amendment.quorum ?? manifest.quorum,
      board: boardAfter(board, log.key, amendment.board),
      logKey: log.key,
    },
    { version: manifest.version + 1, workforce: manifest.workforce ?? hash, previous: hash },
    [],
  );
  if (differenceLines(manifest, parseWorkforceManifest(draft.file)).length > 0) return draft;
  throw new CliError(
    "nothing-changes",
    "The version would be the same as the one in force: say what is to change.",
  );
}

function ownFields(manifest: WorkforceManifest): JsonObject {
  const { employer, mailboxes, evidence, witnesses, witnessQuorum } = manifest;
  const { openers, headcount, roles, places, codeMail } = manifest;
  const { existingMail, vouching, names } = manifest;
  return {
    employer,
    mailboxes,
    evidence,
    witnesses,
    witnessQuorum,
    openers,
    headcount,
    roles,
    places,
    codeMail,
    existingMail,
    vouching,
    names,
  } as unknown as JsonObject;
}

function registrarsAfter(
  before: readonly Registrar[],
  { registrars, without }: Pick<Amendment, "registrars" | "without">,
): Registrar[] {
  const gone = new Set(without.map((named) => identityOf(before, named)));
  const after = new Map(before.map((registrar) => [registrar.identity, registrar]));
  for (const card of registrars) after.set(card.identity, registrarOfCard(card));
  for (const identity of gone) after.delete(identity);
  return [...after.values()];
}

function identityOf(registrars: readonly Registrar[], named: string): string {
  const found = registrars.filter(({ identity, name }) => identity === named || name === named);
  if (found.length === 1) return found[0]!.identity;
  throw new CliError(
    "registrar-unknown",
    found.length === 0
      ? "The manifest in force has no registrar of a name or identity given for --without."
      : "Several registrars have a name given for --without: give the identity.",
  );
}

function boardAfter(
  before: WorkforceManifest["board"],
  logKey: string,
  card: BoardCard | null,
): WorkforceManifest["board"] {
  if (card === null) return before;
  if (card.log.key === logKey) return { key: card.key, url: card.url };
  throw new CliError(
    "log-key-changes",
    "The log key never changes within a workforce, and the board's card has another: ask for the card of this log.",
  );
}
