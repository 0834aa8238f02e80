/** What a known checkpoint gives away: the one thing on this page that nobody may overlook. */
import { Actions, Button } from "../ui/button.tsx";
import type { Shout } from "./plain-words.ts";

const WORDS: Readonly<Record<Shout, { readonly title: string; readonly means: string }>> = {
  forked: {
    title: "You are being shown another log than before",
    means:
      "The log that is here now does not contain what the known checkpoint describes. Both are signed by the same key: whoever holds it keeps two logs, and shows different ones to different people or at different times. No honest mistake of yours makes this happen.",
  },
  shorter: {
    title: "This log is shorter than it has been",
    means:
      "The known checkpoint describes more entries than there are here. Entries can never be taken out of a log: this is an old copy, or what came after was cut off.",
  },
  foreign: {
    title: "The known checkpoint is not of this log",
    means:
      "The checkpoint to compare with is not one that this log's key has signed. It is damaged, belongs to another log, or somebody has put it in place of the one that was seen.",
  },
};

export interface ShoutNoticeProps {
  readonly shout: Shout;
  readonly onSaveKnown: () => void;
  readonly onSaveSeen: (() => void) | null;
  /** Null where leaving the known checkpoint out explains nothing. */
  readonly onWithoutKnown: (() => void) | null;
}

export function ShoutNotice({ shout, onSaveKnown, onSaveSeen, onWithoutKnown }: ShoutNoticeProps) {
  const { title, means } = WORDS[shout];
  return (
    <div class="notice bad" role="alert">
      <h3>{title}</h3>
      <p>
        <strong>{means}</strong>
      </p>
      <p>What to do:</p>
      <ul>
        <li>Keep both checkpoints. Together they are the evidence, and anybody can check them.</li>
        <li>
          Recount over another network, or from a bundle or mirror of somebody else, and compare checkpoints
          with others who read this letter.
        </li>
        <li>
          Tell them, and those who watch over the log: the witnesses that the workforce names, or a journalist
          who has recounted it.
        </li>
        <li>Quote no number until it is explained.</li>
      </ul>
      <p>The checkpoint that was known stays as it is: this one does not take its place.</p>
      <Actions>
        <Button onPress={onSaveKnown}>Save the known checkpoint</Button>
        {onSaveSeen !== null && <Button onPress={onSaveSeen}>Save the new checkpoint</Button>}
      </Actions>
      {onWithoutKnown !== null && (
        <>
          <p>
            A bundle that was saved before the known checkpoint looks like this too. It can be counted by
            itself; that does not show that it belongs to the log that you know.
          </p>
          <Actions>
            <Button onPress={onWithoutKnown}>Recount without the known checkpoint</Button>
          </Actions>
        </>
      )}
    </div>
  );
}
