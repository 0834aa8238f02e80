/** Addresses as files give them, made to core's `webAddress` or left out. */
import { webAddress } from "@undersigned/core";

/** Null for what is no http or https address, names an account, or is too long. */
export function cleanAddress(raw: string): string | null {
  const url = URL.parse(raw.trim());
  if (url === null || url.username !== "" || url.password !== "") return null;
  try {
    return webAddress.check(url.href, "");
  } catch {
    return null;
  }
}
