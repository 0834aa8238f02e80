/** What stands in the list of acts, in words. */
import type { DeskActName } from "@undersigned/core";

const WORDS: Readonly<Partial<Record<DeskActName | "set-up" | "join", string>>> = {
  "set-up": "set up the desk",
  join: "joined",
  "sign-out-everywhere": "signed out everywhere",
  rename: "took another name",
  invite: "invited an organiser",
  "revoke-invitation": "took an invitation back",
  "change-role": "changed a role",
  "remove-organiser": "removed an organiser",
  "passkey-add": "added a passkey",
  "passkey-remove": "took a passkey away",
  "document-new": "began a document",
  "document-save": "wrote in a document",
  "document-discard": "threw a document away",
  "copy-add": "added a captured copy",
  "copy-compare": "compared a captured copy with its link",
  "workforce-freeze": "froze the workforce",
  "workforce-thaw": "opened the workforce for writing again",
  "workforce-sign": "brought registrars’ signatures",
  "workforce-add": "added the workforce to the log",
  "epoch-open": "opened an epoch",
  "letter-publish": "published a letter",
  "letter-reveal": "made a letter public",
  "closing-propose": "proposed to close a letter early",
  "closing-agree": "agreed to close a letter early",
  "closing-drop": "dropped an early closing",
  "delivery-prepare": "made the document of a letter",
  "delivery-make": "handed a letter over",
  "answer-drop": "brought a mail as an answer",
  "statement-add": "entered what the addressee has said",
  "response-withhold": "withheld an answer",
  "judgement-propose": "proposed how a demand stands",
  "judgement-agree": "agreed how a demand stands",
  "judgement-drop": "dropped a proposed judgement",
  "dealings-change": "changed the register of dealings",
  decide: "decided about a shown name",
  "moderation-lists-save": "changed the lists for moderation",
  "rehearsal-start": "began a rehearsal",
  "rehearsal-end": "ended a rehearsal",
};

/** The act's own name where it is of a later release. */
export function actWords(act: string): string {
  return WORDS[act as DeskActName] ?? act;
}
