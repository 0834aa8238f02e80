/** Gives an organiser another role; it counts from their next request on. */
import { changeOrganiser, requireAnotherOwner, requireOrganiser } from "../model/organisers.ts";
import { within } from "./act.ts";

export const changeRole = within<"change-role">(async ({ desk, trx }, { id, role }) => {
  const organiser = await requireOrganiser(desk, trx, id);
  if (organiser.role === role) return { answer: {}, about: null };
  await requireAnotherOwner(desk, trx, organiser);
  await changeOrganiser(desk, trx, { ...organiser, role });
  return { answer: {}, about: `${organiser.alias}: ${role}` };
});
