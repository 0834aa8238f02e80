/** Where the twelve words are typed. Nothing of them is remembered by the browser or sent. */
import { Field } from "../../ui/field.tsx";

export interface PhraseFieldProps {
  readonly hint?: string;
  readonly value: string;
  readonly error: string | null;
  readonly onType: (value: string) => void;
}

export function PhraseField({
  hint = "The twelve words, in their order. They stay on this page and are not sent.",
  value,
  error,
  onType,
}: PhraseFieldProps) {
  return (
    <Field
      id="phrase"
      label="Your phrase"
      hint={hint}
      dir="ltr"
      lines={3}
      value={value}
      error={error}
      onType={onType}
    />
  );
}
