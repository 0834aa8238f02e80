/** Codes are being asked for. */
import { say } from "../../say.ts";
import { Actions } from "../../ui/button.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import type { ScreenProps } from "./props.ts";
import { EnoughButton, RegistrarSteps } from "./registrar-steps.tsx";

export function Reserving(props: ScreenProps) {
  return (
    <Screen name="reserving" title={say("sign-signing.reserving.title")}>
      <Progress label={say("sign-signing.reserving.this-takes-a-few-seconds")} />
      <RegistrarSteps state={props.state} />
      <Actions>
        <EnoughButton {...props} />
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
