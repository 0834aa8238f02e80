/** The choice: a phrase that one keeps, or nothing. Both are as easy. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function Phrase(props: ScreenProps) {
  const { send } = props;
  return (
    <Screen name="phrase" title="Your phrase">
      <p>
        A phrase of twelve words lets you come back: to sign from another device, to change how you appear, to
        take your signature back. Write it on paper, and keep it where nobody at work looks.
      </p>
      <p>Or keep nothing, so that nobody can ever find anything. Then you cannot come back.</p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "make-phrase")}>
          Make a phrase
        </Button>
        <Button kind="primary" onPress={acts(send, "keep-nothing")}>
          Keep nothing
        </Button>
      </Actions>
      <Actions>
        <Button kind="quiet" onPress={acts(send, "have-phrase")}>
          I have a phrase already
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
