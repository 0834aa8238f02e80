/**
 * A sentence for each code: what happened, and what to do now. Servers' own sentences are never shown, since a server could
 * write there whatever it wants a person to do.
 */
import type { EvidenceKind } from "@undersigned/core";
import type { Outcome, Problem } from "../machine/state.ts";
import { enrolledWords } from "./registrars.ts";

const NOT_NOW = "This registrar cannot answer at present. Wait a minute, then try again.";
const NOT_AT_ALL =
  "This registrar takes nobody on for this letter. Tell the organisers, if too few others answer.";
const TOO_BUSY =
  "This registrar has too many requests, and wants work that this device cannot do. Try again later.";

const SENTENCES: Readonly<Record<string, string>> = {
  // the page and its link
  "page-unknown": "This page does not say which letter it is about. Open the link again.",
  "link-other": "This link speaks of another workforce than this page. Do not sign here.",
  "letter-unknown": "This letter is not in the log. Do not sign here, and ask whoever sent you the link.",
  "letter-refused":
    "This letter is in the log, and something is wrong with it. Do not sign it, and make this known.",
  "letter-text-missing":
    "The text of this letter is not public: it is read with its link. Open the link as you were given it, from its beginning to its end. This page does not keep the end of it in the address, so that nobody finds it there.",
  "wrong-link":
    "The letter does not open with this link. Ask whoever gave it to you for the whole link once more. If it stays so, do not sign here, and make this known.",
  "slot-taken":
    "Two letters in this log would share your signature. Do not sign either, and make this known.",

  // the network and the log
  "source-unavailable": "The server does not answer. Nothing is lost. Try again when you are connected.",
  "file-missing": "Something that is needed is not there. Try again in a while.",
  "no-answer": "The server does not answer. Nothing is lost: try again, and the very same is sent again.",
  "log-forked": "This log is not the one that you were shown before. Do not sign here, and make this known.",
  "log-shorter-than-known": "This log is shorter than it was before. Do not sign here, and make this known.",
  "witness-quorum": "Too few witnesses have confirmed this log. Do not sign here, and make this known.",

  // the phrase
  "bad-phrase": "These are not the twelve words of a phrase. Check how they are written and their order.",
  "word-wrong": "This is not the word at that place. Look at what you have written down.",

  // the mailbox
  "mailbox-malformed": "This is not a mail address of the form name@domain. Check how it is written.",
  "mailbox-not-here": "This address is not one of your employer's. Give your work address.",
  "group-mailbox": "This is a mailbox of a group. Give the one that is yours alone.",

  // codes and registrars
  "code-malformed": "A code has eight digits. Copy it from the mail.",
  "wrong-code":
    "This is not the code, or it is too old. If two mails came from this registrar, use the newest; the other may have been asked for by somebody else and does no harm.",
  "too-many-tries": "Too many wrong codes were given. Wait fifteen minutes, then try again.",
  "too-many-requests": "Too many codes were asked for just now. Wait some minutes, then try again.",
  "already-enrolled":
    "This mailbox has enrolled before, with another phrase. If that was you, go on with that phrase. If it was not, tell the organisers: somebody may have read your mail.",
  "epoch-not-open": "This registrar takes nobody on at present. See the letter's days.",
  "epoch-unknown": "There are no registrars for this letter in the log. Ask the organiser.",
  "evidence-not-accepted": "This registrar does not take codes by mail. Ask the organiser.",
  "invitation-not-taken": "Your link holds an invitation, and this letter does not take any.",
  busy: "Very many people are being served. Wait a minute, then try again.",
  unavailable: NOT_NOW,
  "log-not-read": NOT_NOW,
  "epoch-not-logged": NOT_NOW,
  "second-party-down": NOT_NOW,
  "set-back": NOT_AT_ALL,
  "keys-destroyed": NOT_AT_ALL,
  "keys-missing": NOT_AT_ALL,
  "work-needed": TOO_BUSY,
  "work-wrong": TOO_BUSY,
  "work-failed": TOO_BUSY,
  "work-too-hard": TOO_BUSY,
  "signature-invalid":
    "This registrar's answer is not right, and was not used. Try again; if it stays so, tell the organisers.",
  "rsa-out-of-range": "The registrar could not read what was sent. Load this page again.",

  // parts of the page
  "part-missing":
    "It did not come, or it is not what this page names. Nothing of it has run, and nothing about you has been sent. Try again, or load the page again; if it stays so, make it known.",

  // how to appear
  "kind-missing": "Choose how you want to appear.",
  "name-missing": "Write the name that is to be shown.",
  "name-too-long": "A name has at most 100 characters.",
  "name-not-plain":
    "This name has a character that cannot be shown, such as an invisible one. Type it anew instead of copying it.",
  "name-not-confirmed": "This letter takes confirmed names only. Choose another way to appear.",
  "role-missing": "Choose the role that is to be shown.",
  "appearance-not-offered": "The letter does not offer this. Go back and choose another way to appear.",

  // signing
  "letter-not-open": "The board says that this letter takes no signatures today. See its days.",
  "already-endorsed":
    "You have signed this letter already, shown in another way or confirmed by other registrars. That signature stands.",
  "sequence-taken": "You have made another change already. Look up how your signature stands.",
  "predecessor-unknown":
    "The board has something newer of yours, or not yet what this follows. Look up how your signature stands after the next day has begun.",
  "too-many-pending": "Too many changes of yours wait to come out. Try again when the next day has begun.",
  "too-few-tokens": "Not enough registrars have confirmed your mailbox. Enrol again with the same phrase.",
  "token-invalid": "This enrolment is not right for this letter. Enrol again with the same phrase.",
  "wrong-quorum": "This enrolment is not right for this letter. Enrol again with the same phrase.",
  "receipt-invalid": "The board's receipt is not valid. Send the same again; if it stays so, make it known.",
  "wrong-enrolment":
    "This enrolment is of another period than this letter. Enrol again with the same phrase.",

  // files
  "wrong-file-phrase":
    "This enrolment does not open with this phrase. Check both, or go on without the file.",
  "enrolment-file-refused": "This file is not an enrolment. Choose the one that you saved.",
  "receipt-file-refused": "This file is not a receipt. Choose the one that you saved.",
  "request-file-refused": "This file is not a signature to send. Choose the one that was made for you.",
  "copy-refused": "This browser does not copy. Press on the link, and copy it yourself.",
  "storage-refused": "This browser keeps nothing. Save the enrolment as a file instead.",

  // coming back
  "signatories-too-few":
    "The board offers lists so short that asking would tell it who you are, so it was not asked. Try again from a mirror, and make this known.",
  "signatories-malformed": "The board's list of signatories cannot be read. Try again in a while.",
  "answer-malformed": "The answer could not be understood. Try again; if it stays so, make it known.",
  "address-refused": "This page reaches its servers in a way that others could read. Do not go on here.",
};

/** VerifyError codes that mean: what is shown is not what was logged. */
const NOT_TRUSTED =
  "What this board shows cannot be checked, or is not right. Do not sign here, and make this known.";

const PLAIN_FAILURE =
  "Something went wrong on this page. Nothing is lost: try again, or load the page again.";

const TRUST = new Set([
  "checkpoint-signature",
  "checkpoint-origin",
  "tiles-inconsistent",
  "leaf-changed",
  "leaf-malformed",
  "leaf-out-of-place",
  "manifest-mismatch",
  "manifest-chain-broken",
  "manifest-signatures",
  "epoch-number",
  "epoch-manifest",
  "epoch-statements",
  "statement-mismatch",
  "statement-signature",
  "bad-rsa-key",
  "modulus-repeated",
  "index-wrong",
  "file-malformed",
  "file-too-large",
  "workforce-mismatch",
  "closing-too-early",
  "letter-chain-broken",
]);

/** Sentences that came with a part of the page, for what only it can meet. */
const more: Readonly<Record<string, string>>[] = [];

export function addSentences(sentences: Readonly<Record<string, string>>): void {
  more.push(sentences);
}

export function problemWords({ code }: Pick<Problem, "code">): string {
  const known = [SENTENCES, ...more].find((sentences) => Object.hasOwn(sentences, code));
  return known?.[code] ?? (TRUST.has(code) ? NOT_TRUSTED : PLAIN_FAILURE);
}

/** What happened at one registrar. */
export function outcomeWords({ state, code }: Pick<Outcome, "state" | "code">, kind: EvidenceKind): string {
  switch (state) {
    case "known":
    case "enrolled":
      return enrolledWords(kind);
    case "reserved":
      return "Was not asked further, because too few others answered.";
    case "skipped":
      return "You went on without it.";
    case "later":
      return "Was slow and not waited for.";
    case "failed":
      return problemWords({ code: code ?? "unknown" });
  }
}
