/** It is on its way. There is nothing to press. */
import { say } from "../../say.ts";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";

export function Sending() {
  return (
    <Screen name="sending" title={say("sign-signing.sending.title")}>
      <Progress label={say("sign-signing.sending.this-takes-a-moment-if")} />
    </Screen>
  );
}
