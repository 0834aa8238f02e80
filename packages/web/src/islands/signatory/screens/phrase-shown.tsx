/** The twelve words, shown because the person asked for them. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function PhraseShown(props: ScreenProps) {
  const { state, send } = props;
  const words = state.phrase?.split(" ") ?? [];
  return (
    <Screen name="phrase-shown" title="Write these twelve words down">
      <ol class="words" translate={false} lang="en">
        {words.map((word, i) => (
          // The same word may come twice: its place is what tells them apart.
          <li key={i}>{word}</li>
        ))}
      </ol>
      <p>In this order, on paper. Do not photograph or mail them: who has these words is you.</p>
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
