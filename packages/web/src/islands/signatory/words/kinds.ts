/** The kinds of evidence, as messages choose by them: a hyphen is no part of a name there. */
import type { EvidenceKind } from "@undersigned/core";

export const KINDS: Readonly<Record<EvidenceKind, string>> = {
  "mailbox-code": "code",
  "existing-mail": "mail",
  vouch: "vouch",
};
