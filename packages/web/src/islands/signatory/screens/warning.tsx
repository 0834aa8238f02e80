/** First of all: not on a device, account or network of the employer. */
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { rulesFor } from "../machine/rules.ts";
import { isClosed, letterOf } from "../machine/state.ts";
import { longDay } from "../words/days.ts";
import { acts, type ScreenProps } from "./props.ts";

export function Warning({ state, send }: ScreenProps) {
  const several = rulesFor(state)?.evidence.some(({ kind }) => kind !== "mailbox-code") ?? false;
  const early = letterOf(state)?.earlyClosing ?? null;
  return (
    <Screen name="warning" title="Not on a work device">
      {state.note === "forgotten" && (
        <Notice tone="good" speak="status">
          All is forgotten: nothing is left on this device or on this page.
        </Notice>
      )}
      {state.link?.mark === "missing" && (
        <Notice tone="warning">
          Your link came without the mark by which this page can be checked. Better use the whole link that a
          colleague gave you.
        </Notice>
      )}
      {state.invitation !== null && (
        <Notice>A colleague has invited you. Nothing of the invitation has been used yet.</Notice>
      )}
      <p>
        Your employer can see what is done on its devices, in its network and under its accounts. Use your own
        phone or computer, your own connection, and no browser that is signed in at work.
      </p>
      {early !== null && !isClosed(state) && (
        <Notice>
          The last day for signing is {longDay(early.leaf.closes)}: on {longDay(early.leaf.day)} organisers
          moved it forward.
        </Notice>
      )}
      {isClosed(state) ? (
        <p>
          This letter has closed and takes no more signatures. If you have signed, you can still change how
          you appear, or take your signature back.
        </p>
      ) : (
        <p>
          What happens next:{" "}
          {several ? "you prove that you work there" : "you prove your work mailbox with a code"}, you choose
          how you appear, you sign. It takes about two minutes, and nothing is sent before you say so.
        </p>
      )}
      <Actions>
        <Button kind="primary" onPress={acts(send, "own-device")}>
          I am on my own device
        </Button>
      </Actions>
      <p>
        You can leave this page at any time, by the button “Leave quickly” or by pressing Escape twice. All is
        then forgotten.
      </p>
    </Screen>
  );
}
