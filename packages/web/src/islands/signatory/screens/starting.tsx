/** The log is being opened. */
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";

export function Starting() {
  return (
    <Screen name="starting" title="One moment" focus={false}>
      <Progress label="The letter is being checked against its public log. Nothing has been sent." />
    </Screen>
  );
}
