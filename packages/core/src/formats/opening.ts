/** Appearances, openings and commitments (PROTOCOL §7). */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import { hash32, MAX_REGISTRARS, publicKey, signature64, version1 } from "./common.ts";
import {
  day,
  type Infer,
  integer,
  list,
  literal,
  nullable,
  object,
  oneOf,
  rule,
  type Shape,
  text,
  union,
  unionByField,
} from "./shape.ts";
import { checkShownText, MAX_NAME } from "./text.ts";

export function shownText(max: number): Shape<string> {
  return rule(text(1, max), (value) => {
    const problem = checkShownText(value, max);
    return problem === null ? null : { path: "", expected: problem };
  });
}

const role = shownText(100);
const anonymous = object({ kind: literal("anonymous") });
const byRole = object({ kind: literal("role"), role, place: nullable(shownText(100)) });
/** By the manifest's pattern of mailboxes, or by notes of the registrars' operators. */
export const nameConfirmedBy = oneOf("note", "pattern");
/** What shows that k registrars have confirmed the name for this key (decision 15). */
const confirmed = object({
  rule: nameConfirmedBy,
  salt: hash32,
  by: list(object({ registrar: publicKey, sig: signature64 }), 1, MAX_REGISTRARS, (item) => item.registrar),
});
export type ConfirmedName = Infer<typeof confirmed>;
const named = object({
  kind: literal("named"),
  name: shownText(MAX_NAME),
  confirmed: nullable(confirmed),
  role: nullable(role),
  place: nullable(shownText(100)),
});

export type Appearance = Infer<typeof anonymous> | Infer<typeof byRole> | Infer<typeof named>;

export const appearanceShape: Shape<Appearance> = union<Appearance>("kind", {
  anonymous,
  role: byRole,
  named,
});

export const openingShape = object({
  type: literal("opening"),
  v: version1,
  letter: hash32,
  key: publicKey,
  seq: integer(0, 10_000),
  salt: hash32,
  appearance: appearanceShape,
});

export type Opening = Infer<typeof openingShape>;

/**
 * Why a released opening is not shown (decision 19). `waiting`: a rule has stopped it, and no organiser has looked yet;
 * `asked`: the person asked.
 */
const HIDE_REASONS = ["asked", "impersonation", "invisible", "length", "link", "slur"] as const;
/** What an organiser gives as reason. */
export const hideReason = oneOf(...HIDE_REASONS);
/** `waiting`: a rule has stopped it, and nobody has looked yet. */
export const hiddenReason = oneOf(...HIDE_REASONS, "waiting");
export type HiddenReason = Infer<typeof hiddenReason>;

const shownEntry = object({ index: integer(), opening: openingShape });
const hiddenEntry = object({ index: integer(), hidden: object({ day, reason: hiddenReason }) });
export type ShownEntry = Infer<typeof shownEntry>;
export type HiddenEntry = Infer<typeof hiddenEntry>;
export type OpeningsEntry = ShownEntry | HiddenEntry;

/** An entry of a page of openings (PROTOCOL §8): what is shown for the leaf at `index`, or why nothing is. */
export const openingsEntry: Shape<OpeningsEntry> = unionByField<OpeningsEntry>({
  opening: shownEntry,
  hidden: hiddenEntry,
});

export function isShown(entry: OpeningsEntry): entry is ShownEntry {
  return "opening" in entry;
}

/** The commitment that a leaf holds, base64url. Hiding, because the salt is 32 secret bytes. */
export function commitmentOf(opening: Opening): string {
  return encodeBase64url(domainHash("opening", encodeCanonical(opening)));
}

/**
 * Whether every shown role and place is on the lists of the workforce, and the letter offers the kind and takes the
 * name. Whether what stands as confirmed is so, is for `isNameConfirmed`.
 */
export function appearanceAllowed(
  appearance: Appearance,
  lists: { readonly roles: readonly string[]; readonly places: readonly string[] },
  letter: { readonly appearances: readonly string[]; readonly names: "any" | "confirmed" },
): boolean {
  if (!letter.appearances.includes(appearance.kind)) return false;
  if (appearance.kind === "anonymous") return true;
  if (appearance.kind === "named" && letter.names === "confirmed" && appearance.confirmed === null)
    return false;
  return (
    (appearance.role === null || lists.roles.includes(appearance.role)) &&
    (appearance.place === null || lists.places.includes(appearance.place))
  );
}
