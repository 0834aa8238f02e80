/** Ends this session. */
import { endSession } from "../model/sessions.ts";
import { within } from "./act.ts";

export const signOut = within<"sign-out">(async ({ caller, trx }) => {
  await endSession(trx, caller.session);
  return { answer: {} };
});
