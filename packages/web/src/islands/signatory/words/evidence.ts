/** The ways to prove that one works there: what each shows to whom, and how it counts. */

import type { EvidenceKind } from "@undersigned/core";
import { say } from "../../say.ts";

export interface EvidenceWords {
  readonly name: string;
  /** One sentence. */
  readonly says: string;
  /** What the employer's mail system sees. */
  readonly employer: string;
  readonly registrars: string;
  readonly counted: string;
}

/** `named`: a name is asked for besides. */
export function evidenceWords(kind: EvidenceKind, named: boolean): EvidenceWords {
  const name = named ? "yes" : "no";
  const counted = say(kind === "vouch" ? "sign-evidence.counted.apart" : "sign-evidence.counted.among");
  const registrars =
    kind === "vouch"
      ? say("sign-evidence.vouch.registrars")
      : say(`sign-evidence.${kind}.registrars`, { named: name });
  return {
    name: say(`sign-evidence.${kind}`),
    says: say(`sign-evidence.${kind}.says`),
    employer: say(`sign-evidence.${kind}.employer`),
    registrars,
    counted,
  };
}
