/** Closing a letter early (PROTOCOL §4 rule 12, decision 18): what organisers agree to, and whether they did. */
import type { JsonValue } from "./canonical-json.ts";
import type { EarlyClosingLeaf } from "./formats/leaves.ts";
import { type Signer, signDetached, verifyDetached } from "./signed.ts";

/** Days that lie at least between an early closing and the new closing day: so 48 hours, since a letter closes at a tick after that day. */
export const EARLY_CLOSING_NOTICE = 2;
/** Organisers who must agree. */
export const EARLY_CLOSING_ORGANISERS = 2;

/** What each organiser signs. The board's day is no part of it: it says when the board took it. */
export interface EarlyClosing {
  readonly workforce: string;
  readonly letter: string;
  /** The new closing day. */
  readonly closes: string;
}

export function signEarlyClosing(of: EarlyClosing, organiser: Signer): EarlyClosingLeaf["by"][number] {
  return {
    organiser: organiser.publicKey,
    sig: signDetached("early-closing", signedFields(of), organiser),
  };
}

/** Whether each signature in `by` holds. Whose keys they are, is for the letter's manifest to say. */
export async function verifyEarlyClosing(of: EarlyClosing, by: EarlyClosingLeaf["by"]): Promise<boolean> {
  const message = signedFields(of);
  for (const { organiser, sig } of by)
    if (!(await verifyDetached("early-closing", message, organiser, sig))) return false;
  return true;
}

function signedFields({ closes, letter, workforce }: EarlyClosing): JsonValue {
  return { closes, letter, workforce };
}
