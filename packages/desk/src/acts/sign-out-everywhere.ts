/** Ends every session of the caller, this one too: for a device that is in other hands. */
import { endSessions } from "../model/sessions.ts";
import { within } from "./act.ts";

export const signOutEverywhere = within<"sign-out-everywhere">(async ({ caller, trx }) => {
  await endSessions(trx, caller.id);
  return { answer: {} };
});
