/** Takes an organiser out, with sessions and passkeys, in one transaction. Who is not there any more is out already. */
import { deleteOrganiser, findOrganiser, requireAnotherOwner } from "../model/organisers.ts";
import { rememberRemoved } from "../model/removed-keys.ts";
import { within } from "./act.ts";

export const removeOrganiser = within<"remove-organiser">(async ({ desk, trx }, { id }) => {
  const organiser = await findOrganiser(desk, trx, id);
  if (organiser === null) return { answer: {}, about: null };
  await requireAnotherOwner(desk, trx, organiser);
  await deleteOrganiser(trx, id);
  await rememberRemoved(desk, trx, organiser.key);
  return { answer: {}, about: organiser.alias };
});
