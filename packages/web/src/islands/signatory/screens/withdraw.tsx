/** Taking a signature back, once more asked. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function Withdraw(props: ScreenProps) {
  const { state, send } = props;
  const unsettled = state.problem !== null && !state.problem.settled;
  return (
    <Screen name="withdraw" title={say("sign-signing.withdraw.title")}>
      <ProblemNotice state={state} />
      {state.note === "file-made" && (
        <Notice tone="good" speak="status">
          {say("sign-signing.withdraw.saved-and-not-sent-whoever")}
        </Notice>
      )}
      <p>{say("sign-signing.withdraw.it-is-then-no-longer")}</p>
      <p>{say("sign-signing.withdraw.what-was-public-may-have")}</p>
      <Form onSubmit={acts(send, "withdraw-yes")}>
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            {unsettled ? say("sign.act.try-again") : say("sign-signing.withdraw.yes-take-it-back")}
          </Button>
          <Button onPress={acts(send, "make-file")} busy={state.busy !== null}>
            {say("sign-signing.act.make-a-file-instead")}
          </Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
