/** A day, chosen or typed; browsers show it in their own way and hand it over as `YYYY-MM-DD`, or as nothing while it is half typed. */
import type { ComponentChildren } from "preact";

export interface DayFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error?: string | null;
  readonly min?: string;
  readonly max?: string;
  readonly onType: (day: string) => void;
  /** What is said about the day as it is typed. */
  readonly children?: ComponentChildren;
}

export function DayField({ id, label, value, error, min, max, onType, children }: DayFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        autocomplete="off"
        value={value}
        min={min}
        max={max}
        aria-invalid={error ? "true" : "false"}
        aria-describedby={`${id}-notes`}
        onInput={(event) => onType(event.currentTarget.value)}
      />
      <div id={`${id}-notes`} role="status">
        {children}
      </div>
      {error && <p class="error">{error}</p>}
    </div>
  );
}
