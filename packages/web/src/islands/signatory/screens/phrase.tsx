/** The choice: a phrase that one keeps, or nothing. Both are as easy. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function Phrase(props: ScreenProps) {
  const { send } = props;
  return (
    <Screen name="phrase" title={say("sign-signing.shared.your-phrase")}>
      <p>{say("sign-signing.phrase.a-phrase-of-twelve-words")}</p>
      <p>{say("sign-signing.phrase.or-keep-nothing-so-that")}</p>
      <Actions>
        <Button kind="primary" onPress={acts(send, "make-phrase")}>
          {say("sign-signing.phrase.make-a-phrase")}
        </Button>
        <Button kind="primary" onPress={acts(send, "keep-nothing")}>
          {say("sign-signing.act.keep-nothing")}
        </Button>
      </Actions>
      <Actions>
        <Button kind="quiet" onPress={acts(send, "have-phrase")}>
          {say("sign.act.i-have-a-phrase-already")}
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
