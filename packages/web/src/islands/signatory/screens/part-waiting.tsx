/** A screen whose part of the page is on its way, or has not come. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import { lacksPart } from "../machine/parts.ts";
import { problemWords } from "../words/problems.ts";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function PartWaiting(props: ScreenProps) {
  const { state, send } = props;
  if (!lacksPart(state)) {
    return (
      <Screen name="part-waiting" title={say("sign.shared.one-moment")}>
        <Progress label={say("sign.part-waiting.the-rest-of-this-page")} />
        <Actions>
          <BackButton {...props} />
        </Actions>
      </Screen>
    );
  }
  return (
    <Screen name="part-failed" title={say("sign.part-waiting.title")}>
      <Notice tone="bad" speak="alert">
        {problemWords({ code: "part-missing" })}
      </Notice>
      <Actions>
        <Button kind="primary" onPress={acts(send, "load-again")}>
          {say("sign.act.try-again")}
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
