/** All acts of this board's desk, by name. */
import type { DeskActName } from "@undersigned/core";
import type { Act } from "./act.ts";
import { answeredActs } from "./answered-acts.ts";
import { careActs } from "./care-acts.ts";
import { changeRole } from "./change-role.ts";
import { chronicleActs } from "./chronicle-acts.ts";
import { contentActs } from "./content-acts.ts";
import { entries } from "./entries.ts";
import { home } from "./home.ts";
import { invite } from "./invite.ts";
import { organisers } from "./organisers.ts";
import { passkeyAdd } from "./passkey-add.ts";
import { passkeyOptions } from "./passkey-options.ts";
import { passkeyRemove } from "./passkey-remove.ts";
import { removeOrganiser } from "./remove-organiser.ts";
import { rename } from "./rename.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { signOut } from "./sign-out.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";

export type Registry = { readonly [A in DeskActName]: Act<A> };

export const acts: Registry = {
  home,
  entries,
  organisers,
  invite,
  "revoke-invitation": revokeInvitation,
  "change-role": changeRole,
  "remove-organiser": removeOrganiser,
  rename,
  "sign-out": signOut,
  "sign-out-everywhere": signOutEverywhere,
  "passkey-options": passkeyOptions,
  "passkey-add": passkeyAdd,
  "passkey-remove": passkeyRemove,
  ...contentActs,
  ...careActs,
  ...answeredActs,
  ...chronicleActs,
};
