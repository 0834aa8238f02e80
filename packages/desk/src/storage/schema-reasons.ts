/** Why each table and column of the desk is there; a test compares this with the database of both engines. */
import { answeredReasons } from "./answered-tables.ts";
import { careReasons } from "./care-tables.ts";
import { chronicleReasons } from "./chronicle-table.ts";
import { comparisonReasons } from "./comparison-table.ts";
import { contentReasons } from "./content-tables.ts";

export const deskSchemaReasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  desk_migration: {
    name: "Which changes of the desk's tables have been made, so that each is made once.",
  },
  desk_set_up: {
    one: "Makes the table hold one row at most: a new set-up link makes the old one void.",
    hash: "Recognises the set-up link's token without holding it; gone once the desk is set up.",
  },
  desk_organiser: {
    id: "Random name of the organiser in the other tables.",
    sealed: "Alias, role, public key and first day; readable with the board's keys only.",
  },
  desk_invitation: {
    hash: "Recognises an invitation by its token; gone once it is used, revoked or over.",
    sealed: "Role, who invited, last day, and the token for an answer that was lost on its way.",
  },
  desk_session: {
    hash: "Recognises a session by its public key.",
    organiser: "Whose session it is, so that removing an organiser ends it in the same transaction.",
    counter: "The last number that the session has used: a copied request is refused by it.",
    ended: "1 after signing out: the request that opened the session opens it no more.",
    until: "The last day of the session, after which the row is deleted.",
  },
  desk_passkey: {
    id: "Keyed hash of the credential's id, which finds it at sign-in.",
    organiser: "Whose passkey it is, so that it goes with its organiser.",
    sealed: "Credential id, public key, its counter, origin, name and first day.",
  },
  ...contentReasons,
  ...careReasons,
  ...answeredReasons,
  ...comparisonReasons,
  ...chronicleReasons,
  desk_entry: {
    n: "Place in the list of acts: organisers read it in this order, and none can be left out unseen.",
    sealed: "Alias, act, what it was about, day, and the hash of the row before.",
  },
};
