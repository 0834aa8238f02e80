/** From an organiser's outline and the cards of registrars and board to a workforce's first manifest (PROTOCOL §3.1). */
import {
  type BoardCard,
  type JsonValue,
  type RegistrarCard,
  registrarOfCard,
  USUAL_CODE_MAIL,
} from "@undersigned/core";
import { finishWorkforce, requireOwnFields } from "./finish-workforce.ts";
import { type Draft, fillIn, requireObject } from "./outline.ts";

/** Cards whose signatures were checked, and how many registrars a signatory needs. */
export interface WorkforceCards {
  readonly registrars: readonly RegistrarCard[];
  readonly board: BoardCard;
  readonly quorum: number;
}

/**
 * The outline has `employer`, `mailboxes` and `openers`, and may have the other fields that are the organisers' own.
 * Throws CliError `outline-field`, `quorum-refused`, `file-malformed`.
 */
export function draftWorkforce(outline: JsonValue, cards: WorkforceCards): Draft {
  const given = requireObject(outline);
  requireOwnFields(given);
  const { draft, filled } = fillIn(given, {
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    witnesses: [],
    witnessQuorum: 0,
    headcount: null,
    roles: [],
    places: [],
    codeMail: USUAL_CODE_MAIL,
    existingMail: null,
    vouching: null,
    names: null,
  });
  const { key, url, log } = cards.board;
  return finishWorkforce(
    draft,
    {
      registrars: cards.registrars.map(registrarOfCard),
      quorum: cards.quorum,
      board: { key, url },
      logKey: log.key,
    },
    { version: 1, workforce: null, previous: null },
    filled,
  );
}
