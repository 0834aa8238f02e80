/** A list of short texts, typed one on a line. What is being typed stays as it is, half a line too. */
import { useState } from "preact/hooks";
import { Field, type FieldProps } from "./field.tsx";

export interface LinesProps extends Omit<FieldProps, "value" | "onType" | "lines"> {
  readonly value: readonly string[];
  readonly onList: (value: string[]) => void;
  readonly rows?: number;
}

function listOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function Lines({ value, onList, rows = 3, ...field }: LinesProps) {
  const [typed, setTyped] = useState(value.join("\n"));
  // Somebody else has changed it: their lines are shown.
  const shown = listOf(typed).join("\n") === value.join("\n") ? typed : value.join("\n");
  return (
    <Field
      {...field}
      lines={rows}
      value={shown}
      onType={(text) => {
        setTyped(text);
        onList(listOf(text));
      }}
    />
  );
}
