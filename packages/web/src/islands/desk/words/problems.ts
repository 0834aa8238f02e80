/**
 * A sentence for each code that the desk can meet: what happened, and what to do now. Servers' own sentences are never shown,
 * since a server could write there whatever it wants a person to do.
 */
const CHECK =
  "The board has refused this, because it does not fit what it expects. Load the desk anew, and try again.";
const OVER = "Your session is over. Come in again: what you typed is kept.";

const SENTENCES: Readonly<Record<string, string>> = {
  // the network
  "no-answer": "The board does not answer. Nothing is lost: try again when you are connected.",
  unavailable: "The board cannot answer at present. Nothing is lost: try again in a minute.",
  busy: "The board is busy. Wait a minute, then try again.",
  "too-many-requests": "That was tried too often just now. Wait some minutes, then try again.",
  "answer-malformed":
    "The board's answer could not be understood. Try again; if it stays so, tell the operator.",
  "address-refused": "This page reaches its board in a way that others could read. Do not go on here.",
  "part-missing":
    "A part of this page did not come, or it is not what the page names. Nothing of it has run. Try again, or load the page anew.",

  // ways in
  "bad-phrase": "These are not the twelve words of a phrase. Check how they are written, and their order.",
  "word-wrong": "This is not the word at that place. Look at what you have written down.",
  "wrong-phrase":
    "These words are a phrase, but not the one with which you organise here. Perhaps it is the one with which you sign letters.",
  "alias-missing": "Choose a name by which the other organisers will know you.",
  "alias-taken": "Another organiser has this name already. Choose another.",
  "alias-long": "A name has at most 40 characters.",
  "set-up-over":
    "This set-up link is not valid: it was used before, or the board was started again since and has printed a new one. Ask the operator for the newest.",
  "invitation-over":
    "This invitation is not valid: it was used before, taken back, or is older than seven days. Ask for a new one.",
  "challenge-over": "That took longer than five minutes. Do it again.",
  "sign-in-refused":
    "There is no organiser here with this phrase. Perhaps it is the one with which you sign letters, or you are no organiser any more.",
  "passkey-refused":
    "The passkey was not used, or is not known here. Try again, or come in with your phrase.",
  "passkey-taken": "This passkey belongs to an organiser here already.",
  "passkey-there": "This device has a passkey for this desk already.",
  "passkey-not-here": "This browser has no passkeys, or not at this address.",
  "session-over": OVER,
  "desk-closed": OVER,
  "signature-wrong": "The board did not take this page's signature. Lock the desk, and come in again.",
  "counter-used": "Two requests of this page have crossed. Try again.",

  // acts
  "not-allowed": "Your role does not allow this. An owner can do it, or give you another role.",
  "key-needed": "For this the board needs your phrase's signature, and did not take this one. Do it again.",
  "act-unknown": "This board is older than its page and cannot do this yet. Tell the operator.",
  "organiser-unknown": "This organiser is not here any more.",
  "last-owner": "There must be an owner always. Make somebody else an owner first.",
  "not-found": "It is not there any more. Somebody may have taken it away.",
  "too-many": "There are as many of these as the desk can hold. Take one away first.",
  "too-large": "This is too large to be saved. Make it shorter.",

  // documents
  "document-unknown": "This is not here any more. Somebody may have thrown it away.",
  "document-taken": "There is another document in its place. Begin a new one.",
  "document-kind": CHECK,
  "document-frozen":
    "This has been frozen meanwhile, and cannot be changed. An owner can open it for writing again.",
  "document-published": "This has been published meanwhile, and cannot be changed any more.",
  "document-too-large": "This is too large to be saved. Make it shorter.",
  "copy-not-clean": "This file still holds what gives people away. Clean it first.",
  comparing: "Other copies are being compared. Try again in half a minute.",
  "copy-unknown": "This captured copy is not here any more. Add it again.",

  // workforces
  "manifest-differs":
    "Somebody has changed something meanwhile, or the board understands it otherwise than this page. Load the desk anew, and look at it again.",
  "manifest-problems": "Something is still missing, or does not fit. Look at what is still to be done.",
  "not-frozen": "It is not frozen any more. Somebody has opened it for writing again.",
  "no-log-key": "This board has no room for another workforce. Ask its operator to make a log key.",
  "statements-of-several-epochs": "These files are of different epochs. Bring those of one epoch.",

  // letters
  "two-owners":
    "A letter needs two owners, so that one lost phrase loses nothing. Invite another owner first.",
  "not-your-key":
    "Only an owner whom the letter names can do this, with their own phrase. Who became an owner after it was published cannot.",
  "listing-differs": "Whether the letter is public from the start was changed meanwhile. Look at it again.",
  "closing-exists": "An early closing is proposed already. Agree to it, or drop it first.",
  "closing-unknown": "This early closing is not proposed any more.",
  "closing-by-one": "You have proposed this yourself. Another owner must agree.",
  "closing-days":
    "The letter cannot close on this day: two days must lie between, and it must be earlier than planned.",

  "lists-changed": "Somebody else has changed these lists meanwhile. Load them again.",
  "reason-needed": "Choose a reason: readers see it, with the day.",
  "reason-with-show": CHECK,
  "link-wrong": "This is no link to this letter on this board.",

  "bad-field": CHECK,
  "bad-request": CHECK,
  "unknown-field": CHECK,
  "not-nfc": CHECK,

  // this page
  "copy-refused": "This browser does not let pages copy. Mark the text, and copy it yourself.",
  "list-changed":
    "The list of acts is not what it was when you came in: a row was changed or taken out. Somebody who can write to the board's database has done that. Tell the other owners, by a way outside of this desk.",
};

const PLAIN = "Something went wrong. Nothing you have typed is lost: try again, or load the desk anew.";

/** Sentences that came with a part of the page, for what only it can meet. */
const more: Readonly<Record<string, string>>[] = [];

export function addSentences(sentences: Readonly<Record<string, string>>): void {
  more.push(sentences);
}

export function problemWords(code: string): string {
  const known = [SENTENCES, ...more].find((sentences) => Object.hasOwn(sentences, code));
  return known?.[code] ?? PLAIN;
}
