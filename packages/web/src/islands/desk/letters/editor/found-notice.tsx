/** What a text would give away, said where it stands, with a button that takes it out. */

import { useEffect, useState } from "preact/hooks";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import type { Found } from "../findings.ts";
import { foundWords } from "../found-words.ts";

export interface FoundNoticeProps {
  readonly found: readonly Found[];
  /** What the text is called, for somebody who hears the button alone. */
  readonly label: string;
  readonly onClean: () => void;
}

export function FoundNotice({ found, label, onClean }: FoundNoticeProps) {
  if (found.length === 0) return null;
  return (
    <div class="notice warning" role="status">
      <p>
        <strong>{say("desk.this-may-give-somebody-away")}</strong>
      </p>
      <FoundList found={found} />
      {found.some(({ mends }) => mends) && (
        <Actions>
          <Button onPress={onClean}>{say("desk.clean-field", { label })}</Button>
        </Actions>
      )}
    </div>
  );
}

export function FoundList({ found }: { readonly found: readonly Found[] }) {
  return (
    <ul>
      {found.map(({ kind, words, mends, count }) => (
        <li key={`${kind} ${mends} ${words}`}>
          {foundWords(words)}
          {count > 1 && say("desk.times", { count })}
          {!mends && say("desk.only-you-can-mend")}
        </li>
      ))}
    </ul>
  );
}

const PAUSE_MS = 300;

/** The text as it was when somebody last paused: a long one is not searched at every key. Pasted text comes at once. */
export function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  const far = Math.abs(text.length - paused.length) > 20;
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), far ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, far]);
  return paused;
}
