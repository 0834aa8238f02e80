/**
 * Under which name passkeys are made (Web Authentication Level 3, §5.1.2): the host at which the page is open. It need not
 * be configured, since a passkey keeps the origin at which it was made, by an organiser who signed for it, and is good
 * there only; a request that names another host asks for passkeys that no authenticator has.
 */
import { DeskError } from "../errors.ts";

export interface RelyingParty {
  readonly origin: string;
  readonly id: string;
}

/** Throws `passkey-refused` for an address of numbers, which no passkey can be made for. */
export function relyingParty(origin: string): RelyingParty {
  const host = URL.canParse(origin) ? new URL(origin).hostname : "";
  if (host === "" || /^\[|^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) {
    throw new DeskError(
      "passkey-refused",
      "A passkey needs a name, and this board is open under an address of numbers: on this machine, use localhost.",
    );
  }
  return { origin, id: host };
}
