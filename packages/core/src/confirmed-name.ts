/**
 * Confirmed names (PROTOCOL §7; decision 15): k registrars of the epoch have signed that the name belongs to the
 * mailbox that enrolled with this key. They saw a salted hash of the key, and no key.
 */
import { encodeBase64url } from "./bytes.ts";
import { encodeCanonical } from "./canonical-json.ts";
import type { EndorsementClass } from "./formats/common.ts";
import type { ConfirmedName, Opening } from "./formats/opening.ts";
import { domainHash } from "./hash.ts";
import type { SlotRef } from "./phrase.ts";
import { type Signer, signDetached, verifyDetached } from "./signed.ts";

/** What a registrar confirms for one slot. */
export interface NameStatement extends SlotRef {
  readonly name: string;
  readonly rule: ConfirmedName["rule"];
  /** `nameKey`, base64url. */
  readonly key: string;
}

/** H(`name-key`, {key, salt}), base64url: hides the slot's key from the registrar. Both texts are base64url. */
export function nameKey(key: string, salt: string): string {
  return encodeBase64url(domainHash("name-key", encodeCanonical({ key, salt })));
}

function message(of: NameStatement, registrar: string) {
  const { workforce, epoch, slot, name, rule, key } = of;
  return { epoch, key, name, registrar, rule, slot, workforce };
}

/** A registrar's signature, base64url. */
export function signName(of: NameStatement, registrar: Signer): string {
  return signDetached("name-confirmation", message(of, registrar.publicKey), registrar);
}

/** Whether `sig` is the registrar's. `registrar` and `sig` must have passed their shapes. */
export async function verifyName(of: NameStatement, registrar: string, sig: string): Promise<boolean> {
  return verifyDetached("name-confirmation", message(of, registrar), registrar, sig);
}

/** What is known of a signatory and of the epoch, from elsewhere than the opening. */
export interface NameTerms {
  /** Of the endorsement that the opening belongs to. */
  readonly class: EndorsementClass;
  /** Whether the manifest of the epoch has a name rule. */
  readonly pattern: boolean;
  readonly quorum: number;
  /** Registrars with right statements for the epoch: identities, base64url. */
  readonly registrars: ReadonlySet<string>;
}

/**
 * Whether what the opening shows as a confirmed name is confirmed: exactly `quorum` signatures, each by one of
 * `registrars`, for the name and the opening's key in the letter's slot; by a pattern only where there is one; and never
 * for the class `vouched`, which has no mailbox that could confirm a name. True where nothing stands as confirmed.
 */
export async function isNameConfirmed(opening: Opening, at: SlotRef, terms: NameTerms): Promise<boolean> {
  const { appearance } = opening;
  if (appearance.kind !== "named" || appearance.confirmed === null) return true;
  const { rule, salt, by } = appearance.confirmed;
  if (terms.class !== "mailbox" || (rule === "pattern" && !terms.pattern)) return false;
  if (by.length !== terms.quorum) return false;
  const { workforce, epoch, slot } = at;
  const of = { workforce, epoch, slot, name: appearance.name, rule, key: nameKey(opening.key, salt) };
  // The shape has made sure that the registrars differ.
  for (const { registrar, sig } of by) {
    if (!terms.registrars.has(registrar) || !(await verifyName(of, registrar, sig))) return false;
  }
  return true;
}
