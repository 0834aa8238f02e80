/**
 * Which addresses are of the public internet (IANA's registries of special-purpose addresses, by package ipaddr.js). Whoever
 * makes a server fetch something must not reach what only the server can: itself, its network, its provider's metadata.
 */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * False for whatever is no address, and for what leads elsewhere than it says: IPv4 inside IPv6 (mapped, NAT64, 6to4, Teredo).
 * A zone makes an address a local one.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes("%")) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  // Of IPv6, only this is given out as global unicast (RFC 4291, 2.4).
  return parsed.kind() === "ipv4" || (parsed.toByteArray()[0] as number) >> 5 === 1;
}
