/** What the first page shows, whatever the role. */
import { encodeBase64url } from "@undersigned/core";
import { headOfEntries } from "../model/entries.ts";
import { memberOf, ownersAmong, readOrganisers } from "../model/organisers.ts";
import { passkeysOf } from "../model/passkeys.ts";
import { servedWorkforces } from "../model/served-workforces.ts";
import { within } from "./act.ts";

export const home = within<"home">(async ({ desk, caller, trx }) => {
  const organisers = await readOrganisers(desk, trx);
  const passkeys = await passkeysOf(desk, trx, caller.id);
  return {
    answer: {
      me: memberOf(caller),
      day: desk.clock.day(),
      owners: ownersAmong(organisers),
      organisers: organisers.length,
      workforces: await servedWorkforces(trx, caller.key),
      passkeys: passkeys.map(({ id, name, since }) => ({ id: encodeBase64url(id), name, since })),
      listHead: await headOfEntries(desk, trx),
    },
  };
});
