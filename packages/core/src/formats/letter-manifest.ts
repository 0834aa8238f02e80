/** Letter manifests (PROTOCOL §3.4): what is signed, to whom it goes, and when. */
import { encodeBase64url } from "../bytes.ts";
import { parseCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import { batchRule, hash32, MAX_MANIFEST_BYTES, publicKey, version1 } from "./common.ts";
import { day, type Infer, list, literal, matching, nullable, object, oneOf, rule, text } from "./shape.ts";
import { sourceShape } from "./source.ts";

/** The id of a demand or a claim. */
export const manifestPartId = matching(
  /^[a-z0-9][a-z0-9-]{0,31}$/,
  32,
  "a short name of small letters, digits and hyphens",
);
export const languageTag = matching(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/, 40, "a BCP 47 language tag");
const paragraphs = { lines: true };

const fields = object({
  type: literal("letter-manifest"),
  v: version1,
  workforce: hash32,
  salt: hash32,
  language: languageTag,
  title: text(1, 200),
  addressee: object({ name: text(1, 200), organisation: text(1, 200), mailbox: nullable(text(3, 320)) }),
  body: text(1, 100_000, paragraphs),
  demands: list(
    object({
      id: manifestPartId,
      title: text(1, 200),
      text: text(1, 5000, paragraphs),
      met: text(1, 2000, paragraphs),
    }),
    0,
    50,
  ),
  supplement: nullable(
    object({
      title: text(1, 200),
      claims: list(
        object({ id: manifestPartId, text: text(1, 5000, paragraphs), sources: list(sourceShape, 1, 20) }),
        1,
        200,
      ),
    }),
  ),
  appearances: list(oneOf("anonymous", "named", "role"), 1, 3, (item) => item),
  /** Whether a name may be shown that no registrars have confirmed. */
  names: oneOf("any", "confirmed"),
  opens: day,
  closes: day,
  delivers: day,
  delivery: text(1, 1000, paragraphs),
  batch: batchRule,
  organisers: list(publicKey, 1, 32, (item) => item),
  replaces: nullable(hash32),
});

export type LetterManifest = Infer<typeof fields>;

export const letterManifest = rule(fields, (m) => {
  if (m.opens > m.closes) return { path: "/closes", expected: "no earlier than the opening day" };
  if (m.delivers < m.closes) return { path: "/delivers", expected: "no earlier than the closing day" };
  const ids = [
    ...m.demands.map((demand) => `d ${demand.id}`),
    ...(m.supplement?.claims ?? []).map((claim) => `c ${claim.id}`),
  ];
  if (new Set(ids).size !== ids.length)
    return { path: "/demands", expected: "demands and claims with ids of their own" };
  return null;
});

/** Parses the bytes of a manifest file. Throws CoreError `not-canonical`, `too-large`, `bad-field`, `unknown-field`. */
export function parseLetterManifest(file: Uint8Array): LetterManifest {
  return letterManifest.check(parseCanonical(file, MAX_MANIFEST_BYTES), "");
}

/** The letter id: hash of the manifest file, base64url. */
export function letterId(file: Uint8Array): string {
  return encodeBase64url(domainHash("letter-manifest", file));
}
