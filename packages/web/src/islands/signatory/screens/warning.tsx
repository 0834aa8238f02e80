/** First of all: not on a device, account or network of the employer. */
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { rulesFor } from "../machine/rules.ts";
import { isClosed, letterOf } from "../machine/state.ts";

import { acts, type ScreenProps } from "./props.ts";

export function Warning({ state, send }: ScreenProps) {
  const several = rulesFor(state)?.evidence.some(({ kind }) => kind !== "mailbox-code") ?? false;
  const early = letterOf(state)?.earlyClosing ?? null;
  return (
    <Screen name="warning" title={say("sign.warning.title")}>
      {state.note === "forgotten" && (
        <Notice tone="good" speak="status">
          {say("sign.warning.all-is-forgotten-nothing-is")}
        </Notice>
      )}
      {state.link?.mark === "missing" && (
        <Notice tone="warning">{say("sign.warning.your-link-came-without-the")}</Notice>
      )}
      {state.invitation !== null && <Notice>{say("sign.warning.a-colleague-has-invited-you")}</Notice>}
      <p>{say("sign.warning.your-employer-can-see-what")}</p>
      {early !== null && !isClosed(state) && (
        <Notice>
          {say("sign.warning.early", { closes: say.day(early.leaf.closes), day: say.day(early.leaf.day) })}
        </Notice>
      )}
      {isClosed(state) ? (
        <p>{say("sign.warning.this-letter-has-closed-and")}</p>
      ) : (
        <p>{say("sign.warning.next", { several: several ? "yes" : "no" })}</p>
      )}
      <Actions>
        <Button kind="primary" onPress={acts(send, "own-device")}>
          {say("sign.warning.i-am-on-my-own")}
        </Button>
      </Actions>
      <p>{say("sign.warning.you-can-leave-this-page")}</p>
    </Screen>
  );
}
