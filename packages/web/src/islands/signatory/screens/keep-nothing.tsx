/** The price of keeping nothing, said before it is paid. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { kindOf } from "../machine/evidence.ts";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function KeepNothing(props: ScreenProps) {
  const { state, send } = props;
  return (
    <Screen name="keep-nothing" title={say("sign-signing.keep-nothing.title")}>
      <p>{say("sign-signing.keep-nothing.nothing-will-be-there-to")}</p>
      <ul>
        <li>{say("sign-signing.keep-nothing.you-cannot-change-how-you")}</li>
        <li>{say("sign-signing.keep-nothing.you-cannot-go-on-from")}</li>
        <li>
          {kindOf(state) === "vouch"
            ? say("sign-signing.keep-nothing.if-this-page-closes-after")
            : say("sign-signing.keep-nothing.if-this-page-closes-after-2")}
        </li>
      </ul>
      <Actions>
        <Button kind="primary" onPress={acts(send, "keep-nothing-yes")}>
          {say("sign-signing.keep-nothing.go-on-without-a-phrase")}
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
