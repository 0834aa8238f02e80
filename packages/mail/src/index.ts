/**
 * @undersigned/mail: whether a mail that somebody already has shows that they hold a work mailbox (evidence
 * `existing-mail`). Parses its header, verifies its DKIM signature over the header alone, checks the policy and cuts the
 * mail down to what was signed. The same on a person's device and at a registrar; no input or output.
 */
export * from "./cut-down.ts";
export * from "./errors.ts";
export { type HeaderField, type ParsedHeader, parseHeader } from "./header.ts";
export {
  keyFromPinned,
  type MailKey,
  type PinnedKey,
  readKeyRecord,
  recordFromPinned,
  recordFromTexts,
} from "./key-record.ts";
export * from "./policy.ts";
export * from "./prove-mailbox.ts";
export {
  keyRecordName,
  type ListedSignature,
  listedSignatures,
  type MailAlgorithm,
  type MailSignature,
} from "./signature.ts";
export { verifyHeader } from "./verify-header.ts";
