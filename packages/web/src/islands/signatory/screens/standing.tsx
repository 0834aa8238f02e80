/** How a signature stands, and what can be done with it. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { confirmed, needed } from "../machine/confirmations.ts";
import { canInvite } from "../machine/inviting.ts";
import { areEnough } from "../machine/rules.ts";
import { canCarryOver } from "../machine/signing.ts";
import { hasSigned, isClosed } from "../machine/state.ts";
import { hiddenWords } from "../words/hidden.ts";
import { receiptWords, standingWords } from "../words/places.ts";
import { confirmationWords } from "../words/registrars.ts";
import { BackButton } from "./back-button.tsx";
import { Earlier } from "./earlier.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";
import { ShownAs } from "./shown-as.tsx";

export function Standing(props: ScreenProps) {
  const { state, send } = props;
  const { standing, checked, head } = state;
  const found = standing === null ? null : standingWords(standing);
  const receipt = checked === null ? null : receiptWords(checked);
  const out = standing !== null && standing.state !== "not-in-the-log";
  const pending = !out && head !== null;
  const withdrawn = standing?.state === "withdrawn";
  const canSign = standing !== null && !out && !pending && !hasSigned(state) && !isClosed(state);
  return (
    <Screen name="state" title={say("sign-signing.standing.title")}>
      <ProblemNotice state={state} />
      {found !== null && <Notice tone={found.tone}>{found.text}</Notice>}
      {standing?.state === "counted" && (
        <div class="preview">
          <p class="hint">{say("sign-signing.shared.this-is-what-readers-see")}</p>
          <ShownAs appearance={standing.shown ?? { kind: "anonymous" }} />
        </div>
      )}
      {standing?.state === "counted" && standing.hidden !== null && (
        <Notice tone="warning">{hiddenWords(standing.hidden)}</Notice>
      )}
      {out && state.log?.unlisted === true && (
        <Notice>{say("sign-signing.standing.while-this-letter-is-unlisted")}</Notice>
      )}
      {receipt !== null && (
        <>
          <h3>{say("sign-signing.standing.your-receipt")}</h3>
          <Notice tone={receipt.tone}>{receipt.text}</Notice>
        </>
      )}
      {standing !== null && !out && !pending && <p>{say("sign-signing.standing.if-you-have-signed-it")}</p>}
      {canSign && <Earlier state={state} />}
      {canSign && <Anew state={state} />}
      <Actions>
        {canCarryOver(state) && (
          <Button kind="primary" onPress={acts(send, "carry-over")}>
            {say("sign-signing.standing.carry-my-signature-over")}
          </Button>
        )}
        {canSign && (
          <Button kind={canCarryOver(state) ? "plain" : "primary"} onPress={acts(send, "sign-now")}>
            {canCarryOver(state)
              ? say("sign-signing.standing.sign-and-appear-otherwise")
              : say("sign-signing.act.sign-now")}
          </Button>
        )}
        {head !== null && (
          <>
            <Button kind="primary" onPress={acts(send, "revise")}>
              {withdrawn
                ? say("sign-signing.standing.sign-again")
                : say("sign-signing.standing.change-how-i-appear")}
            </Button>
            {!withdrawn && (
              <Button onPress={acts(send, "withdraw")}>
                {say("sign-signing.standing.take-my-signature-back")}
              </Button>
            )}
          </>
        )}
        {canInvite(state) && (
          <Button onPress={acts(send, "invite")}>{say("sign.shared.invite-colleagues")}</Button>
        )}
        <Button kind="quiet" onPress={acts(send, "forget")}>
          {say("sign-signing.act.forget-everything")}
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}

/** Why the mailbox is to be confirmed once more before signing, where it is. */
function Anew({ state }: Pick<ScreenProps, "state">) {
  if (state.note === "other-period") {
    return <Notice>{say("sign-signing.standing.this-letter-belongs-to-another")}</Notice>;
  }
  const { tokens } = state.enrolling;
  if (tokens === null || areEnough(state, tokens)) return null;
  return (
    <Notice>
      {say("sign-signing.standing.missing", {
        confirmations: confirmationWords(confirmed(state), needed(state)),
      })}
    </Notice>
  );
}
