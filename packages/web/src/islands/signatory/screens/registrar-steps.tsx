/** How many confirmations have come, and how far each registrar is. */
import { say } from "../../say.ts";
import { Button } from "../../ui/button.tsx";
import { canDoWithout, confirmed, hasEnough, needed } from "../machine/confirmations.ts";
import { kindOf } from "../machine/evidence.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { confirmationWords, stepWords } from "../words/registrars.ts";
import { acts, type ScreenProps } from "./props.ts";

/** Nothing where there is one registrar and a screen of its own says how far it is. */
export function RegistrarSteps({ state, alone = true }: Pick<ScreenProps, "state"> & { alone?: boolean }) {
  const { progress, tokens } = state.enrolling;
  const registrars = registrarsFor(state);
  if (registrars.length === 1 && !alone) return null;
  const known = new Set(tokens?.tokens.map(({ registrar }) => registrar));
  const kind = kindOf(state);
  const behind = Object.values(progress).some((step) => step === "enrolling" || step === "enrolled");
  return (
    <>
      {registrars.length > 1 && (
        <p role="status">
          <strong>{confirmationWords(confirmed(state), needed(state))}</strong>
        </p>
      )}
      <ul>
        {registrars.map(({ identity, name }) => {
          const step = progress[identity] ?? (known.has(identity) ? "enrolled" : undefined);
          const dispensable = canDoWithout(state, identity);
          return (
            <li key={identity}>
              <bdi>{name}</bdi>:{" "}
              {stepWords({ kind, step, behind: behind || state.screen === "code", dispensable })}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** The way on, for who has enough and does not want to wait. */
export function EnoughButton({ state, send }: Pick<ScreenProps, "state" | "send">) {
  return hasEnough(state) ? (
    <Button onPress={acts(send, "enough")}>{say("sign-signing.registrar-steps.go-on-with-what-i")}</Button>
  ) : null;
}
