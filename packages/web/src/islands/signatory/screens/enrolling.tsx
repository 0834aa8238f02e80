/** Registrars confirm the mailbox, or take the invitation. They sign for all letters of this time at once, so that later they need not be asked. */
import { Actions } from "../../ui/button.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import { kindOf } from "../machine/evidence.ts";
import type { ScreenProps } from "./props.ts";
import { EnoughButton, RegistrarSteps } from "./registrar-steps.tsx";

const TITLES = {
  "mailbox-code": "Confirming your mailbox",
  "existing-mail": "Confirming your mailbox",
  vouch: "Using your invitation",
} as const;

export function Enrolling(props: ScreenProps) {
  return (
    <Screen name="enrolling" title={TITLES[kindOf(props.state)]}>
      <Progress label="This takes a few seconds. Please stay on this page." />
      <RegistrarSteps state={props.state} />
      <Actions>
        <EnoughButton {...props} />
      </Actions>
    </Screen>
  );
}
