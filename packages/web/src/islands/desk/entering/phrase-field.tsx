/** Where the twelve words are typed. Nothing of them is remembered by the browser or sent. */

import { say } from "../../say.ts";
import { Field } from "../../ui/field.tsx";

export interface PhraseFieldProps {
  readonly hint?: string;
  readonly value: string;
  readonly error: string | null;
  readonly onType: (value: string) => void;
}

export function PhraseField({
  hint = say("desk.the-twelve-words-in-their"),
  value,
  error,
  onType,
}: PhraseFieldProps) {
  return (
    <Field
      id="phrase"
      label={say("desk.your-phrase")}
      hint={hint}
      dir="ltr"
      lines={3}
      value={value}
      error={error}
      onType={onType}
    />
  );
}
