/** The twelve words, shown because the person asked for them. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { PhraseWords } from "../../ui/phrase-words.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function PhraseShown(props: ScreenProps) {
  const { state, send } = props;
  return (
    <Screen name="phrase-shown" title={say("sign-signing.phrase-shown.title")}>
      <PhraseWords phrase={state.phrase ?? ""} />
      <Actions>
        <Button kind="primary" onPress={acts(send, "written-down")}>
          {say("sign-signing.phrase-shown.i-have-written-it-down")}
        </Button>
        <Button kind="primary" onPress={acts(send, "keep-nothing")}>
          {say("sign-signing.act.keep-nothing")}
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
