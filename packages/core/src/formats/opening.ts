/** Appearances, openings and commitments (PROTOCOL §7). */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import { hash32, publicKey, version1 } from "./common.ts";
import { type Infer, integer, literal, nullable, object, rule, type Shape, text, union } from "./shape.ts";
import { checkShownText } from "./text.ts";

function shown(max: number): Shape<string> {
  return rule(text(1, max), (value) => {
    const problem = checkShownText(value, max);
    return problem === null ? null : { path: "", expected: problem };
  });
}

const role = shown(100);
const anonymous = object({ kind: literal("anonymous") });
const byRole = object({ kind: literal("role"), role, place: nullable(shown(100)) });
const named = object({
  kind: literal("named"),
  name: shown(100),
  role: nullable(role),
  place: nullable(shown(100)),
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

/** The commitment that a leaf holds, base64url. Hiding, because the salt is 32 secret bytes. */
export function commitmentOf(opening: Opening): string {
  return encodeBase64url(domainHash("opening", encodeCanonical(opening)));
}

/** Whether every shown role and place is on the lists of the workforce and the kind is one that the letter offers. */
export function appearanceAllowed(
  appearance: Appearance,
  lists: { readonly roles: readonly string[]; readonly places: readonly string[] },
  offered: readonly string[],
): boolean {
  if (!offered.includes(appearance.kind)) return false;
  if (appearance.kind === "anonymous") return true;
  return (
    (appearance.role === null || lists.roles.includes(appearance.role)) &&
    (appearance.place === null || lists.places.includes(appearance.place))
  );
}
