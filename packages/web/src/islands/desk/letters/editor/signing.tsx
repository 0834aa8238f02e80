/** How people may appear, whether names must be confirmed, and when signatures come out. */

import { say } from "../../../say.ts";
import { Check, Choices } from "../../../ui/choice.tsx";
import { Field } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { DraftProblem } from "../../words/draft-problems.tsx";
import { batchWords } from "./batch-words.ts";
import { type Editing, errorAt, problemsAt, type SectionProps } from "./editing.ts";
import { WrittenBy } from "./written-by.tsx";

const APPEARANCES = ["anonymous", "role", "named"] as const;

export function SigningSection({ editing }: SectionProps) {
  const { document, values } = editing;
  return (
    <>
      <fieldset>
        <legend>{say("desk-writing.how-signatories-may-appear")}</legend>
        {APPEARANCES.map((value) => (
          <Check
            key={value}
            id={`appearance-${value}`}
            label={say(`desk-writing.appearance.${value}`)}
            checked={values.appearances.includes(value)}
            onChange={() => document.set("appearances", toggled(values.appearances, value))}
          >
            {say(`desk-writing.appearance.${value}.hint`)}
          </Check>
        ))}
      </fieldset>
      <Said editing={editing} field="appearances" />
      {values.appearances.includes("named") && (
        <Choices
          name="names"
          legend={say("desk-writing.which-names-are-shown")}
          value={values.names}
          error={errorAt(editing, "names")}
          options={[
            {
              value: "any",
              label: say("desk-writing.any-name"),
              hint: say("desk-writing.what-people-write-is-shown"),
            },
            {
              value: "confirmed",
              label: say("desk-writing.confirmed-names-only"),
              hint: say("desk-writing.a-name-is-shown-only"),
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
      <h3>{say("desk-writing.when-signatures-come-out")}</h3>
      <NumberField
        id="batch-first"
        label={say("desk-writing.quiet-until-so-many-have")}
        value={first}
        onType={(number) => document.set("batch", { ...values.batch, first: number })}
      />
      <NumberField
        id="batch-min"
        label={say("desk-writing.then-at-least-so-many")}
        value={mailbox.min}
        onType={(min) => set({ min })}
      />
      <NumberField
        id="batch-every"
        label={say("desk-writing.days-between-two-batches-at")}
        value={mailbox.every}
        onType={(every) => set({ every })}
      />
      <div class="preview" role="status">
        <p class="hint">{say("desk-writing.in-words")}</p>
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
      {problemsAt(editing, field).map((problem) => (
        <Notice key={problem.message} tone={problem.stops ? "bad" : "warning"} speak="status">
          <DraftProblem problem={problem} />
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
