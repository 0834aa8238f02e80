/** What a known checkpoint gives away: the one thing on this page that nobody may overlook. */
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";
import type { Shout } from "./plain-words.ts";

export interface ShoutNoticeProps {
  readonly shout: Shout;
  readonly onSaveKnown: () => void;
  readonly onSaveSeen: (() => void) | null;
  /** Null where leaving the known checkpoint out explains nothing. */
  readonly onWithoutKnown: (() => void) | null;
}

export function ShoutNotice({ shout, onSaveKnown, onSaveSeen, onWithoutKnown }: ShoutNoticeProps) {
  return (
    <div class="notice bad" role="alert">
      <h3>{say(`recount.shout.${shout}`)}</h3>
      <p>
        <strong>{say(`recount.shout.${shout}.means`)}</strong>
      </p>
      <p>{say("recount.shout-notice.what-to-do")}</p>
      <ul>
        <li>{say("recount.shout-notice.keep-both-checkpoints-together-they")}</li>
        <li>{say("recount.shout-notice.recount-over-another-network-or")}</li>
        <li>{say("recount.shout-notice.tell-them-and-those-who")}</li>
        <li>{say("recount.shout-notice.quote-no-number-until-it")}</li>
      </ul>
      <p>{say("recount.shout-notice.the-checkpoint-that-was-known")}</p>
      <Actions>
        <Button onPress={onSaveKnown}>{say("recount.shout-notice.save-the-known-checkpoint")}</Button>
        {onSaveSeen !== null && (
          <Button onPress={onSaveSeen}>{say("recount.shout-notice.save-the-new-checkpoint")}</Button>
        )}
      </Actions>
      {onWithoutKnown !== null && (
        <>
          <p>{say("recount.shout-notice.a-bundle-that-was-saved")}</p>
          <Actions>
            <Button onPress={onWithoutKnown}>
              {say("recount.shout-notice.recount-without-the-known-checkpoint")}
            </Button>
          </Actions>
        </>
      )}
    </div>
  );
}
