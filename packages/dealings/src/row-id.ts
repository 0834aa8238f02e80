/** Ids of imported rows: what the file calls an entry, made to fit core's ids, the same whenever it is imported. */
import { dealingId, encodeBase64url, sha256, utf8Encode } from "@undersigned/core";

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const HASHED = "sha256";

/**
 * `<kind>:<part>:<part>…` where each part is plain and all of them fit, else `<kind>:sha256:<hash>` of the parts. No two lists of
 * parts share an id: a plain part holds no colon, and none that begins like a hash is taken as it is.
 */
export function rowId(kind: "award" | "ocds", parts: readonly string[]): string {
  const plain = `${kind}:${parts.join(":")}`;
  if (parts[0] !== HASHED && parts.every((part) => PLAIN.test(part)) && fits(plain)) return plain;
  // JSON keeps ["a", "b"] and ["ab"] apart, and lone surrogates as they are.
  return `${kind}:${HASHED}:${encodeBase64url(sha256(utf8Encode(JSON.stringify(parts))))}`;
}

function fits(id: string): boolean {
  try {
    dealingId.check(id, "");
    return true;
  } catch {
    return false;
  }
}
