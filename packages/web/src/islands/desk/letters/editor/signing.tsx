/** How people may appear, whether names must be confirmed, and when signatures come out. */
import { Check, Choices } from "../../../ui/choice.tsx";
import { Field } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { batchWords } from "./batch-words.ts";
import { type Editing, errorAt, problemsAt, type SectionProps } from "./editing.ts";
import { WrittenBy } from "./written-by.tsx";

const APPEARANCES = [
  {
    value: "anonymous",
    label: "Anonymous",
    says: "They are counted and nothing of them is shown. Readers see: “and 312 who stay anonymous”.",
  },
  {
    value: "role",
    label: "By role",
    says: "A role and, if they like, a place, from the workforce’s lists. Readers see: “Nurse, Ward 3”.",
  },
  {
    value: "named",
    label: "By name",
    says: "The name that they write, with role and place if they like. Readers see: “A. Sample, nurse, Ward 3”.",
  },
] as const;

export function SigningSection({ editing }: SectionProps) {
  const { document, values } = editing;
  return (
    <>
      <fieldset>
        <legend>How signatories may appear</legend>
        {APPEARANCES.map(({ value, label, says }) => (
          <Check
            key={value}
            id={`appearance-${value}`}
            label={label}
            checked={values.appearances.includes(value)}
            onChange={() => document.set("appearances", toggled(values.appearances, value))}
          >
            {says}
          </Check>
        ))}
      </fieldset>
      <Said editing={editing} field="appearances" />
      {values.appearances.includes("named") && (
        <Choices
          name="names"
          legend="Which names are shown"
          value={values.names}
          error={errorAt(editing, "names")}
          options={[
            {
              value: "any",
              label: "Any name",
              hint: "What people write is shown; a name that registrars have confirmed is marked. Anybody could write another’s name: you look after that under “Moderation”.",
            },
            {
              value: "confirmed",
              label: "Confirmed names only",
              hint: "A name is shown only if the registrars have confirmed that the mailbox bears it. Whoever’s name is not confirmed signs anonymously or by role.",
            },
          ]}
          onChoose={(names) => document.set("names", names)}
        />
      )}
      <Batches editing={editing} />
    </>
  );
}

function toggled<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

function Batches({ editing }: SectionProps) {
  const { document, values } = editing;
  const { first, classes } = values.batch;
  const { mailbox } = classes;
  const set = (part: Partial<typeof mailbox>) =>
    document.set("batch", {
      first,
      classes: { mailbox: { ...mailbox, ...part }, vouched: { ...classes.vouched, ...part } },
    });
  return (
    <>
      <h3>When signatures come out</h3>
      <NumberField
        id="batch-first"
        label="Quiet until so many have signed"
        value={first}
        onType={(number) => document.set("batch", { ...values.batch, first: number })}
      />
      <NumberField
        id="batch-min"
        label="Then at least so many at once"
        value={mailbox.min}
        onType={(min) => set({ min })}
      />
      <NumberField
        id="batch-every"
        label="Days between two batches, at least"
        value={mailbox.every}
        onType={(every) => set({ every })}
      />
      <div class="preview" role="status">
        <p class="hint">In words:</p>
        {batchWords({ first, ...mailbox }).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <Said editing={editing} field="batch" />
      <WrittenBy editing={editing} field="batch" />
    </>
  );
}

/** Problems and warnings of what is no text field of its own. */
function Said({ editing, field }: { readonly editing: Editing; readonly field: string }) {
  return (
    <>
      {problemsAt(editing, field).map(({ message, stops }) => (
        <Notice key={message} tone={stops ? "bad" : "warning"} speak="status">
          {message}
        </Notice>
      ))}
    </>
  );
}

interface NumberFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly onType: (value: number | null) => void;
}

function NumberField({ id, label, value, onType }: NumberFieldProps) {
  return (
    <Field
      id={id}
      label={label}
      inputMode="numeric"
      dir="ltr"
      value={value === null ? "" : String(value)}
      onType={(text) => {
        const digits = text.replace(/\D/g, "").slice(0, 7);
        onType(digits === "" ? null : Number(digits));
      }}
    />
  );
}
