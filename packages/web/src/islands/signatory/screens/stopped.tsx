/** It does not go on: something is wrong with the link, the log or the network. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { problemWords } from "../words/problems.ts";
import { acts, type ScreenProps } from "./props.ts";

export function Stopped({ state, send }: ScreenProps) {
  const { problem, link } = state;
  const hopeless = link === null || link.mark === "other";
  return (
    <Screen name="stopped" title={say("sign.stopped.title")}>
      <Notice tone="bad" speak="alert">
        {problemWords(problem ?? { code: "unknown" })}
      </Notice>
      <p>{say("sign.stopped.nothing-about-you-has-been")}</p>
      {!hopeless && (
        <Actions>
          <Button kind="primary" onPress={acts(send, "retry")}>
            {say("sign.act.try-again")}
          </Button>
        </Actions>
      )}
    </Screen>
  );
}
