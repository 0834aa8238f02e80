/** A registrar confirms the mailbox. It signs for all letters of this time at once, so that later it need not be asked. */
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { ScreenProps } from "./props.ts";
import { RegistrarSteps } from "./registrar-steps.tsx";

export function Enrolling({ state }: ScreenProps) {
  return (
    <Screen name="enrolling" title="Confirming your mailbox">
      <Progress label="This takes a few seconds. Please stay on this page." />
      <RegistrarSteps state={state} />
    </Screen>
  );
}
