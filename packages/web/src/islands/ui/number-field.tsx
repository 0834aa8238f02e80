/** A whole number. What is no number yet stays as it is typed, and counts as none. */
import { useState } from "preact/hooks";
import { Field, type FieldProps } from "./field.tsx";

export interface NumberFieldProps extends Omit<FieldProps, "value" | "onType" | "lines" | "inputMode"> {
  readonly value: number | null;
  readonly onNumber: (value: number | null) => void;
}

function numberOf(text: string): number | null {
  const plain = text.replace(/[\s.,’']/g, "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

export function NumberField({ value, onNumber, ...field }: NumberFieldProps) {
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const shown = numberOf(typed) === value ? typed : value === null ? "" : String(value);
  return (
    <Field
      {...field}
      inputMode="numeric"
      dir="ltr"
      value={shown}
      onType={(text) => {
        setTyped(text);
        onNumber(numberOf(text));
      }}
    />
  );
}
