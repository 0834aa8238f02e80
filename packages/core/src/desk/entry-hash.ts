/** The chain of the list of acts: each row names the hash of the one before, so that none can be taken out or changed unseen. */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical } from "../canonical-json.ts";
import type { ActAnswer } from "../formats/desk/acts.ts";
import { domainHash } from "../hash.ts";

export type DeskEntry = ActAnswer<"entries">["entries"][number];

/** 32 bytes, base64url. */
export function entryHash(entry: DeskEntry): string {
  const { n, alias, act, about, day, previous } = entry;
  return encodeBase64url(domainHash("desk-entry", encodeCanonical({ about, act, alias, day, n, previous })));
}
