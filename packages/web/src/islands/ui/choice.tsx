/** One of several: radio buttons as large as a thumb, within a fieldset that says what is chosen. */
import type { ComponentChildren } from "preact";

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export interface ChoicesProps<T extends string> {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly Option<T>[];
  readonly value: string;
  readonly onChoose: (value: T) => void;
  readonly error?: string | null;
}

export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { name, legend, options, value, onChoose, error } = props;
  return (
    <fieldset aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{legend}</legend>
      {options.map((option) => {
        const id = `${name}-${option.value}`;
        return (
          <div class="choice" key={option.value}>
            <input
              type="radio"
              id={id}
              name={name}
              autocomplete="off"
              checked={value === option.value}
              aria-describedby={option.hint === undefined ? undefined : `${id}-hint`}
              onChange={() => onChoose(option.value)}
            />
            <label for={id}>{option.label}</label>
            {option.hint !== undefined && (
              <span class="hint" id={`${id}-hint`}>
                {option.hint}
              </span>
            )}
          </div>
        );
      })}
      {error && (
        <p class="error" id={`${name}-error`} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

export interface CheckProps {
  readonly id: string;
  readonly checked: boolean;
  readonly onChange: () => void;
  readonly label: string;
  readonly children?: ComponentChildren;
}

export function Check({ id, checked, onChange, label, children }: CheckProps) {
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        autocomplete="off"
        checked={checked}
        aria-describedby={`${id}-hint`}
        onChange={onChange}
      />
      <label for={id}>{label}</label>
      <span class="hint" id={`${id}-hint`}>
        {children}
      </span>
    </div>
  );
}
