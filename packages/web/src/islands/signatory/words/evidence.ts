/** The ways to prove that one works there: what each shows to whom, and how it counts. */
import type { EvidenceKind } from "@undersigned/core";

export interface EvidenceWords {
  readonly name: string;
  /** One sentence. */
  readonly says: string;
  /** What the employer's mail system sees. */
  readonly employer: string;
  /** `named`: a name is asked for besides. */
  readonly registrars: (named: boolean) => string;
  readonly counted: string;
}

const AMONG = "Among the holders of work mailboxes";
const mailboxSeen = (named: boolean) => (named ? "Your mailbox and your name" : "Your mailbox");

export const EVIDENCE: Readonly<Record<EvidenceKind, EvidenceWords>> = {
  vouch: {
    name: "Your invitation",
    says: "Shows the least of you: nobody is told your mailbox. It says less to readers, so you are counted apart.",
    employer: "Nothing",
    registrars: () => "That somebody was invited: not you, and not by whom",
    counted: "Apart, as vouched for by colleagues",
  },
  "existing-mail": {
    name: "A mail you already have",
    says: "Nobody at work sees that you ask for anything: you show a notice that was sent to you some time ago.",
    employer: "Nothing new",
    registrars: (named) => `${mailboxSeen(named)}, and who sent you that notice, when, with which subject`,
    counted: AMONG,
  },
  "mailbox-code": {
    name: "A code by mail",
    says: "The quickest way, but whoever watches the work mail sees that you were sent a code, and when.",
    employer: "That you were sent a code, and when",
    registrars: mailboxSeen,
    counted: AMONG,
  },
};
