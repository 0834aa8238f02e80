/** All that will be public, once more, and then the signature. */
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
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
    <Screen
      name="review"
      title={revising ? say("sign-signing.review.change-it") : say("sign-signing.review.sign")}
    >
      <ProblemNotice state={state} />
      {state.note === "file-made" && (
        <Notice tone="good" speak="status">
          {say("sign-signing.review.saved-and-not-sent-whoever")}
        </Notice>
      )}
      <p>
        <Says
          words={say.rich("sign-signing.review.you-sign", {
            title: foreign(text?.title ?? ""),
            addressee: foreign(text?.addressee.name ?? ""),
            organisation: foreign(text?.addressee.organisation ?? ""),
          })}
        />
      </p>
      <div class="preview">
        <p class="hint">{say("sign-signing.review.this-will-be-public")}</p>
        {appearance !== null && <ShownAs appearance={appearance} confirmed={nameConfirmed(state)} />}
        <p class="hint">{say("sign-signing.review.and-the-day-on-which")}</p>
      </div>
      {state.log?.unlisted === true && <p>{say("sign-signing.review.nobody-is-shown-while-this")}</p>}
      {!revising && (
        <p>
          {state.typed.remainder === "destroy"
            ? say("sign-signing.review.if-too-few-come-out")
            : say("sign-signing.review.if-few-come-out-with")}
        </p>
      )}
      <p>
        {state.keeps === "phrase"
          ? say("sign-signing.review.later-you-can-change-how")
          : say("sign-signing.review.as-you-keep-nothing-you")}
      </p>
      <Form onSubmit={acts(send, "sign")}>
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            {unsettled ? say("sign.act.try-again") : say("sign-signing.review.sign-2")}
          </Button>
          <Button onPress={acts(send, "make-file")} busy={state.busy !== null}>
            {say("sign-signing.act.make-a-file-instead")}
          </Button>
          {!revising && canCarryOver(state) && !unsettled && (
            <Button onPress={acts(send, "choose-anew")} busy={state.busy !== null}>
              {say("sign-signing.review.appear-otherwise")}
            </Button>
          )}
          {stale && (
            <Button onPress={acts(send, "see-state")}>
              {say("sign-signing.act.see-how-my-signature-stands")}
            </Button>
          )}
          <BackButton {...props} />
        </Actions>
      </Form>
      <p class="hint">{say("sign-signing.review.a-file-instead-somebody-else")}</p>
    </Screen>
  );
}
