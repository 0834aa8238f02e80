/** A document with its fields, and what its manifest is made of besides. */

import { boardParts } from "../model/board-texts.ts";
import { requireDocument, summaryOf } from "../model/documents.ts";
import { readFields } from "../model/fields.ts";
import { readOrganisers } from "../model/organisers.ts";
import { ownerKeys } from "../model/owner-keys.ts";
import { within } from "./act.ts";

export const documentRead = within<"document-read">(async ({ desk, caller, trx }, { id }) => {
  const document = await requireDocument(desk, trx, id);
  const { kind, workforce, replaces } = document;
  return {
    answer: {
      summary: summaryOf(document),
      workforce,
      replaces,
      board: kind === "workforce" ? await boardParts(desk, trx, workforce, caller.origin) : null,
      owners: ownerKeys(await readOrganisers(desk, trx)),
      fields: await readFields(desk, trx, id),
    },
  };
});
