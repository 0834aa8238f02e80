/** Registrars confirm the mailbox, or take the invitation. They sign for all letters of this time at once, so that later they need not be asked. */
import { say } from "../../say.ts";
import { Actions } from "../../ui/button.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import { kindOf } from "../machine/evidence.ts";
import type { ScreenProps } from "./props.ts";
import { EnoughButton, RegistrarSteps } from "./registrar-steps.tsx";

export function Enrolling(props: ScreenProps) {
  return (
    <Screen
      name="enrolling"
      title={say(
        kindOf(props.state) === "vouch"
          ? "sign-signing.enrolling.invitation"
          : "sign-signing.enrolling.mailbox",
      )}
    >
      <Progress label={say("sign-signing.enrolling.this-takes-a-few-seconds")} />
      <RegistrarSteps state={props.state} />
      <Actions>
        <EnoughButton {...props} />
      </Actions>
    </Screen>
  );
}
