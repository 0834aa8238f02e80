/** Why each column exists: one sentence each. What has no sentence here may not be stored. */
export const schemaReasons: Readonly<Record<string, string>> = {
  "migration.name": "Says which version of the tables this is.",
  "epoch.epoch": "Number of the epoch that the row describes.",
  "epoch.manifest":
    "Public file: rules for mailboxes, text of the code mail and the board's key, as in force for the epoch.",
  "epoch.statement": "Public file: the signed key statement, served again byte for byte.",
  "epoch.tag_key":
    "Fingerprint by which a missing or exchanged tag key is noticed before it enrols anyone twice.",
  "epoch.epoch_keys":
    "Fingerprint by which exchanged MAC and code keys are noticed before they lock people out.",
  "issued.epoch": "The epoch that is counted.",
  "issued.class": "The class of the tokens that are counted.",
  "issued.evidence": "The kind of evidence that is counted.",
  "issued.count": "Enrolments so far, from which issuance is stated and a loss of rows is noticed.",
  "issued.stated": "The highest number ever signed, below which none is signed again.",
  "destruction.epoch":
    "An epoch whose keys and tags are being destroyed, so that none is used or made again.",
  "destruction.leaf":
    "Public file: the signed statement that they are destroyed, served again byte for byte.",
  "enrolment.epoch": "The epoch of the tag, so that its tags can be destroyed with its keys.",
  "enrolment.tag":
    "Keyed hash of the mailbox or invitation, so that it enrols once; without the epoch's tag key it says nothing.",
  "enrolment.mac":
    "Keyed hash of the requests, so that the same ones are answered again and others are refused.",
  "spent_mail.epoch": "The epoch in which the mail was used, so that the row can be destroyed with its keys.",
  "spent_mail.mail":
    "Keyed hash of the mail's signature, so that it enrols once; without the epoch's tag key it says nothing.",
  "mail_key.epoch":
    "The epoch in which the key was relied on, so that the row can be destroyed with its keys.",
  "mail_key.name": "Public: where a sender of mails that were accepted has published its key.",
  "mail_key.record":
    "Public: that key, as it was relied on, so that it can be told later which keys mails were accepted under.",
  "name_note.epoch": "The epoch for which the note was made, so that it can be destroyed with its keys.",
  "name_note.note":
    "Keyed hash of a mailbox and the name that the operator has found to be its owner's; without the tag key it says nothing.",
};
