/** Who may do what at the organisers' desk (decision 21). The server refuses by this table; pages offer by it. */
import { type Infer, oneOf } from "../shape.ts";

/** Owners decide, editors write, moderators look at what signatories show. */
export const organiserRole = oneOf("owner", "editor", "moderator");
export type Role = Infer<typeof organiserRole>;
export const ROLES: readonly Role[] = ["owner", "editor", "moderator"];

interface ActRule {
  readonly roles: readonly Role[];
  /** Needs the organiser key's signature besides the session's: what an open page must not do while its owner is away. */
  readonly key: boolean;
  /** Stands in the list of acts that organisers see. Reading does not. */
  readonly entered: boolean;
}

const all = ROLES;
const owner: readonly Role[] = ["owner"];
const writers: readonly Role[] = ["owner", "editor"];
const lookers: readonly Role[] = ["owner", "moderator"];
const read = (roles: readonly Role[]): ActRule => ({ roles, key: false, entered: false });
const act = (roles: readonly Role[]): ActRule => ({ roles, key: false, entered: true });
const withKey = (roles: readonly Role[]): ActRule => ({ roles, key: true, entered: true });

export const ACT_RULES = {
  home: read(all),
  entries: read(all),
  organisers: read(all),
  "sign-out": read(all),
  "sign-out-everywhere": act(all),
  rename: act(all),
  invite: withKey(owner),
  "revoke-invitation": act(owner),
  "change-role": withKey(owner),
  "remove-organiser": withKey(owner),
  "passkey-options": read(all),
  "passkey-add": withKey(all),
  "passkey-remove": act(all),

  documents: read(writers),
  "document-new": act(writers),
  "document-read": read(writers),
  /** Saving goes on all the time while somebody types: the list names a document's writers of a day once. */
  "document-save": act(writers),
  "document-discard": act(writers),
  "copy-add": act(writers),
  "copy-read": read(writers),
  "copy-compare": act(writers),
  "copy-compared": read(writers),

  "workforce-freeze": withKey(owner),
  "workforce-thaw": act(owner),
  "workforce-sign": act(owner),
  "workforce-add": withKey(owner),
  "epoch-open": act(owner),

  "letter-publish": withKey(owner),
  "letter-reveal": withKey(owner),
  "closing-propose": withKey(owner),
  "closing-agree": withKey(owner),
  "closing-drop": act(owner),
  poster: read(writers),

  delivery: read(all),
  "delivery-prepare": act(writers),
  "delivery-file": read(writers),
  "delivery-make": withKey(owner),
  answers: read(all),
  "answer-drop": act(writers),
  "statement-add": withKey(owner),
  "response-withhold": withKey(owner),
  judgements: read(all),
  "judgement-propose": withKey(owner),
  "judgement-agree": withKey(owner),
  "judgement-drop": act(owner),
  "dealings-change": withKey(owner),
  chronicle: read(all),
  "chronicle-add": withKey(owner),
  "chronicle-propose": withKey(owner),
  "chronicle-agree": withKey(owner),
  "chronicle-drop": act(owner),
  letters: read(all),
  dashboard: read(all),

  queue: read(lookers),
  decide: act(lookers),
  "moderation-lists": read(lookers),
  "moderation-lists-save": act(lookers),

  "rehearsal-start": act(writers),
  rehearsal: read(all),
  "rehearsal-end": act(writers),
} as const satisfies Record<string, ActRule>;

export type DeskActName = keyof typeof ACT_RULES;
export const DESK_ACTS = Object.keys(ACT_RULES) as readonly DeskActName[];

export function ruleOf(name: DeskActName): ActRule {
  return ACT_RULES[name];
}

/** Whether the role may do it at all; what else it takes stands in the rule. */
export function mayAct(role: Role, name: DeskActName): boolean {
  return ruleOf(name).roles.includes(role);
}
