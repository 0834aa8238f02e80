/** Sentences for what only pages about a letter's further life can meet. */
export const sentences: Readonly<Record<string, string>> = {
  "log-refused":
    "The board's log did not come, or it is not as it should be, so nothing is done by it. Try again; if it stays so, count the letters again on the page “Recount”, which says what is wrong.",
  "not-an-organiser":
    "The letter does not name your key: you came after it was published. An owner who was there then can do this.",
  "signature-invalid": "The signature does not hold. Load the desk anew, and do it again.",
  "too-few-organisers": "Not enough owners have signed this. Load the desk anew, and look at it again.",

  "delivery-not-yet": "The letter cannot be handed over yet. Load the page anew: it says why.",
  "delivery-unprepared": "Make the document first.",
  "delivery-differs":
    "Somebody has made the document anew meanwhile. Look at the new one; nothing was handed over.",
  "delivery-running":
    "A mail with the letter is on its way, or may be. Look again in a minute; the document stays as it is until then.",
  "delivery-uncertain":
    "The mail may have arrived: the connection broke off before the other server had answered. Ask the addressee before you send it again.",
  "delivery-days":
    "That day does not fit. It must come after the letter's last day, and not be one to come; a mail goes out on the day on which it is signed. Load the page anew.",
  "delivery-size": "The document was made before the letter had closed. Make it anew.",
  "document-not-made": "The document could not be made just now. Try again in a minute.",
  "document-mismatch": "The document is not the one that was signed. Make it anew.",
  "mail-not-set-up": "This board sends no mail. Hand the letter over by hand or by post.",
  "mailbox-missing": "The letter names no mailbox of its addressee. Hand it over by hand or by post.",
  "mail-unreachable":
    "The board could not reach its mail server, so nothing was sent. Try again; if it stays so, tell the operator.",

  "not-delivered": "Answers are taken once the letter was handed over.",
  "letter-not-delivered": "Answers are taken once the letter was handed over.",
  "letter-not-closed": "The letter is open still.",
  "letter-unlisted": "Make the letter public first.",
  "answers-not-set-up": "This board has no address for answers. Its operator can set one up.",
  "answers-full": "There are as many unverified mails as the desk keeps. Nothing more is taken.",
  "dns-unreachable":
    "The key of the addressee's domain could not be looked up just now. Try again later: nothing was decided.",
  "mail-not-checked": "The mail could not be checked. Try again.",
  "answer-mismatch": "The answer is not what the mail says. Try again.",
  "record-unknown": "This answer is not in the log. Load the page anew.",
  "too-many-records": "There are as many entries of this kind as a letter can have.",

  "demand-unknown": "The letter makes no such demand. Load the page anew.",
  "record-behind":
    "Somebody has changed this meanwhile, so nothing was done. What you typed is kept: look at what stands there now, then do it again.",
  "judgement-unknown": "Nobody proposes this any more: it was taken back, or changed. Load the page anew.",
  "judgement-by-one": "You have proposed this yourself. Another owner must agree.",
  "judgement-agreed": "Two owners have agreed to this already: it stands in the log. Load the page anew.",
  "register-full": "The register would have more than 5,000 rows. Choose fewer.",
};
