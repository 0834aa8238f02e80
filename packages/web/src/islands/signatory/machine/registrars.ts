/** The registrars that can confirm this person. */
import type { WorkforceManifest } from "@undersigned/core";
import { classFor } from "./evidence.ts";
import { letterOf, type State } from "./state.ts";

/** In the manifest's order, where they are now. */
export type Registrars = WorkforceManifest["registrars"];

/** Those whose keys for this letter are in the log; of an invitation, those whose tokens it holds. */
export function registrarsFor(state: State): Registrars {
  const letter = letterOf(state);
  if (state.log === null || letter === null) return [];
  const { view } = state.log;
  const { epoch, slot } = letter.leaf;
  const counted = classFor(state);
  const keys = new Set(view.tokenKeys(epoch, slot, counted).map((key) => key.registrar));
  const then = letter.epoch.version.manifest.registrars;
  const asked = counted === "vouched" ? invited(state) : null;
  return then
    .filter(({ identity }, place) => keys.has(identity) && (asked === null || asked.has(place)))
    .map((one) => view.manifest.registrars.find(({ identity }) => identity === one.identity) ?? one);
}

/** Places in the manifest of the registrars whose tokens the invitation holds; null where it is not at hand. */
function invited({ invitation }: State): ReadonlySet<number> | null {
  if (invitation?.is !== "read") return null;
  return new Set(invitation.invitation.tokens.map(({ registrar }) => registrar));
}
