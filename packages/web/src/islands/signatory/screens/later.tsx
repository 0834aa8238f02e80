/** Enrolled. Signing now is quick; later and from elsewhere is safer. */
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
    <Screen name="later" title="You are enrolled">
      <ProblemNotice state={state} />
      {state.note === "enrolment-saved" && (
        <Notice tone="good" speak="status">
          Saved. You can close this page now. Come back with the file and your phrase, from any device.
        </Notice>
      )}
      {state.note === "kept-here" && (
        <Notice tone="good" speak="status">
          Kept on this device. It opens with your phrase only.
        </Notice>
      )}
      <Confirmations {...{ state, send }} />
      <NameWords {...{ state, send }} />
      {keeps ? (
        <>
          <p>
            You can sign at once. It is safer to sign later and from another network: then nobody can link
            your enrolling with your signature by when and where they came.
          </p>
          <Actions>
            <Button kind="primary" onPress={acts(send, "sign-now")}>
              Sign now
            </Button>
            <Button kind="primary" onPress={acts(send, "save-enrolment")}>
              Save and sign later
            </Button>
          </Actions>
          <Inviting {...{ state, send }} />
          <p>Nothing stays on this device unless you ask for it.</p>
          <Check
            id="keep-here"
            checked={state.storedHere}
            onChange={acts(send, "keep-here")}
            label="Keep the enrolment on this device"
          >
            Who looks into this browser then sees that Undersigned was used, and nothing more without your
            phrase.
          </Check>
          <Actions>
            <Button kind="quiet" onPress={acts(send, "forget")}>
              Forget everything
            </Button>
          </Actions>
        </>
      ) : (
        <>
          <p>You keep nothing, so sign now: when this page closes, your enrolment is gone.</p>
          <Actions>
            <Button kind="primary" onPress={acts(send, "sign-now")}>
              Sign now
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
        Your name is confirmed as “<bdi>{confirmed}</bdi>”. It is shown only if you choose so when you sign.
      </p>
    );
  }
  if (asked === null) return null;
  return (
    <>
      <p>
        The name “<bdi>{asked}</bdi>” was not confirmed. You can show it all the same, as given by you, where
        the letter takes that.
      </p>
      <Actions>
        <Button onPress={acts(send, "name-again")}>Write it another way</Button>
      </Actions>
    </>
  );
}

function Inviting({ state, send }: Pick<ScreenProps, "state" | "send">) {
  if (!canInvite(state)) return null;
  return (
    <>
      <p>You can vouch for colleagues who have no work mailbox that they could use.</p>
      <Actions>
        <Button onPress={acts(send, "invite")}>Invite colleagues</Button>
      </Actions>
    </>
  );
}

/** With several registrars: how many have confirmed, and the others for who wants them too. */
function Confirmations({ state, send }: Pick<ScreenProps, "state" | "send">) {
  const registrars = registrarsFor(state);
  const missing = registrars.length - confirmed(state);
  if (registrars.length === 1) return null;
  return (
    <>
      <p>
        {confirmationWords(confirmed(state), needed(state))}
        {missing > 0 &&
          (kindOf(state) === "mailbox-code"
            ? " The rest can be fetched too, now or any day from your phrase, but you do not need it."
            : " The rest can be fetched too, but you do not need it.")}
      </p>
      {missing > 0 && (
        <Actions>
          <Button onPress={acts(send, "ask-others")}>Ask the others too</Button>
        </Actions>
      )}
    </>
  );
}
