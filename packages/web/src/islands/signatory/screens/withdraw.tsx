/** Taking a signature back, once more asked. */
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
    <Screen name="withdraw" title="Take your signature back?">
      <ProblemNotice state={state} />
      {state.note === "file-made" && (
        <Notice tone="good" speak="status">
          Saved, and not sent. Whoever has the file can send it for you.
        </Notice>
      )}
      <p>It is then no longer counted, and what was shown of you is removed here.</p>
      <p>
        What was public may have been copied. The log goes on to show that somebody took a signature back on
        that day, not who.
      </p>
      <Form onSubmit={acts(send, "withdraw-yes")}>
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            {unsettled ? "Try again" : "Yes, take it back"}
          </Button>
          <Button onPress={acts(send, "make-file")} busy={state.busy !== null}>
            Make a file instead
          </Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
