/** Forgets one of the caller's passkeys. One that is not there any more is forgotten already. */
import { deletePasskey } from "../model/passkeys.ts";
import { within } from "./act.ts";

export const passkeyRemove = within<"passkey-remove">(async ({ desk, caller, trx }, { id }) => {
  return { answer: {}, about: await deletePasskey(desk, trx, caller.id, id) };
});
