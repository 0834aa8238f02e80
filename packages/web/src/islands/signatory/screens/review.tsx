/** All that will be public, once more, and then the signature. */
import { Actions, Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { canCarryOver, chosen, nameConfirmed } from "../machine/signing.ts";
import { letterOf } from "../machine/state.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";
import { ShownAs } from "./shown-as.tsx";

export function Review(props: ScreenProps) {
  const { state, send } = props;
  const appearance = chosen(state);
  const text = letterOf(state)?.manifest;
  const revising = state.purpose === "revise";
  const unsettled = state.problem !== null && !state.problem.settled;
  const stale = ["already-endorsed", "sequence-taken", "predecessor-unknown"].includes(
    state.problem?.code ?? "",
  );
  return (
    <Screen name="review" title={revising ? "Change it?" : "Sign?"}>
      <ProblemNotice state={state} />
      {state.note === "file-made" && (
        <Notice tone="good" speak="status">
          Saved, and not sent. Whoever has the file can send it for you, here or with the command “undersigned
          post”. It tells them how you want to appear, and nothing else about you.
        </Notice>
      )}
      <p>
        You sign “<bdi>{text?.title}</bdi>” to <bdi>{text?.addressee.name}</bdi>,{" "}
        <bdi>{text?.addressee.organisation}</bdi>.
      </p>
      <div class="preview">
        <p class="hint">This will be public:</p>
        {appearance !== null && <ShownAs appearance={appearance} confirmed={nameConfirmed(state)} />}
        <p class="hint">and the day on which it comes out.</p>
      </div>
      {state.log?.unlisted === true && (
        <p>
          Nobody is shown while this letter is unlisted. When its organisers make it public, this is shown.
        </p>
      )}
      {!revising && (
        <p>
          {state.typed.remainder === "destroy"
            ? "If too few come out with you at the end, your signature is destroyed."
            : "If few come out with you at the end, your signature comes out all the same."}
        </p>
      )}
      <p>
        {state.keeps === "phrase"
          ? "Later you can change how you appear and take your signature back, with your phrase. What was public once may have been copied."
          : "As you keep nothing, you cannot change this later."}
      </p>
      <Form onSubmit={acts(send, "sign")}>
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            {unsettled ? "Try again" : "Sign"}
          </Button>
          <Button onPress={acts(send, "make-file")} busy={state.busy !== null}>
            Make a file instead
          </Button>
          {!revising && canCarryOver(state) && !unsettled && (
            <Button onPress={acts(send, "choose-anew")} busy={state.busy !== null}>
              Appear otherwise
            </Button>
          )}
          {stale && <Button onPress={acts(send, "see-state")}>See how my signature stands</Button>}
          <BackButton {...props} />
        </Actions>
      </Form>
      <p class="hint">
        A file instead: somebody else sends it for you, from another place. Nothing of you is then connected
        with the board.
      </p>
    </Screen>
  );
}
