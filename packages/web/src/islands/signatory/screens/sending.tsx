/** It is on its way. There is nothing to press. */
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";

export function Sending() {
  return (
    <Screen name="sending" title="Sending">
      <Progress label="This takes a moment. If the connection breaks, the same is sent again." />
    </Screen>
  );
}
