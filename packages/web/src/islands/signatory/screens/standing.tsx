/** How a signature stands, and what can be done with it. */
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
    <Screen name="state" title="How your signature stands">
      <ProblemNotice state={state} />
      {found !== null && <Notice tone={found.tone}>{found.text}</Notice>}
      {standing?.state === "counted" && (
        <div class="preview">
          <p class="hint">This is what readers see:</p>
          <ShownAs appearance={standing.shown ?? { kind: "anonymous" }} />
        </div>
      )}
      {standing?.state === "counted" && standing.hidden !== null && (
        <Notice tone="warning">{hiddenWords(standing.hidden)}</Notice>
      )}
      {out && state.log?.unlisted === true && (
        <Notice>
          While this letter is unlisted nobody is shown, whatever they chose. When its organisers make it
          public, those who chose to be shown are.
        </Notice>
      )}
      {receipt !== null && (
        <>
          <h3>Your receipt</h3>
          <Notice tone={receipt.tone}>{receipt.text}</Notice>
        </>
      )}
      {standing !== null && !out && !pending && (
        <p>
          If you have signed, it waits to come out: it can be changed once it is in the log, or now with the
          receipt. If you have not signed, you can do so.
        </p>
      )}
      {canSign && <Earlier state={state} />}
      {canSign && <Anew state={state} />}
      <Actions>
        {canCarryOver(state) && (
          <Button kind="primary" onPress={acts(send, "carry-over")}>
            Carry my signature over
          </Button>
        )}
        {canSign && (
          <Button kind={canCarryOver(state) ? "plain" : "primary"} onPress={acts(send, "sign-now")}>
            {canCarryOver(state) ? "Sign and appear otherwise" : "Sign now"}
          </Button>
        )}
        {head !== null && (
          <>
            <Button kind="primary" onPress={acts(send, "revise")}>
              {withdrawn ? "Sign again" : "Change how I appear"}
            </Button>
            {!withdrawn && <Button onPress={acts(send, "withdraw")}>Take my signature back</Button>}
          </>
        )}
        {canInvite(state) && <Button onPress={acts(send, "invite")}>Invite colleagues</Button>}
        <Button kind="quiet" onPress={acts(send, "forget")}>
          Forget everything
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}

/** Why the mailbox is to be confirmed once more before signing, where it is. */
function Anew({ state }: Pick<ScreenProps, "state">) {
  if (state.note === "other-period") {
    return (
      <Notice>
        This letter belongs to another period than your enrolment. To sign it, your mailbox is confirmed anew,
        and your phrase stays the same.
      </Notice>
    );
  }
  const { tokens } = state.enrolling;
  if (tokens === null || areEnough(state, tokens)) return null;
  return (
    <Notice>
      {confirmationWords(confirmed(state), needed(state))} To sign, the missing ones are asked for; what has
      come is kept.
    </Notice>
  );
}
