/** Sentences for what only pages about letters can meet. */
export const sentences: Readonly<Record<string, string>> = {
  "letter-incomplete":
    "Something stops the letter now that did not before. Look at the list above, then publish it.",
  "letter-changed":
    "Somebody has changed the letter, or who owns it, since you looked at it. Nothing was published: look at it once more.",
  "letter-unsaved": "Not everything that was typed is saved. Wait until it is, then publish it.",
  "log-refused":
    "The board's log did not come, or it is not as it should be, so nothing is done by it. Try again; if it stays so, count the letters again on the page “Recount”, which says what is wrong.",
  "not-an-opener":
    "Your key may not open letters of this workforce: it was set up before you were an owner. Another owner can publish it, or the workforce gets a new version.",
  "no-epoch":
    "No epoch of the workforce spans the letter's days. Change the days, or open an epoch that spans them (under “Workforce”).",
  "slots-used-up":
    "All sixteen letters of the epoch are there. The registrars have to open another epoch; people then enrol once more.",
  "link-wrong": "This is not the letter's link any more: it has gone public meanwhile. Load the desk anew.",
  "slot-taken": "Another letter took the place in the log meanwhile. Publish it again.",
  "letter-chain": "Another letter took the place in the log meanwhile. Publish it again.",
  "letter-days": "The epoch does not span the letter's days. Change them, or open an epoch that spans them.",
  "letter-not-open": "The letter is closed already.",
  "two-owners":
    "A letter needs two owners, so that one lost phrase loses nothing. Invite another owner first.",
  "signature-invalid":
    "This letter does not name your key: you came after it was published. An owner who was there then can do this.",
  "not-your-key": "The signature is not by your own key. Load the desk anew and come in again.",
  "listing-differs":
    "Somebody has changed meanwhile whether it is listed. Nothing was published: look at it once more.",
  "manifest-problems": "Something stops the letter now that did not before. Look at it once more.",
  "document-published": "This letter has been published meanwhile. Load the desk anew to see it.",
  "copy-not-clean":
    "The board found traces in the file, so it was not kept. Save the file anew and choose it again.",
  "copy-unknown": "This copy is not kept here. Take it out and choose the file again.",
  "closing-exists": "An earlier closing was proposed or agreed already. Load the page anew to see it.",
  "closing-unknown":
    "Nobody proposes this any more: it was taken back, or another day was proposed. Load the page anew.",
  "closing-by-one": "Another owner than the one who proposed it has to agree.",
  "closing-days":
    "That day has come too near meanwhile, or is not before the closing day. Propose another one.",
  "rehearsal-running": "Another rehearsal is being played on this board. Wait until it is done, or end it.",
  "too-many-people": "A rehearsal takes fewer made-up colleagues than that.",
  "too-many-days": "The letter is open for too many days to be rehearsed. Rehearse it with nearer days.",
  "lists-changed":
    "Somebody else has changed the lists meanwhile. What you typed is still here: load the desk anew to see theirs.",
  "reason-needed": "Choose a reason: readers and the person see it.",
  "reason-with-show": "What is shown needs no reason. Decide it again.",
};
