/** Enrolled. Signing now is quick; later and from elsewhere is safer. */
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Check } from "../../ui/choice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { confirmed, needed } from "../machine/confirmations.ts";
import { askedName, kindOf } from "../machine/evidence.ts";
import { canInvite } from "../machine/inviting.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { nameConfirmed } from "../machine/signing.ts";
import { confirmationWords } from "../words/registrars.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function Later({ state, send }: ScreenProps) {
  const keeps = state.keeps === "phrase";
  return (
    <Screen name="later" title={say("sign-signing.later.title")}>
      <ProblemNotice state={state} />
      {state.note === "enrolment-saved" && (
        <Notice tone="good" speak="status">
          {say("sign-signing.later.saved-you-can-close-this")}
        </Notice>
      )}
      {state.note === "kept-here" && (
        <Notice tone="good" speak="status">
          {say("sign-signing.later.kept-on-this-device-it")}
        </Notice>
      )}
      <Confirmations {...{ state, send }} />
      <NameWords {...{ state, send }} />
      {keeps ? (
        <>
          <p>{say("sign-signing.later.you-can-sign-at-once")}</p>
          <Actions>
            <Button kind="primary" onPress={acts(send, "sign-now")}>
              {say("sign-signing.act.sign-now")}
            </Button>
            <Button kind="primary" onPress={acts(send, "save-enrolment")}>
              {say("sign-signing.later.save-and-sign-later")}
            </Button>
          </Actions>
          <Inviting {...{ state, send }} />
          <p>{say("sign-signing.later.nothing-stays-on-this-device")}</p>
          <Check
            id="keep-here"
            checked={state.storedHere}
            onChange={acts(send, "keep-here")}
            label={say("sign-signing.later.keep-the-enrolment-on-this")}
          >
            {say("sign-signing.later.who-looks-into-this-browser")}
          </Check>
          <Actions>
            <Button kind="quiet" onPress={acts(send, "forget")}>
              {say("sign-signing.act.forget-everything")}
            </Button>
          </Actions>
        </>
      ) : (
        <>
          <p>{say("sign-signing.later.you-keep-nothing-so-sign")}</p>
          <Actions>
            <Button kind="primary" onPress={acts(send, "sign-now")}>
              {say("sign-signing.act.sign-now")}
            </Button>
          </Actions>
          <Inviting {...{ state, send }} />
        </>
      )}
    </Screen>
  );
}

/** Whether the name that was given can be shown as confirmed. */
function NameWords({ state, send }: Pick<ScreenProps, "state" | "send">) {
  const confirmed = nameConfirmed(state);
  const asked = askedName(state);
  if (confirmed !== null) {
    return (
      <p>
        <Says words={say.rich("sign-signing.later.name-confirmed", { name: foreign(confirmed) })} />
      </p>
    );
  }
  if (asked === null) return null;
  return (
    <>
      <p>
        <Says words={say.rich("sign-signing.later.name-not-confirmed", { name: foreign(asked) })} />
      </p>
      <Actions>
        <Button onPress={acts(send, "name-again")}>{say("sign-signing.later.write-it-another-way")}</Button>
      </Actions>
    </>
  );
}

function Inviting({ state, send }: Pick<ScreenProps, "state" | "send">) {
  if (!canInvite(state)) return null;
  return (
    <>
      <p>{say("sign-signing.later.you-can-vouch-for-colleagues")}</p>
      <Actions>
        <Button onPress={acts(send, "invite")}>{say("sign.shared.invite-colleagues")}</Button>
      </Actions>
    </>
  );
}

/** With several registrars: how many have confirmed, and the others for who wants them too. */
function Confirmations({ state, send }: Pick<ScreenProps, "state" | "send">) {
  const registrars = registrarsFor(state);
  const missing = registrars.length - confirmed(state);
  if (registrars.length === 1) return null;
  const confirmations = confirmationWords(confirmed(state), needed(state));
  return (
    <>
      <p>
        {missing === 0
          ? confirmations
          : say(
              kindOf(state) === "mailbox-code"
                ? "sign-signing.later.rest-any-day"
                : "sign-signing.later.rest",
              { confirmations },
            )}
      </p>
      {missing > 0 && (
        <Actions>
          <Button onPress={acts(send, "ask-others")}>{say("sign-signing.later.ask-the-others-too")}</Button>
        </Actions>
      )}
    </>
  );
}
