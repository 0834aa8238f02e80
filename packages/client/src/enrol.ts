/**
 * Enrolment (PROTOCOL §5, §6, §9; decision 8): once an epoch, every registrar blindly signs the person's key of each
 * slot.
 *
 * First every registrar is asked to reserve, which tells it the mailbox and the hash of the requests. Only when the
 * quorum has reserved is a code asked for and handed to the registrar that sent it: so a dishonest registrar cannot
 * use the evidence elsewhere first. A registrar learns that this mailbox enrols in this epoch and nothing of letters.
 * How slow ones are waited for, and for how long, stands in enrolment-round.ts.
 *
 * All requests derive from the phrase and the logged keys, so everything may be repeated: after a lost answer, a
 * crash or on another device the same bytes are sent and the same answers come. What a registrar answers is
 * unblinded and checked under the logged key before it counts.
 */
import { canonicalMailbox, type EnrolmentTokens } from "@undersigned/core";
import { EnrolmentRound } from "./enrolment-round.ts";
import type { Asking, Registrar } from "./registrar-visit.ts";
import { registrarsOf, validEarlier } from "./registrars-of.ts";
import { rulesOf } from "./view.ts";

export type EnrolmentStep =
  | "blinding"
  | "reserving"
  /** It is under attack, and this device solves a challenge for it. What it was about is begun again after that. */
  | "working"
  | "reserved"
  | "enrolling"
  | "enrolled"
  | "skipped"
  | "later"
  | "failed";

/**
 * How it went with one registrar. `known`: its tokens were there already, it was not asked. `reserved`: no code was
 * handed to it, since too few others reserved. `later`: enough had answered, and it was waited for no longer; its
 * tokens can be had any day by the same phrase.
 */
export type RegistrarOutcome = { readonly registrar: Registrar } & (
  | { readonly state: "known" | "enrolled" | "reserved" | "skipped" | "later" }
  | { readonly state: "failed"; readonly code: string; readonly message: string }
);

export interface EnrolOptions extends Asking {
  /** As the person typed it; the canonical form is what is sent. */
  readonly mailbox: string;
  /** Tokens of an enrolment that was not finished: whoever answered then is not asked again. */
  readonly earlier?: EnrolmentTokens | undefined;
  /**
   * The eight digits that this registrar mailed, or null to go on without it. One question at a time. Asked again,
   * with `wrong` above 0, when the registrar says that the code is not right.
   */
  readonly askCode: (registrar: Registrar, wrong: number) => Promise<string | null>;
  readonly onProgress?: ((registrar: Registrar, step: EnrolmentStep) => void) | undefined;
  /** Milliseconds that a registrar still gets once the quorum has answered; 5,000 if left out. */
  readonly graceMs?: number | undefined;
  /** Milliseconds after which the next code is asked for while the answer to the last one is out; 3,000 if left out. */
  readonly patienceMs?: number | undefined;
  /** Ends it with what has come: whoever has not answered is let go (`later`). */
  readonly enough?: AbortSignal | undefined;
}

export interface EnrolmentResult {
  /** All tokens so far, those of `earlier` included, sorted by slot and registrar. */
  readonly tokens: EnrolmentTokens;
  readonly outcomes: readonly RegistrarOutcome[];
  /** Tokens of how many registrars a signature needs, and of how many there are. */
  readonly quorum: number;
  readonly answered: number;
}

/**
 * Enrols. Returns also when some or all registrars failed: `answered` below `quorum` means that it is to be repeated,
 * with `earlier` set to the tokens. Throws before anything is sent: CoreError of `canonicalMailbox` for a mailbox that
 * the rules do not take, ClientError `epoch-unknown` where the log has no such keys, `wrong-enrolment` where `earlier`
 * is of another epoch, class or workforce. Throws also what `askCode` throws, and the reason of a `signal` that broke
 * it off; what was under way is then aborted, and may be begun again.
 */
export async function enrol(options: EnrolOptions): Promise<EnrolmentResult> {
  const { view, epoch } = options;
  const { quorum, mailboxes } = rulesOf(view, epoch);
  const mailbox = canonicalMailbox(options.mailbox, mailboxes);
  const registrars = registrarsOf(view, epoch, options.class);
  const kept = await validEarlier(options.earlier, registrars, options);
  const knows = (identity: string) => kept.some((token) => token.registrar === identity);
  const round = new EnrolmentRound({
    options,
    mailbox,
    todo: registrars.filter(({ registrar }) => !knows(registrar.identity)),
    known: registrars.filter(({ registrar }) => knows(registrar.identity)).length,
    quorum,
  });
  const { outcomes, tokens: fresh } = await round.run();
  const tokens = [...kept, ...fresh];
  tokens.sort((a, b) => a.slot - b.slot || (a.registrar < b.registrar ? -1 : 1));
  return {
    tokens: { type: "tokens", v: 1, workforce: view.workforce, epoch, class: options.class, tokens },
    outcomes: registrars.map(
      ({ registrar }) => outcomes.get(registrar.identity) ?? { registrar, state: "known" },
    ),
    quorum,
    answered: new Set(tokens.map((token) => token.registrar)).size,
  };
}
