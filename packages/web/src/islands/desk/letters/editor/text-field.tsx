/** A field of text: its label, what was found in it, what is wrong with it, and who wrote it. */
import { useMemo } from "preact/hooks";
import { Field } from "../../../ui/field.tsx";
import { cleanedField, foundInField } from "../findings.ts";
import { FoundNotice, usePaused } from "./found-notice.tsx";

export interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly lines?: number;
  readonly error?: string | null;
  readonly value: string;
  /** The document's field, which decides what counts as a finding. */
  readonly field: string;
  readonly dir?: "auto" | "ltr";
  readonly onType: (value: string) => void;
}

export function TextField({ field, value, onType, label, ...rest }: TextFieldProps) {
  const paused = usePaused(value);
  const found = useMemo(() => foundInField(field, paused), [field, paused]);
  return (
    <>
      <Field label={label} value={value} onType={onType} {...rest} />
      <FoundNotice found={found} label={label} onClean={() => onType(cleanedField(field, value) as string)} />
    </>
  );
}
