/**
 * Confirmed names (PROTOCOL §7; decision 15): what is asked for with an enrolment, what counts of the answers, and how it
 * gets into an opening.
 */
import {
  type Appearance,
  type ConfirmedName,
  compareBytes,
  type EnrolmentTokens,
  encodeBase64url,
  type LetterRef,
  nameKey,
  type Secrets,
  SLOTS,
  verifyName,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { type ClientView, rulesOf } from "./view.ts";

type Confirmation = EnrolmentTokens["names"][number];
interface EpochRef {
  readonly workforce: string;
  readonly epoch: number;
}

/** For each slot, in order, the hash that hides its key from the registrar. */
export function nameKeysOf(secrets: Secrets, { workforce, epoch }: EpochRef): string[] {
  return Array.from({ length: SLOTS }, (_, slot) => slotNameKey(secrets, { workforce, epoch, slot }));
}

function slotNameKey(secrets: Secrets, at: EpochRef & { readonly slot: number }): string {
  return nameKey(secrets.slotSigner(at).publicKey, encodeBase64url(secrets.nameSalt(at)));
}

/** Whether all signatures of a confirmation are the registrar's for this person's keys. */
export async function nameHolds(
  secrets: Secrets,
  { workforce, epoch }: EpochRef,
  { registrar, name, rule, sigs }: Confirmation,
): Promise<boolean> {
  const keys = nameKeysOf(secrets, { workforce, epoch });
  for (const [slot, key] of keys.entries()) {
    const of = { workforce, epoch, slot, name, rule, key };
    if (!(await verifyName(of, registrar, sigs[slot]!))) return false;
  }
  return true;
}

/** The confirmations of the first name that the quorum has confirmed by one rule; null where there is none. */
function confirmations(view: ClientView, tokens: EnrolmentTokens): readonly Confirmation[] | null {
  const { registrars, quorum } = rulesOf(view, tokens.epoch);
  const known = tokens.names.filter(({ registrar }) =>
    registrars.some(({ identity }) => identity === registrar),
  );
  for (const { name, rule } of known) {
    const same = known.filter((one) => one.name === name && one.rule === rule);
    if (same.length >= quorum) return same;
  }
  return null;
}

/** The name that stands as confirmed where the person shows exactly it; null where there is none. Throws `epoch-unknown`. */
export function confirmedName(view: ClientView, tokens: EnrolmentTokens): string | null {
  return confirmations(view, tokens)?.[0]?.name ?? null;
}

/**
 * The appearance as it goes into the opening: with what confirms the name where it is the confirmed one, without it
 * otherwise, whatever the caller filled in. The registrars are chosen as those of an endorsement are, so that the same phrase makes
 * the same opening. Throws `name-not-confirmed` where a confirmation does not hold: the file was changed, or is another person's.
 */
export async function withConfirmation(
  view: ClientView,
  secrets: Secrets,
  at: LetterRef,
  tokens: EnrolmentTokens | undefined,
  appearance: Appearance,
): Promise<Appearance> {
  if (appearance.kind !== "named") return appearance;
  const of = tokens === undefined ? null : confirmations(view, tokens);
  if (of?.[0]?.name !== appearance.name) return { ...appearance, confirmed: null };
  const { quorum } = rulesOf(view, at.epoch);
  const chosen = of
    .map((one) => ({ one, rank: secrets.tokenChoice(at, at.letter, one.registrar) }))
    .sort((a, b) => compareBytes(a.rank, b.rank))
    .slice(0, quorum)
    .map(({ one }) => ({ registrar: one.registrar, sig: one.sigs[at.slot]! }))
    .sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
  const { name, rule } = of[0];
  const key = slotNameKey(secrets, at);
  for (const { registrar, sig } of chosen) {
    const statement = { workforce: at.workforce, epoch: at.epoch, slot: at.slot, name, rule, key };
    if (await verifyName(statement, registrar, sig)) continue;
    throw new ClientError(
      "name-not-confirmed",
      "A confirmation of this name does not verify. Enrol again with the same phrase.",
    );
  }
  const confirmed: ConfirmedName = { rule, salt: encodeBase64url(secrets.nameSalt(at)), by: chosen };
  return { ...appearance, confirmed };
}
