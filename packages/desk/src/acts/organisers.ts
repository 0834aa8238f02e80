/** Who is at the desk, and who is invited. */
import { openInvitations } from "../model/invitations.ts";
import { readOrganisers } from "../model/organisers.ts";
import { passkeysOf } from "../model/passkeys.ts";
import { within } from "./act.ts";

export const organisers = within<"organisers">(async ({ desk, trx }) => {
  const all = await readOrganisers(desk, trx);
  const shown = [];
  for (const { id, alias, role, since, key } of all) {
    shown.push({ id, alias, role, since, key, passkeys: (await passkeysOf(desk, trx, id)).length });
  }
  const open = await openInvitations(desk, trx);
  const invitations = open
    .map(({ id, role, by, until }) => ({ id, role, by, until }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { answer: { organisers: shown, invitations } };
});
