/** A registrar confirms the mailbox. It signs for all letters of this time at once, so that later it need not be asked. */
import { Actions } from "../../ui/button.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { ScreenProps } from "./props.ts";
import { EnoughButton, RegistrarSteps } from "./registrar-steps.tsx";

export function Enrolling(props: ScreenProps) {
  return (
    <Screen name="enrolling" title="Confirming your mailbox">
      <Progress label="This takes a few seconds. Please stay on this page." />
      <RegistrarSteps state={props.state} />
      <Actions>
        <EnoughButton {...props} />
      </Actions>
    </Screen>
  );
}
