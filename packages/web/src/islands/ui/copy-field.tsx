/** A text to be passed on: to read, to mark, and with a button that copies it. */

import { useState } from "preact/hooks";
import { say } from "../say.ts";
import { Actions, Button } from "./button.tsx";

export interface CopyFieldProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly button: string;
  readonly lines?: number;
  /** Rejects where the browser does not let pages copy. */
  readonly copy: (text: string) => Promise<void>;
}

export function CopyField({ id, label, text, button, lines = 3, copy }: CopyFieldProps) {
  const [said, setSaid] = useState("");
  const press = () =>
    copy(text).then(
      () => setSaid(say("ui.copied")),
      () => setSaid(say("ui.copy-refused")),
    );
  return (
    <>
      <div class="field">
        <label for={id}>{label}</label>
        <textarea
          id={id}
          readOnly
          rows={lines}
          dir="ltr"
          spellcheck={false}
          autocomplete="off"
          value={text}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </div>
      <Actions>
        <Button onPress={press}>{button}</Button>
      </Actions>
      <p role="status">{said}</p>
    </>
  );
}
