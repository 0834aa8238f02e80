/** It does not go on: something is wrong with the link, the log or the network. */
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { problemWords } from "../words/problems.ts";
import { acts, type ScreenProps } from "./props.ts";

export function Stopped({ state, send }: ScreenProps) {
  const { problem, link } = state;
  const hopeless = link === null || link.mark === "other";
  return (
    <Screen name="stopped" title="This does not go on">
      <Notice tone="bad" speak="alert">
        {problemWords(problem ?? { code: "unknown" })}
      </Notice>
      <p>Nothing about you has been sent.</p>
      {!hopeless && (
        <Actions>
          <Button kind="primary" onPress={acts(send, "retry")}>
            Try again
          </Button>
        </Actions>
      )}
    </Screen>
  );
}
