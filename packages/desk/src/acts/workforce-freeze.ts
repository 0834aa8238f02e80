/**
 * Freezes a workforce for its registrars. The board makes the manifest anew and takes none but that: so what registrars sign is what
 * the document says, whatever the page was.
 */
import {
  decodeBase64url,
  encodeCanonical,
  equalBytes,
  type JsonValue,
  workforceManifestHash,
  workforceOf,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { boardParts, workforceInForce } from "../model/board-texts.ts";
import {
  changeDocument,
  type DeskDocument,
  nameOf,
  requireDocument,
  requireDraft,
  requireKind,
} from "../model/documents.ts";
import { fieldMap, readFields } from "../model/fields.ts";
import { putFrozen, requireFrozen } from "../model/frozen.ts";
import { requireManifest } from "../model/made-anew.ts";
import { readOrganisers } from "../model/organisers.ts";
import { ownerKeys } from "../model/owner-keys.ts";
import type { DeskTrx } from "../storage/schema.ts";
import { within } from "./act.ts";

export const workforceFreeze = within<"workforce-freeze">(async ({ desk, caller, trx }, body) => {
  const document = await requireDocument(desk, trx, body.document);
  requireKind(document, "workforce");
  const file = decodeBase64url(body.file);
  const answer = { manifest: workforceManifestHash(file) };
  if (document.state === "frozen") {
    const frozen = await requireFrozen(desk, trx, document.id);
    if (equalBytes(frozen.file, file)) return { answer, about: null };
  }
  requireDraft(document);
  if (!equalBytes(await manifestFile(desk, trx, document, caller.origin), file)) {
    throw new DeskError(
      "manifest-differs",
      "Somebody has changed the workforce meanwhile: look at it again, then freeze it.",
    );
  }
  await putFrozen(desk, trx, document.id, { file, signatures: [] });
  await changeDocument(desk, trx, { ...document, state: "frozen" });
  return { answer, about: nameOf(document) };
});

async function manifestFile(
  desk: Desk,
  trx: DeskTrx,
  document: DeskDocument,
  origin: string,
): Promise<Uint8Array> {
  const { id, workforce } = document;
  const board = await boardParts(desk, trx, workforce, origin);
  if (board === null) {
    throw new DeskError(
      "no-log-key",
      "Every log of this board has its workforce: its operator must add a log key.",
    );
  }
  const made = await workforceOf(fieldMap(await readFields(desk, trx, id)), {
    openers: ownerKeys(await readOrganisers(desk, trx)),
    board,
    before: workforce === null ? null : await workforceInForce(trx, workforce),
    day: desk.clock.day(),
  });
  return encodeCanonical(requireManifest(made) as unknown as JsonValue);
}
