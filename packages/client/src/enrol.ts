/**
 * Enrolment (PROTOCOL §5, §6, §9; decisions 8, 13 to 15): once an epoch, every registrar blindly signs the person's key
 * of each slot, and with it the invitations that the person may give.
 *
 * First every registrar is asked to reserve, which tells it the mailbox and the hash of the requests, or a hash of a
 * mail's signature. Only when the quorum has reserved does it get evidence: the code that it mailed, or the mail. So a
 * dishonest registrar cannot use the evidence elsewhere first. An invitation needs no reservation: what one registrar is
 * shown is worth nothing at another. A registrar learns that this mailbox (or somebody invited) enrols in this epoch and
 * nothing of letters. How slow ones are waited for, and for how long, stands in enrolment-round.ts.
 *
 * All requests derive from the phrase and the logged keys, so everything may be repeated: after a lost answer, a
 * crash or on another device the same bytes are sent and the same answers come. What a registrar answers is
 * unblinded and checked under the logged key before it counts.
 */
import { checkShownText, type EnrolmentTokens, MAX_NAME } from "@undersigned/core";
import { EnrolmentRound } from "./enrolment-round.ts";
import { ClientError } from "./errors.ts";
import { classOfOffer, type EvidenceOffer } from "./evidence.ts";
import type { Asking, Given, Registrar } from "./registrar-visit.ts";
import { type KeyedRegistrar, registrarsOf, validEarlier } from "./registrars-of.ts";
import { rulesOf } from "./view.ts";
import { visitingWith } from "./visiting.ts";

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
 * How it went with one registrar. `known`: all that was asked for was there already, it was not asked. `reserved`: it got
 * no evidence, since too few others reserved. `skipped`: the person went on without it, or an invitation holds no token of
 * it. `later`: enough had answered, and it was waited for no longer; its tokens can be had any day by the same phrase.
 */
export type RegistrarOutcome = { readonly registrar: Registrar } & (
  | { readonly state: "known" | "enrolled" | "reserved" | "skipped" | "later" }
  | { readonly state: "failed"; readonly code: string; readonly message: string }
);

export interface EnrolOptions extends Omit<Asking, "class"> {
  readonly evidence: EvidenceOffer;
  /**
   * The person's name as they write it, or null to give none. Sent only where the epoch has a name rule, and never for an
   * invitation. Whether it was confirmed, `confirmedName` says.
   */
  readonly name: string | null;
  /** Asks those again that have answered before and not confirmed this name: after a note, or with another spelling. */
  readonly nameAgain?: boolean | undefined;
  /** Tokens of an enrolment that was not finished: whoever answered then is not asked again. */
  readonly earlier?: EnrolmentTokens | undefined;
  readonly onProgress?: ((registrar: Registrar, step: EnrolmentStep) => void) | undefined;
  /** Milliseconds that a registrar still gets once the quorum has answered; 5,000 if left out. */
  readonly graceMs?: number | undefined;
  /** Milliseconds after which the next code is asked for while the answer to the last one is out; 3,000 if left out. */
  readonly patienceMs?: number | undefined;
  /** Ends it with what has come: whoever has not answered is let go (`later`). */
  readonly enough?: AbortSignal | undefined;
}

export interface EnrolmentResult {
  /** All that there is so far, `earlier` included, sorted by slot (number) and registrar. */
  readonly tokens: EnrolmentTokens;
  readonly outcomes: readonly RegistrarOutcome[];
  /** Tokens of how many registrars a signature needs, and of how many there are. */
  readonly quorum: number;
  readonly answered: number;
}

/**
 * Enrols. Returns also when some or all registrars failed: `answered` below `quorum` means that it is to be repeated,
 * with `earlier` set to the tokens. Throws before anything is sent: CoreError of `canonicalMailbox` for a mailbox that
 * the rules do not take; ClientError `epoch-unknown` where the log has no such keys, `evidence-not-accepted`,
 * `invitation-invalid` (of another epoch), `name-malformed`, `wrong-enrolment` where `earlier` is of another epoch, class or
 * workforce. Throws also what `askCode` throws, and the reason of a `signal` that broke it off; what was under way is then
 * aborted, and may be begun again.
 */
export async function enrol(options: EnrolOptions): Promise<EnrolmentResult> {
  const { view, epoch, evidence } = options;
  const asking = { ...options, class: classOfOffer(view, epoch, evidence), name: nameToSend(options) };
  const visiting = visitingWith(view, epoch, evidence);
  const { quorum } = rulesOf(view, epoch);
  const registrars = registrarsOf(view, epoch, asking.class);
  const earlier = await validEarlier(options.earlier, registrars, asking);
  const isDone = ({ registrar: { identity } }: KeyedRegistrar) =>
    earlier.whole.has(identity) &&
    (options.nameAgain !== true || asking.name === null || confirms(earlier, identity, asking.name));
  const able = registrars.filter((keyed) => visiting.isFor(keyed.registrar));
  const round = new EnrolmentRound({
    asking,
    visiting,
    todo: able.filter((keyed) => !isDone(keyed)),
    answered: earlier.answered,
    quorum,
  });
  const { outcomes, given } = await round.run();
  const tokens = { ...merged(earlier, given), workforce: view.workforce, epoch, class: asking.class };
  return {
    tokens,
    outcomes: registrars.map(
      (keyed) =>
        outcomes.get(keyed.registrar.identity) ?? {
          registrar: keyed.registrar,
          state: isDone(keyed) ? "known" : "skipped",
        },
    ),
    quorum,
    answered: new Set(tokens.tokens.map((token) => token.registrar)).size,
  };
}

/** Throws `name-malformed`. */
function nameToSend({ view, epoch, evidence, name }: EnrolOptions): string | null {
  if (name === null || evidence.kind === "vouch" || rulesOf(view, epoch).names === null) return null;
  if (checkShownText(name, MAX_NAME) === null) return name;
  throw new ClientError(
    "name-malformed",
    `Give a name of at most ${MAX_NAME} characters, without line breaks or double spaces.`,
  );
}

function confirms({ names }: Given, registrar: string, name: string): boolean {
  return names.some((one) => one.registrar === registrar && one.name === name);
}

/** What a registrar gave now stands for what it gave before, but for a name that it had confirmed and now does not. */
function merged(before: Given, given: ReadonlyMap<string, Given>) {
  const of = <T extends { registrar: string }>(
    pick: (of: Given) => readonly T[],
    keep: (registrar: string) => boolean,
  ): T[] => [
    ...pick(before).filter(({ registrar }) => keep(registrar)),
    ...[...given.values()].flatMap((one) => [...pick(one)]),
  ];
  const isOld = (registrar: string) => !given.has(registrar);
  const tokens = of((one) => one.tokens, isOld);
  const invitations = of((one) => one.invitations, isOld);
  const names = of(
    (one) => one.names,
    (registrar) => (given.get(registrar)?.names.length ?? 0) === 0,
  );
  const byRegistrar = (a: { registrar: string }, b: { registrar: string }) =>
    a.registrar < b.registrar ? -1 : 1;
  tokens.sort((a, b) => a.slot - b.slot || byRegistrar(a, b));
  invitations.sort((a, b) => a.number - b.number || byRegistrar(a, b));
  names.sort(byRegistrar);
  return { type: "tokens" as const, v: 1 as const, tokens, invitations, names };
}
