/** Acts about organisers themselves. Each name stands for `{body, answer}`; rules in roles.ts. */
import { hash32, publicKey } from "../common.ts";
import { shownText } from "../opening.ts";
import { boolean, day, integer, list, nullable, object, text } from "../shape.ts";
import { anyObject, deskId, deskMember, organiserAlias } from "./envelope.ts";
import { organiserRole } from "./roles.ts";

export const nothing = object({});

const passkey = object({ id: deskId, name: shownText(40), since: day });

export const organiserActs = {
  /** What the first page shows, whatever the role. `step`: what is missing before a letter can be published. */
  home: {
    body: nothing,
    answer: object({
      me: deskMember,
      day,
      owners: integer(),
      organisers: integer(),
      workforces: list(object({ workforce: hash32, employer: text(1, 200), opener: boolean }), 0, 100),
      passkeys: list(passkey, 0, 10),
      /** Hash of the newest row of the list of acts; null where there is none. */
      listHead: nullable(hash32),
    }),
  },
  /** Newest first, 100 at most, all with a number below `before`. `previous`: hash of the row before (see `entryHash`). */
  entries: {
    body: object({ before: nullable(integer(1)) }),
    answer: object({
      entries: list(
        object({
          n: integer(1),
          alias: organiserAlias,
          act: text(1, 40),
          /** What it was about, in words that hold nothing secret: an alias, a document's name. */
          about: text(0, 300),
          day,
          previous: nullable(hash32),
        }),
        0,
        100,
      ),
    }),
  },
  organisers: {
    body: nothing,
    answer: object({
      organisers: list(
        object({
          id: deskId,
          alias: organiserAlias,
          role: organiserRole,
          since: day,
          key: publicKey,
          passkeys: integer(),
        }),
        1,
        64,
      ),
      invitations: list(object({ id: deskId, role: organiserRole, by: organiserAlias, until: day }), 0, 64),
    }),
  },
  /** `id` is made by the page, so that a repeated request makes no second invitation. Seven days. */
  invite: {
    body: object({ id: deskId, role: organiserRole }),
    answer: object({ invitation: hash32, until: day }),
  },
  "revoke-invitation": { body: object({ id: deskId }), answer: nothing },
  "change-role": { body: object({ id: deskId, role: organiserRole }), answer: nothing },
  "remove-organiser": { body: object({ id: deskId }), answer: nothing },
  rename: { body: object({ alias: organiserAlias }), answer: deskMember },
  "sign-out": { body: nothing, answer: nothing },
  "sign-out-everywhere": { body: nothing, answer: nothing },
  /** PublicKeyCredentialCreationOptions as JSON. */
  "passkey-options": { body: nothing, answer: object({ options: anyObject }) },
  "passkey-add": {
    body: object({ name: shownText(40), registration: anyObject }),
    answer: passkey,
  },
  "passkey-remove": { body: object({ id: deskId }), answer: nothing },
} as const;
