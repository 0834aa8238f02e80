/** Who can be asked in an epoch, and whose tokens of an earlier try are good already. */
import {
  type EndorsementClass,
  type EnrolmentTokens,
  type Secrets,
  SLOTS,
  type TokenKey,
  TokenVerifier,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import type { Registrar } from "./registrar-visit.ts";
import { type ClientView, rulesOf } from "./view.ts";

/** A registrar with its logged keys, by slot. */
export interface KeyedRegistrar {
  readonly registrar: Registrar;
  readonly keys: readonly TokenKey[];
}

/**
 * The registrars whose keys for all slots of the epoch are in the log, in the manifest's order; with their present
 * addresses, where they have moved since. Throws `epoch-unknown` where they are too few to sign with.
 */
export function registrarsOf(view: ClientView, epoch: number, of: EndorsementClass): KeyedRegistrar[] {
  const bySlot = Array.from({ length: SLOTS }, (_, slot) => view.tokenKeys(epoch, slot, of));
  const rules = rulesOf(view, epoch);
  const found = rules.registrars.flatMap((then) => {
    const now = view.manifest.registrars.find(({ identity }) => identity === then.identity);
    const keys = bySlot.flatMap((slot) => slot.filter((key) => key.registrar === then.identity));
    return keys.length === SLOTS ? [{ registrar: now ?? then, keys }] : [];
  });
  if (found.length < rules.quorum) {
    throw new ClientError(
      "epoch-unknown",
      "The log has no keys for enrolling in this epoch. Choose an epoch that has been opened.",
    );
  }
  return found;
}

/**
 * The tokens of `earlier` whose registrar gave valid ones for all slots; the others are fetched again. Throws
 * `wrong-enrolment` where it is of another workforce, epoch or class.
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
): Promise<EnrolmentTokens["tokens"]> {
  if (earlier === undefined) return [];
  if (earlier.workforce !== of.view.workforce || earlier.epoch !== of.epoch || earlier.class !== of.class) {
    throw new ClientError(
      "wrong-enrolment",
      "The enrolment that was begun belongs to another workforce or epoch. Leave it out or choose its epoch.",
    );
  }
  const kept: EnrolmentTokens["tokens"] = [];
  for (const { registrar, keys } of registrars) {
    const own = earlier.tokens.filter((token) => token.registrar === registrar.identity);
    const checks = keys.map(async (key) => {
      const slotKey = of.secrets.slotSigner(key).publicKey;
      const token = own.find(({ slot }) => slot === key.slot);
      return token !== undefined && (await new TokenVerifier(key).verify(token, slotKey));
    });
    if (own.length === SLOTS && (await Promise.all(checks)).every((valid) => valid)) kept.push(...own);
  }
  return kept;
}
