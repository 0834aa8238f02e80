/** How far each registrar is. */
import { registrarsFor } from "../machine/rules.ts";
import type { State } from "../machine/state.ts";

const STEPS = {
  blinding: "Preparing …",
  reserving: "Asking for a code …",
  reserved: "A code is on its way to your mailbox.",
  enrolling: "Checking the code …",
  enrolled: "Has confirmed your mailbox.",
  skipped: "You went on without it.",
  later: "You went on without it.",
  failed: "Did not answer as it should.",
} as const;

export function RegistrarSteps({ state }: { readonly state: State }) {
  const { progress, tokens } = state.enrolling;
  const known = new Set(tokens?.tokens.map(({ registrar }) => registrar));
  return (
    <ul>
      {registrarsFor(state).map(({ identity, name }) => {
        const step = progress[identity];
        const words = step === undefined ? (known.has(identity) ? STEPS.enrolled : "Waiting …") : STEPS[step];
        return (
          <li key={identity}>
            <bdi>{name}</bdi>: {words}
          </li>
        );
      })}
    </ul>
  );
}
