/** The log is being opened. */
import { say } from "../../say.ts";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";

export function Starting() {
  return (
    <Screen name="starting" title={say("sign.shared.one-moment")} focus={false}>
      <Progress label={say("sign.starting.the-letter-is-being-checked")} />
    </Screen>
  );
}
