/** The twelve words, shown because the person asked for them. */
import { Actions, Button } from "../../ui/button.tsx";
import { PhraseWords } from "../../ui/phrase-words.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function PhraseShown(props: ScreenProps) {
  const { state, send } = props;
  return (
    <Screen name="phrase-shown" title="Write these twelve words down">
      <PhraseWords phrase={state.phrase ?? ""} />
      <Actions>
        <Button kind="primary" onPress={acts(send, "written-down")}>
          I have written it down
        </Button>
        <Button kind="primary" onPress={acts(send, "keep-nothing")}>
          Keep nothing
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
