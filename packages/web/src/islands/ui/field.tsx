/** A labelled field with its hint and its error, tied together for screen readers. Nothing of it is remembered by a browser. */
import type { ComponentChildren } from "preact";

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly value: string;
  readonly onType: (value: string) => void;
  readonly type?: "text" | "email";
  readonly inputMode?: "text" | "email" | "numeric";
  readonly dir?: "auto" | "ltr";
  /** More lines than one. */
  readonly lines?: number;
}

function described(
  id: string,
  hint: string | undefined,
  error: string | null | undefined,
): { "aria-describedby"?: string } {
  const ids = [hint === undefined ? "" : `${id}-hint`, error ? `${id}-error` : ""].filter(
    (one) => one !== "",
  );
  return ids.length === 0 ? {} : { "aria-describedby": ids.join(" ") };
}

export function Field(props: FieldProps) {
  const {
    id,
    label,
    hint,
    error,
    value,
    onType,
    type = "text",
    inputMode = "text",
    dir = "auto",
    lines,
  } = props;
  const common = {
    id,
    dir,
    value,
    inputMode,
    autocomplete: "off" as const,
    autocapitalize: "none" as const,
    spellcheck: false,
    "aria-invalid": error ? ("true" as const) : ("false" as const),
    ...described(id, hint, error),
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onType(currentTarget.value),
  };
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      {lines !== undefined ? (
        <textarea {...common} rows={lines} />
      ) : type === "email" ? (
        <input {...common} type="email" />
      ) : (
        <input {...common} type="text" />
      )}
    </Labelled>
  );
}

export interface SelectProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly value: string;
  readonly options: readonly string[];
  /** What stands for no choice. */
  readonly none: string;
  readonly onType: (value: string) => void;
}

export function Select({ id, label, hint, error, value, options, none, onType }: SelectProps) {
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        value={value}
        autocomplete="off"
        aria-invalid={error ? "true" : "false"}
        {...described(id, hint, error)}
        onChange={(event) => onType(event.currentTarget.value)}
      >
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export interface FileFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** As `accept` of an input; our own JSON files if left out. */
  readonly accept?: string;
  /** Only so many bytes of the beginning are read; of a longer file nothing, if left out. */
  readonly start?: number;
  readonly onFile: (bytes: Uint8Array) => void;
}

const MAX_BYTES = 1_000_000;
const OUR_FILES = ".json,application/json";

/** The first bytes of a file, and no more of it. */
export async function readStart(file: File, bytes: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, bytes).arrayBuffer());
}

export function FileField({ id, label, hint, accept = OUR_FILES, start, onFile }: FileFieldProps) {
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    // One that is too large is none of ours: an empty one is refused in the same way.
    const tooLarge = start === undefined && file.size > MAX_BYTES;
    onFile(tooLarge ? new Uint8Array() : await readStart(file, start ?? MAX_BYTES));
  };
  return (
    <Labelled id={id} label={label} hint={hint}>
      <input
        id={id}
        type="file"
        accept={accept}
        autocomplete="off"
        {...described(id, hint, null)}
        onChange={(event) => read(event.currentTarget.files?.[0])}
      />
    </Labelled>
  );
}

interface LabelledProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly children: ComponentChildren;
}

function Labelled({ id, label, hint, error, children }: LabelledProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
