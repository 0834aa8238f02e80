/** What each role may do, in words. The table of acts (core) decides; a test holds these words against it. */
import type { Role } from "@undersigned/core";

export interface RoleWords {
  readonly name: string;
  readonly says: string;
}

export const ROLE_WORDS: Readonly<Record<Role, RoleWords>> = {
  owner: {
    name: "Owner",
    says: "Does everything: invites and removes organisers, sets up the workforce, publishes letters and closes them early.",
  },
  editor: {
    name: "Editor",
    says: "Writes letters and the workforce's description with you. Publishes nothing, and invites nobody.",
  },
  moderator: {
    name: "Moderator",
    says: "Looks after the names that signatories show: hides those that are fakes or insults. Does not write.",
  },
};
