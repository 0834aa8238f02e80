/** Changes one's own alias. Earlier entries of the list keep the old one. */
import { changeOrganiser, memberOf } from "../model/organisers.ts";
import { within } from "./act.ts";

export const rename = within<"rename">(async ({ desk, caller, trx }, { alias }) => {
  const { session: _, origin: __, ...organiser } = caller;
  const renamed = { ...organiser, alias };
  if (alias === organiser.alias) return { answer: memberOf(renamed), about: null };
  await changeOrganiser(desk, trx, renamed);
  return { answer: memberOf(renamed), about: alias };
});
