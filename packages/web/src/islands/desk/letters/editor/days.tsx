/** When it opens, closes and is delivered, and in which way. */
import { DayField } from "../../../ui/day-field.tsx";
import { type DayNote, dayNotes } from "./day-words.ts";
import { errorAt, type SectionProps } from "./editing.ts";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

export function DaysSection({ editing }: SectionProps) {
  const { document, values, today } = editing;
  const notes = dayNotes(values, today);
  const field = (name: "opens" | "closes" | "delivers", label: string) => (
    <>
      <DayField
        id={name}
        label={label}
        value={values[name]}
        error={notes[name].some(({ tone }) => tone === "warning") ? null : errorAt(editing, name)}
        onType={(day) => document.set(name, day)}
      >
        <Notes notes={notes[name]} />
      </DayField>
      <WrittenBy editing={editing} field={name} />
    </>
  );
  return (
    <>
      <p>
        Days are whole days in world time (UTC), and nothing about a signature is ever published finer than
        that. These three cannot be moved once the letter is published; two owners together can close it
        earlier.
      </p>
      {field("opens", "Opens for signing on")}
      {field("closes", "Last day for signing")}
      {field("delivers", "Delivered on")}
      <TextField
        id="delivery"
        field="delivery"
        label="How it is delivered"
        hint="By whom, to which office, on paper or by mail; and that it becomes public, if so."
        lines={3}
        value={values.delivery}
        error={errorAt(editing, "delivery")}
        onType={(text) => document.set("delivery", text)}
      />
      <WrittenBy editing={editing} field="delivery" />
    </>
  );
}

export function Notes({ notes }: { readonly notes: readonly DayNote[] }) {
  return (
    <>
      {notes.map(({ tone, words }) => (
        <p class={tone === "warning" ? "hint caution" : "hint"} key={words}>
          {words}
        </p>
      ))}
    </>
  );
}
