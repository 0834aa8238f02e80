/** Who can be asked in an epoch, and whose tokens of an earlier try are good already. */
import {
  type EndorsementClass,
  type EnrolmentTokens,
  type InvitationKey,
  type Secrets,
  SLOTS,
  type TokenKey,
  TokenVerifier,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { invitationKeysOf, tokenHolds } from "./invitations.ts";
import { nameHolds } from "./names.ts";
import type { Given, Registrar } from "./registrar-visit.ts";
import { type ClientView, rulesOf } from "./view.ts";

/** A registrar with its logged keys: by slot, and by number of the invitations that are to be asked for. */
export interface KeyedRegistrar {
  readonly registrar: Registrar;
  readonly keys: readonly TokenKey[];
  readonly invitationKeys: readonly InvitationKey[];
}

/**
 * The registrars whose keys for all slots and invitations of the epoch are in the log, in the manifest's order; with their
 * present addresses, where they have moved since. Throws `epoch-unknown` where they are too few to sign with.
 */
export function registrarsOf(view: ClientView, epoch: number, of: EndorsementClass): KeyedRegistrar[] {
  const bySlot = Array.from({ length: SLOTS }, (_, slot) => view.tokenKeys(epoch, slot, of));
  const rules = rulesOf(view, epoch);
  // Who was vouched for invites nobody.
  const invitations = of === "mailbox" ? (rules.vouching?.invitations ?? 0) : 0;
  const found = rules.registrars.flatMap((then) => {
    const { identity } = then;
    const now = view.manifest.registrars.find((registrar) => registrar.identity === identity);
    const keys = bySlot.flatMap((slot) => slot.filter((key) => key.registrar === identity));
    const invitationKeys = invitationKeysOf(view, epoch, identity).slice(0, invitations);
    const whole = keys.length === SLOTS && invitationKeys.length === invitations;
    return whole ? [{ registrar: now ?? then, keys, invitationKeys }] : [];
  });
  if (found.length < rules.quorum) {
    throw new ClientError(
      "epoch-unknown",
      "The log has no keys for enrolling in this epoch. Choose an epoch that has been opened.",
    );
  }
  return found;
}

/** What is good of an earlier try. */
export interface Earlier extends Given {
  /** Registrars with valid tokens for all slots. */
  readonly answered: ReadonlySet<string>;
  /** Those of them that have given all invitations too. */
  readonly whole: ReadonlySet<string>;
}

/**
 * The tokens of `earlier` whose registrar gave valid ones for all slots, with the valid invitations and names of those
 * registrars; the others are fetched again. Throws `wrong-enrolment` where it is of another workforce, epoch or class.
 */
export async function validEarlier(
  earlier: EnrolmentTokens | undefined,
  registrars: readonly KeyedRegistrar[],
  of: {
    readonly secrets: Secrets;
    readonly view: ClientView;
    readonly epoch: number;
    readonly class: EndorsementClass;
  },
): Promise<Earlier> {
  const tokens: EnrolmentTokens["tokens"] = [];
  const invitations: EnrolmentTokens["invitations"] = [];
  const names: EnrolmentTokens["names"] = [];
  const answered = new Set<string>();
  const whole = new Set<string>();
  const all = { tokens, invitations, names, answered, whole };
  if (earlier === undefined) return all;
  if (earlier.workforce !== of.view.workforce || earlier.epoch !== of.epoch || earlier.class !== of.class) {
    throw new ClientError(
      "wrong-enrolment",
      "The enrolment that was begun belongs to another workforce or epoch. Leave it out or choose its epoch.",
    );
  }
  for (const keyed of registrars) {
    const { identity } = keyed.registrar;
    const own = earlier.tokens.filter((token) => token.registrar === identity);
    if (!(await tokensHold(own, keyed, of.secrets))) continue;
    answered.add(identity);
    tokens.push(...own);
    const invited = earlier.invitations.filter((token) => token.registrar === identity);
    if (await invitationsHold(invited, keyed, of.secrets)) {
      whole.add(identity);
      invitations.push(...invited);
    }
    for (const name of earlier.names.filter((one) => one.registrar === identity)) {
      const at = { workforce: of.view.workforce, epoch: of.epoch };
      if (await nameHolds(of.secrets, at, name)) names.push(name);
    }
  }
  return all;
}

async function tokensHold(
  own: EnrolmentTokens["tokens"],
  { keys }: KeyedRegistrar,
  secrets: Secrets,
): Promise<boolean> {
  const checks = keys.map(async (key) => {
    const token = own.find(({ slot }) => slot === key.slot);
    return (
      token !== undefined && (await new TokenVerifier(key).verify(token, secrets.slotSigner(key).publicKey))
    );
  });
  return own.length === SLOTS && (await Promise.all(checks)).every((valid) => valid);
}

async function invitationsHold(
  own: EnrolmentTokens["invitations"],
  { invitationKeys }: KeyedRegistrar,
  secrets: Secrets,
): Promise<boolean> {
  const checks = invitationKeys.map(async (key) => {
    const token = own.find(({ number }) => number === key.number);
    return token !== undefined && (await tokenHolds(secrets.invitation(key), key, token.signature));
  });
  return own.length === invitationKeys.length && (await Promise.all(checks)).every((valid) => valid);
}
