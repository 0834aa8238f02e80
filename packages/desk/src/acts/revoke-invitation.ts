/** Makes an invitation void. One that is not there any more is void already. */
import { revokeInvitation as revoke } from "../model/invitations.ts";
import { within } from "./act.ts";

export const revokeInvitation = within<"revoke-invitation">(async ({ desk, trx }, { id }) => {
  const revoked = await revoke(desk, trx, id);
  return { answer: {}, about: revoked ? "" : null };
});
