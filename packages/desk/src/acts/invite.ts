/** Makes an invitation of a co-organiser: the owner hands the link over by a way of their own. */
import { addInvitation } from "../model/invitations.ts";
import { within } from "./act.ts";

export const invite = within<"invite">(async ({ desk, caller, trx }, { id, role }) => {
  const { token, until } = await addInvitation(desk, trx, { id, role, by: caller.alias });
  return { answer: { invitation: token, until }, about: role };
});
