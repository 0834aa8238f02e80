/** Enrolled. Signing now is quick; later and from elsewhere is safer. */
import { Actions, Button } from "../../ui/button.tsx";
import { Check } from "../../ui/choice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { confirmed, needed } from "../machine/confirmations.ts";
import { registrarsFor } from "../machine/rules.ts";
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
      {keeps ? (
        <>
          <p>
            You can sign at once. It is safer to sign later and from another network: then nobody can link the
            mail with the signature by when and where they came.
          </p>
          <Actions>
            <Button kind="primary" onPress={acts(send, "sign-now")}>
              Sign now
            </Button>
            <Button kind="primary" onPress={acts(send, "save-enrolment")}>
              Save and sign later
            </Button>
          </Actions>
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
        </>
      )}
    </Screen>
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
          " The rest can be fetched too, now or any day from your phrase, but you do not need it."}
      </p>
      {missing > 0 && (
        <Actions>
          <Button onPress={acts(send, "ask-others")}>Ask the others too</Button>
        </Actions>
      )}
    </>
  );
}
